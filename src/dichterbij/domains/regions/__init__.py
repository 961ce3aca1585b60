"""35 labour-market regions, their municipalities and postcodes, and the desks that help (as data)."""
