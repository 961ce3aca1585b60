"""Vacancies, learning places, tasks and hours."""
