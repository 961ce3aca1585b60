"""Loads and dates rule data; `Outcome` and `Reason`. The rules themselves live in the domains."""

from dichterbij.rules.dated import RuleFile, newest_folder, read_rule_folder
from dichterbij.rules.outcome import Outcome, Reason

__all__ = ["Outcome", "Reason", "RuleFile", "newest_folder", "read_rule_folder"]
