"""Composition root: settings, urls, the embedded database, the demo, and the wiring of everything else."""
