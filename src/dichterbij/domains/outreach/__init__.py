"""Reaching people: campaign links and what they brought, counted without following anybody."""
