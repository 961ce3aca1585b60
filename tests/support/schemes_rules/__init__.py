"""Witnesses of the scheme rules: the same answers worked out in other ways, from the text of the files alone."""
