"""The nearest openings of many people, neighbourhood by neighbourhood."""
