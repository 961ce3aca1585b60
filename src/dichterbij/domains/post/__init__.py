"""The one outbox: letters by mail and SMS that must leave once, never twice, and are never lost in silence."""
