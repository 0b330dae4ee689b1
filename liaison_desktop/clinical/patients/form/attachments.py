"""The strip of files kept for a patient: stored by the action, and each look written into the journal."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.patients.actions import keep_file, may_hand_out, most_file_bytes, note_file
from liaison_desktop.documents.preview.strip import AttachmentStrip
from liaison_desktop.ui.desk import Desk


def attachment_strip(
    desk: Desk,
    patient: uuid.UUID,
    *,
    pictures_only: bool = False,
    most_files: int = 20,
    word: str = "",
    read_only: bool = False,
) -> AttachmentStrip:
    """An editor for a field of `AttachedFile`s of this patient. `word` is on its button, such as Add a photo."""
    store = desk.store
    return AttachmentStrip(
        desk,
        keep=lambda admitted: keep_file(store, patient, admitted),
        noted=lambda act, _file, how: note_file(store, patient, act, how),
        may=lambda act: may_hand_out(store, act),
        most=most_file_bytes(store),
        pictures_only=pictures_only,
        most_files=most_files,
        word=word or ("Add a photo" if pictures_only else "Add a file"),
        read_only=read_only,
    )
