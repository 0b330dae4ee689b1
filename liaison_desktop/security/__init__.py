"""Who may open what: keys and their slots, passphrases, the recovery key, the OS keyring, the throttle, this device.

May use records and errors. No Qt, no SQL. Start at `slots.py`: the key-slot file beside each store.
The names, credentials and roles of the people who work on this laptop stand in the slot file in clear, because the
unlock page has to show them before anything is open; patients, physicians and records never do.
Import from the modules themselves, so that the start of the application does not load the cryptography.
"""
