"""Dichterbij: brings employers and people from the unused labour potential closer together."""

__version__ = "0.1.0"
