"""The four routes to work: a page each, and per region who to call."""
