"""Following a campaign link, and the figures."""
