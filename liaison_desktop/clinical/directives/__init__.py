"""Decisions: directives, written information on rights, code status as reported, capacity notes, who may decide.

The application never sets a code status and never says that somebody cannot decide: it keeps who reported what, what
the nurse saw, and what a practitioner determined. Stands on episodes and patients; consents ask it for V11 and V38.
"""
