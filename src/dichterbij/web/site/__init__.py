"""The base every page stands on: its look, its parts, home, the pages about the site itself and the error pages."""
