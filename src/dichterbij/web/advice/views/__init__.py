"""The pages for employers, by subject."""
