"""One patient's chart: what is open, allergies, people to call, papers, details, and every version there ever was.

Stands above checklists and consents and brings them together; writes nothing itself but through their actions.
"""
