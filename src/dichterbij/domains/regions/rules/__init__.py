"""Pure rules of the regions: which desk helps, and what a desk record must hold."""
