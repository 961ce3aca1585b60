"""Somebody's own page: what is known about you, who looked and why, correct, take back, take along, be forgotten."""
