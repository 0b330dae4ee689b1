"""A finished document."""

from __future__ import annotations

import msgspec

# Letters of the password of a locked copy: whoever finds the file has all the time to guess.
SHORTEST = 12


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
