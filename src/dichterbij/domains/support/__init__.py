"""The menukaart: supports, who may get them, who decides, who usually pays. Never a promise."""
