"""Who works here: users, organisations, roles, what each role may do, and signing in."""
