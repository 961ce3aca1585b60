"""Loads and dates rule data. The rules themselves live in the domains."""
