"""The encrypted disk: one SQLCipher file per workspace. With the features' `queries.py` the only code that speaks SQL.

`Store` opens, reads and saves records; every save is a row and a line of the journal in one transaction.
It names no kind: a `Schema` tells it which records live here. The key comes from `security`, never from here.
"""

from liaison_desktop.store.journal import Act, Version
from liaison_desktop.store.parties import Actor, Device, Schema
from liaison_desktop.store.search import Hit
from liaison_desktop.store.store import Store
from liaison_desktop.store.transaction import Transaction

__all__ = ["Act", "Actor", "Device", "Hit", "Schema", "Store", "Transaction", "Version"]
