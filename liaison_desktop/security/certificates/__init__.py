"""Whose seal stands on a document: keys and X.509 certificates of this laptop, and how its key is kept.

A certificate says which laptop of which organisation sealed something, never who the patient is. It comes from the
organisation (`importing`) or from an authority this laptop makes for itself (`authority`). Signing a few bytes
(`identity`) needs nothing but `cryptography`; what a PDF is, `documents/sealing` knows.
"""
