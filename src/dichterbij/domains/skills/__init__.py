"""Occupations and skills: concepts, labels, relations, and from words to concepts."""
