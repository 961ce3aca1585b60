"""The network of the action plan: national employers, who speaks for a region, and what is sent to them."""
