"""Reading the ledger: what is where, how it got there, what ends first, and whether anything was changed."""

from dichterbij.domains.budget.queries.alternatives import Alternatives, alternatives
from dichterbij.domains.budget.queries.balances import Balance, as_of, available, balance, balances, rebuild, totals
from dichterbij.domains.budget.queries.chain import Fault, Finding, Head, Kind, read_head, verify
from dichterbij.domains.budget.queries.history import Entry, Flow, Happening, Move, flows, history, statement
from dichterbij.domains.budget.queries.proposals import Proposed, proposals
from dichterbij.domains.budget.queries.regions import (
    CarriedOver,
    PerRegion,
    RouteReserve,
    activities,
    by_region,
    carried_over,
    lapsing,
    passes_reserve,
    route_reserves,
    terms,
)
from dichterbij.domains.budget.queries.yearly import set_aside, told_by_activity

__all__ = [
    "Alternatives",
    "Balance",
    "CarriedOver",
    "Entry",
    "Fault",
    "Finding",
    "Flow",
    "Happening",
    "Head",
    "Kind",
    "Move",
    "PerRegion",
    "Proposed",
    "RouteReserve",
    "activities",
    "alternatives",
    "as_of",
    "available",
    "balance",
    "balances",
    "by_region",
    "carried_over",
    "flows",
    "history",
    "lapsing",
    "passes_reserve",
    "proposals",
    "read_head",
    "rebuild",
    "route_reserves",
    "set_aside",
    "statement",
    "terms",
    "told_by_activity",
    "totals",
    "verify",
]
