"""Money for employers and regions: every scheme in plain words, what one would get, and asking for it."""
