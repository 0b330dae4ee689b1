"""The draft of a set of vital signs: the texts as they were typed, what cannot be read too."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.clinical.findings.record import Score, Support, VitalMethod, WeightHow

if TYPE_CHECKING:
    from liaison_desktop.clinical.findings.form.vital_form import VitalForm


class Draft(msgspec.Struct, frozen=True):
    """What stands in the form. `acknowledged` are the unusual numbers that the tick was about."""

    texts: dict[str, str] = {}
    chosen: dict[str, str] = {}
    taken_at: dt.datetime | None = None
    scores: tuple[Score, ...] = ()
    acknowledged: tuple[str, ...] = ()


def kept_of(form: VitalForm) -> bytes:
    """What stands in the form, as bytes."""
    choices = (("support", form.support), ("method", form.method), ("weight_how", form.weighed))
    texts = {name: cell.text() for name, cell in form.cells.items()}
    texts |= {"pain_site": form.site.text(), "note": form.note.text(), "weight_reason": form.reason.text()}
    return msgspec.json.encode(
        Draft(
            {name: text for name, text in texts.items() if text},
            {name: str(editor.value()) for name, editor in choices if editor.value() is not None},
            form.taken.value(),
            form.scores.value(),
            form.seen if form.again.value() else (),
        )
    )


def show_kept(form: VitalForm, kept: bytes) -> tuple[str, ...]:
    """Show what was kept; the unusual numbers that were ticked then. A draft of another version shows nothing."""
    try:
        draft = msgspec.json.decode(kept, type=Draft)
    except msgspec.MsgspecError:
        return ()
    texts, chosen = draft.texts, draft.chosen
    for name, cell in form.cells.items():
        cell.setText(texts.get(name, ""))
    form.site.set_value(texts.get("pain_site", ""))
    form.note.set_value(texts.get("note", ""))
    form.reason.set_value(texts.get("weight_reason", ""))
    form.support.set_value(Support(chosen["support"]) if "support" in chosen else None)
    form.method.set_value(VitalMethod(chosen.get("method", VitalMethod.MEASURED)))
    form.weighed.set_value(WeightHow(chosen["weight_how"]) if "weight_how" in chosen else None)
    form.taken.set_value(draft.taken_at)
    form.scores.set_value(draft.scores)
    return draft.acknowledged
