"""People looking for work: the minimum to reach and help them, who may see whom. The only door to personal data."""
