"""Medicines: what the patient takes by every source, what was ordered, and what a prescriber answered where they differ.

A discrepancy is closed by a prescriber's answer and by nothing else. Uses episodes, patients and people; the forms, boards
and papers above read it.
"""
