"""Keeping the accounts and organisations of a region."""
