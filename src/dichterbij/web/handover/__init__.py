"""Handing somebody over, from a desk or without an account, and the person's own page by a secret link."""
