"""A page per labour-market region: desks, figures, what is near here, what blocks most."""
