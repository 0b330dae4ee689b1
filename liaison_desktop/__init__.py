"""Liaison Desktop: the offline desk of medical science liaisons and clinical liaisons.

Start at `app.py`, the only place where stores, workspaces and the window meet.
"""

__version__ = "0.1.0"
