"""Reads of the regions: areas by postcode or place, and the desks that help."""
