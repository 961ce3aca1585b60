"""The outside world, each neighbour with its own folder."""
