"""The openings of this process: read once, read again when they change in the database."""
