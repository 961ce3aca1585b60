"""The tables every action writes to: one action, one audit event."""
