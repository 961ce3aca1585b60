"""The contract of the bridge: the product, through the door its users use, beside the reference."""
