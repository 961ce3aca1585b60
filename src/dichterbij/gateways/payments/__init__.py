"""Payment files to a bank (SEPA credit transfers) and its answers. A real bank is not connected: people carry files."""

from dichterbij.gateways.payments.answers import read_answer
from dichterbij.gateways.payments.orders import write_order
from dichterbij.gateways.payments.sent import read_order

__all__ = ["read_answer", "read_order", "write_order"]
