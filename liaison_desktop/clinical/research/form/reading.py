"""The approved form of a study over the whole window: read, printed, saved, each with its line in the journal."""

from __future__ import annotations

from liaison_desktop.clinical.patients.actions import may_hand_out
from liaison_desktop.clinical.research.actions import approved_file, note_form
from liaison_desktop.clinical.research.record import Study
from liaison_desktop.documents.preview.viewer import FileViewer
from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.desk import Desk


def read_form(desk: Desk, study: Study, version: str) -> None:
    """Show the file the board approved as this version; why it cannot be shown is said."""
    form = study.version_named(version)
    try:
        content = approved_file(desk.store, study, version)
    except LiaisonError as error:
        desk.toast(str(error))
        return
    if form is None or form.file is None:
        return
    viewer = FileViewer(
        desk,
        form.file,
        content,
        noted=lambda act, _file, how: note_form(desk.store, study, act, how),
        may=lambda act: may_hand_out(desk.store, act),
        read_only=True,
    )
    viewer.left.connect(desk.leave_full_screen)
    desk.full_screen(viewer)
