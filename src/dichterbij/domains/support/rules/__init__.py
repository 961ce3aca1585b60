"""Pure rules of the menukaart: what may help with a step, who decides and who usually pays."""
