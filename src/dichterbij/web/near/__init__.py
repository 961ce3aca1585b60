"""'Wat is dichtbij?': postcode, a few optional questions, the openings near by, and for each its bridge."""
