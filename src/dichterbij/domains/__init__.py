"""What Dichterbij knows, one folder a domain; the arrows between them are in pyproject.toml."""
