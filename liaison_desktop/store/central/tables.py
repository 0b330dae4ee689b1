"""The tables of what came from the centre and of how far both sides are."""

from __future__ import annotations

import sqlalchemy as sa


def declare(metadata: sa.MetaData) -> None:
    """Every table of this package."""
    text, blob, whole = sa.Text, sa.LargeBinary, sa.Integer

    def table(name: str, *parts: sa.Column[object] | sa.UniqueConstraint | sa.Index) -> None:
        sa.Table(name, metadata, sa.Column("rid", whole, primary_key=True), *parts, sqlite_strict=True)

    def of(kind: type, *names: str, empty: bool = False) -> list[sa.Column[object]]:
        return [sa.Column(name, kind, nullable=empty) for name in names]

    # A line that another device, or the server, wrote. `arrived` is the number of lines our own journal had by then, so
    # that both can be read as one history. `shown` says that this version became the row.
    table(
        "received",
        *of(blob, "device"),
        *of(whole, "incarnation", "number"),
        *of(blob, "version", "parents"),
        *of(text, "act", "kind"),
        *of(blob, "subject", empty=True),
        *of(blob, "actor"),
        *of(text, "actor_name", "at", "reason"),
        *of(blob, "content", "previous", "hash"),
        *of(text, "came"),
        *of(whole, "arrived", "shown"),
        sa.UniqueConstraint("version"),
        sa.Index("ix_received_subject", "subject"),
        sa.Index("ix_received_came", "came"),
    )
    table("central_fact", *of(text, "name"), *of(blob, "value"), sa.UniqueConstraint("name"))
    table(
        "central_feed",
        *of(text, "name"),
        *of(whole, "cursor"),
        *of(text, "digest"),
        sa.UniqueConstraint("name"),
    )
    # The live head of each record as the server has it, by feed: what is compared when digests differ.
    table(
        "central_head",
        *of(text, "feed"),
        *of(blob, "subject", "version"),
        sa.UniqueConstraint("feed", "subject"),
        sa.Index("ix_central_head_subject", "subject"),
    )
    # What became of an own line, where that is more than "it arrived".
    table(
        "central_result",
        *of(whole, "number"),
        *of(text, "outcome", "code", "detail", "at"),
        *of(whole, "settled"),
        sa.UniqueConstraint("number"),
    )
    table(
        "central_conflict",
        *of(blob, "id", "subject"),
        *of(text, "kind", "fields"),
        *of(blob, "head", "side"),
        *of(blob, "base", empty=True),
        *of(blob, "side_body", "base_body"),
        *of(whole, "side_removed", "open"),
        *of(text, "side_by", "side_at", "came"),
        sa.UniqueConstraint("id"),
        sa.Index("ix_central_conflict_subject", "subject"),
    )
    # Files by name that one side has and the other lacks. `way` is up or down.
    table("central_file", *of(blob, "sha256"), *of(text, "way"), sa.UniqueConstraint("sha256", "way"))
