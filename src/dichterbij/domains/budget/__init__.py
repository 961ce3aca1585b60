"""One ledger for scarce money: where every cent is, where it came from, and who said so."""
