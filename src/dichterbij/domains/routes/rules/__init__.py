"""Pure rules of the recruitment routes: which one fits an opening, and what a vacancy text needlessly asks."""
