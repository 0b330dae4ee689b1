"""Checklists at the bedside: start one, answer, resume on the same field, complete, amend. Uses patients and people.

The form engine (`questionnaires`) knows the form; here is whose it is, who answered, and when it may be called done.
"""
