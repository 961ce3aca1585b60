"""For employers: place a first opening without an account, and how many people are within reach of it."""
