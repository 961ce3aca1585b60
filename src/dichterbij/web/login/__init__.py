"""Signing in and out, and the door: who may open which page."""
