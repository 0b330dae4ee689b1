"""Two records of one patient."""
