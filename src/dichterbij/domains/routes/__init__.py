"""The four recruitment routes: which one fits an opening, and why."""
