"""For employers: which route fits my vacancy, a text checker, one page for my boss."""
