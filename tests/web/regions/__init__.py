"""A package, so that what its conftest.py holds for all its tests ends with them."""
