"""The history of the clinical store's form, one revision a file."""
