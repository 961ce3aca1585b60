"""No wrong door: handing somebody over to a desk that accepts, with an owner and a date until it does."""
