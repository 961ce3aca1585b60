"""Invented people and openings, calibrated on public figures; every one says it is invented."""
