"""Sync in the window: what runs behind it, its card on Settings, its page, and deciding between two versions.

`syncing.py` runs a synchronisation when it is due and tells how it stands; everything here only shows what it and the
store know, and asks a person. It names no kind.
"""
