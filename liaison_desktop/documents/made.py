"""A finished document."""

from __future__ import annotations

import msgspec


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was made, read back and found complete."""

    content: bytes
    document_number: str
    fingerprint: str
    pages: int

    @property
    def file_name(self) -> str:
        """A name for a saved copy. It tells the document, never the person."""
        return f"{self.document_number}.pdf"
