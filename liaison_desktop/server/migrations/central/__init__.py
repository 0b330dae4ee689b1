"""The history of the server's form, one revision a file."""
