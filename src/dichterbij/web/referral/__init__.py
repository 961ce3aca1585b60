"""Today: the work list of a desk, one hand-over, the case meeting, figures, and what a region agreed."""
