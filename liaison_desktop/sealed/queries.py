"""Reading: the sealed documents of a record."""

from __future__ import annotations

import uuid

from liaison_desktop.sealed.record import SealedDocument
from liaison_desktop.store import Store


def sealed_of(store: Store, about: uuid.UUID, variant: str = "") -> tuple[SealedDocument, ...]:
    """The sealed documents made of this record, newest first; of one variant only, if it is named. From any thread."""
    import sqlalchemy as sa

    table = store.table(SealedDocument)
    query = sa.select(table).where(table.c.about == about).order_by(table.c.rid.desc())
    if variant:
        query = query.where(table.c.variant == variant)
    with store.reading() as connection:
        return tuple(store.load(SealedDocument, row) for row in connection.execute(query).mappings())
