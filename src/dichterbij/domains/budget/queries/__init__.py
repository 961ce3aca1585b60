"""Reading the ledger."""

from dichterbij.domains.budget.queries.balances import Balance, as_of, available, balance, balances, rebuild, totals

__all__ = ["Balance", "as_of", "available", "balance", "balances", "rebuild", "totals"]
