"""Visits: what was said to whom, on which basis, and what was promised. Stands on the directory and on materials."""
