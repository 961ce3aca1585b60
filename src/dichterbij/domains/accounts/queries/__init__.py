"""Reading accounts."""

from dichterbij.domains.accounts.queries.acting import actor

__all__ = ["actor"]
