"""What stands at the borders while nobody is there: files already chosen, a printer that keeps its papers, no safe."""

from __future__ import annotations

from pathlib import Path

from liaison_desktop.security.os_keyring import AskPassphrase, Trouble
from liaison_desktop.ui.printing import Printed, page_count


class ChosenFiles:
    """File dialogs that were answered beforehand: `opens` and `saves` hold the next answers, oldest first."""

    def __init__(self) -> None:
        self.opens: list[Path] = []
        self.saves: list[Path] = []

    def open_file(self, title: str, patterns: str) -> Path | None:
        """The next file to read."""
        return self.opens.pop(0) if self.opens else None

    def save_file(self, title: str, suggested: str) -> Path | None:
        """The next place to write to."""
        return self.saves.pop(0) if self.saves else None


class KeptPapers:
    """A printer that keeps what it was given."""

    def __init__(self) -> None:
        self.printed: list[bytes] = []

    def names(self) -> tuple[str, ...]:
        """The one that is here."""
        return ("Kept papers",)

    def print_pdf(self, content: bytes, copies: int = 1) -> Printed:
        """Take a document."""
        self.printed.append(content)
        return Printed(printer="Kept papers", pages=page_count(content), copies=copies)


class NoSafe:
    """A laptop without a key store of its own: the passphrase is the only way in."""

    def name(self) -> str:
        """Recorded nowhere, because nothing is kept."""
        return "none"

    def get(self, service: str, person: str) -> str | None:
        """There is nothing to give."""
        raise AskPassphrase(Trouble.ABSENT)

    def put(self, service: str, person: str, secret: str) -> None:
        """Nothing is taken."""
        raise AskPassphrase(Trouble.ABSENT)

    def drop(self, service: str, person: str) -> None:
        """There is nothing to forget."""
