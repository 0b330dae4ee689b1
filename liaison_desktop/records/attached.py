"""A file that a record holds: what it is, and the hash by which the store keeps it."""

from __future__ import annotations

import datetime
from typing import Annotated

from liaison_desktop.records.code import Code
from liaison_desktop.records.field import Field
from liaison_desktop.records.record import Row


class FileSort(Code):
    """What may be kept with a record."""

    JPEG = "image/jpeg", "Photo"
    PNG = "image/png", "Picture"
    PDF = "application/pdf", "PDF"


class AttachedFile(Row, frozen=True, kw_only=True):
    """One file in the encrypted store. `size` in bytes; `cleaned` says that place and camera were taken out of it."""

    sha256: Annotated[str, Field("SHA-256", required=True, most=64)] = ""
    sort: Annotated[FileSort, Field("Sort of file")] = FileSort.JPEG
    name: Annotated[str, Field("File name", most=200)] = ""
    caption: Annotated[str, Field("What it shows", free=True, most=200)] = ""
    size: Annotated[int, Field("Size")] = 0
    pages: Annotated[int, Field("Pages")] = 1
    cleaned: Annotated[bool, Field("Metadata taken out")] = False
    added_at: Annotated[datetime.datetime | None, Field("Added at")] = None
    added_by: Annotated[str, Field("Added by", most=200)] = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is a photo or a picture, not a document."""
        return self.sort is not FileSort.PDF

    def words(self) -> str:
        """What a person calls it: its caption, or else the name of the file."""
        return self.caption or self.name or self.sort.label
