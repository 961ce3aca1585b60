"""What campaign links brought, per day."""
