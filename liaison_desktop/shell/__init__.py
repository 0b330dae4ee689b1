"""The frame around a workspace: first run, unlock, window, command bar, lock, settings, journal, crash window.

May use the kit, policies, the store and security. It knows no workspace: `app.py` hands it the ones there are, and a
store only as long as it is open. Nothing here is imported by a workspace.
"""
