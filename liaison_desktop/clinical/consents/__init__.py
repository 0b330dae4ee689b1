"""Procedure consents: the practitioner explains; the nurse checks understanding, witnesses, and can stop.

A consent holds the words that were shown and who signed them, so its document can always be made again. Stands above
patients and people, beside checklists.
"""
