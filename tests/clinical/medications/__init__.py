"""Medicines: the table, the rules, what is stored, what is shown."""
