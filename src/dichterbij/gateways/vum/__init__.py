"""Profiles and vacancies of the national exchange for matching data (VUM, gegevensstandaard 1.5): in, so far."""
