"""Bridges for a person and people within reach of an opening: calls engine, adds reasons and words."""
