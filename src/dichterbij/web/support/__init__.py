"""The menukaart to search and print, which support may exist for me, and income when I start."""
