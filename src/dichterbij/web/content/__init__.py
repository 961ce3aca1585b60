"""Texts as data: written pages with their review date and sources, shown in the visitor's language."""
