"""What pages do, for programs: schemes, rounds, applications, decision documents and money, after the NLGov rules.

The outside speaks Dutch, in the words of docs/glossary.md; what a scheme's file names (facts, conditions, reasons)
keeps the name of that file. docs/reference/api.md is for whoever uses it.
"""

VERSION = "1.0.0"
