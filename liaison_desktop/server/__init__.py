"""The central server: keeps what laptops send, decides between versions, hands out what each may read.

One ASGI service over one database: an encrypted SQLite file by default, PostgreSQL by URL. It imports no feature and
names no kind: what it knows of kinds is the wire catalogue that the records wrote. Beside `records` and `sync` it uses
the store's engine and its runner of revisions, because there is one way to open an encrypted file in this house.

Rooms: `tables.py`, `database.py`, `keys.py`, `migrations/` the ground; `organisations.py`, `enrolling.py`, `tokens.py`,
`orders.py`, `authorising.py` who may do what; `receiving.py` with `chains.py`, `applying.py`, `standing.py`
what becomes of a push; `feeds.py`, `pulling.py`, `reconciling.py`, `filing.py` what goes out; `journal.py`, `verifying.py`,
`backups.py`, `tending.py`, `retrying.py` keep it; `routes.py`, `application.py`, `answering.py`, `openapi.py` are HTTP,
`command.py` the command line.

What holds always: an operation is acknowledged only when it is on disk; what was rejected is kept in quarantine; no
clock decides anything; whatever is done leaves a line in the organisation's own journal.
"""
