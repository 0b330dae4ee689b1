"""What was said, to whom and by which way, with SBAR and read-back; and the sessions with an interpreter.

Consents and checklists stand above and refer to a session by its id. Stands on patients and people.
"""
