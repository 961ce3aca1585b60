"""Pages, forms, templates and static files: parse, call one action or query, render."""
