"""How often each opening is on a list, and why some are on none."""
