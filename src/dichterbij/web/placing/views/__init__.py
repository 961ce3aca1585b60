"""The pages of placing an opening."""
