"""Views of handing over."""
