"""Everything within reach of one person, and what other answers would bring."""
