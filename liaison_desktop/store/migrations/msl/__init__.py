"""The history of the MSL store's form, one revision a file."""
