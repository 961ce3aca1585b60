"""Views of the work list."""
