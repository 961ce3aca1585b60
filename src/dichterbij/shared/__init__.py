"""Kernel without business words: ids, money, periods, clock, the error tree."""
