"""The list for the prescriber: each open difference with both lines, and room to write the answer down."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from liaison_desktop.clinical.medications.record import Discrepancy
from liaison_desktop.clinical.medications.rules.comparing import Pair
from liaison_desktop.documents.listing import Listing, ListingLine, ListingPart, make_listing
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.styles import PaperName

TITLE = "Medicines to be answered"
_NOTE = (
    "A difference is closed only by a prescriber's name, time and answer. An answer by telephone is read back before it "
    "counts."
)


def prescriber_document(
    pairs: Sequence[Pair],
    *,
    whose: str,
    allergies: str,
    where: str,
    number: str,
    made: datetime.datetime,
    author: str,
    paper: PaperName = "letter",
) -> Document:
    """The open differences on paper. Raises Unprintable as every document does."""
    head = ListingPart(
        title="Patient",
        columns=("What", "As recorded"),
        lines=(ListingLine(label="Allergies", text=allergies or "Not recorded"),),
    )
    listing = Listing(
        title=TITLE,
        whose=whose,
        where=where,
        subtitle=f"{len(pairs)} to be answered, printed {moment_text(made)}",
        number=number,
        note=_NOTE,
        parts=(head, *(_part(each) for each in pairs)),
        made=made,
        copy_for="Prescriber",
        author=author,
    )
    return make_listing(listing, paper)


def _part(pair: Pair) -> ListingPart:
    row = pair.row
    found = row.discrepancy if row is not None and row.discrepancy is not None else Discrepancy.NONE
    home = pair.taken.line() or "taken, dose not known" if pair.taken is not None else "Not taken at home"
    order = pair.ordered.line() or "ordered without a dose" if pair.ordered is not None else "Not ordered"
    lines = [
        ListingLine(label="At home", text=home),
        ListingLine(label="Ordered", text=order),
        ListingLine(label="Difference", text=found.label, alert=pair.alert),
    ]
    if pair.taken is not None and pair.taken.purpose:
        lines.insert(1, ListingLine(label="Taken for", text=pair.taken.purpose))
    if row is not None and row.action_reason.strip():
        lines.append(ListingLine(label="Asked", text=row.action_reason))
    if row is not None and row.note.strip():
        lines.append(ListingLine(label="Note", text=row.note))
    lines.append(ListingLine(label="Answer", text="__________________________________________________"))
    lines.append(
        ListingLine(label="Prescriber, day and time", text="__________________________________________________")
    )
    mark = " (high alert)" if pair.alert else ""
    return ListingPart(title=f"{pair.medicine.name}{mark}", columns=("What", "As recorded"), lines=tuple(lines))
