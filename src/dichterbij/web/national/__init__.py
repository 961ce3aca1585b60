"""The pages of the national team, and of regions, about national employers and who speaks for a region."""
