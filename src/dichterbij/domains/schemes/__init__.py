"""Scarce money: receipts in the order in which they were complete, one decider, decisions that can be replayed."""
