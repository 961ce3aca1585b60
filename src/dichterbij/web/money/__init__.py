"""Where the money is and where it went: a picture from the ledger, and the table beside it."""
