"""A hand-over on paper: what was told, that it was read back, and who signed."""

from __future__ import annotations

from liaison_desktop.clinical.handover.record import Handover
from liaison_desktop.clinical.handover.rules import short_of
from liaison_desktop.clinical.patients.record import Patient, allergy_statement, isolation_text, record_number
from liaison_desktop.documents.listing import Listing, ListingLine, ListingPart, make_listing
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.signatures import signature_line
from liaison_desktop.store import Store

_COLUMNS = ("What", "As recorded")


def handover_paper(store: Store, handover: Handover, patient: Patient, facility: str, place: str) -> Document:
    """The page. Raises Unprintable if a letter cannot be printed or a text cannot be read in what was made."""
    return make_listing(
        Listing(
            title="Hand-over",
            whose=short_of(patient),
            where=", ".join(filter(None, (facility, place))),
            subtitle=handover.to_place,
            number=f"handover-{str(handover.id)[-8:]}",
            note="What the record held when it was given; it may have changed since.",
            parts=(
                ListingPart(title="Patient", columns=_COLUMNS, lines=_patient(patient)),
                ListingPart(
                    title="What was told (SBAR)",
                    columns=_COLUMNS,
                    lines=tuple(ListingLine(label=name, text=words) for name, words in handover.sbar.parts()),
                    empty="Nothing",
                ),
                ListingPart(title="How it was given", columns=_COLUMNS, lines=_given(handover)),
            ),
            made=handover.given_at or store.clock(),
            copy_for="Copy for the receiving team",
            author=facility,
            signatures=tuple(signature_line(one) for one in handover.signatures),
        )
    )


def _patient(patient: Patient) -> tuple[ListingLine, ...]:
    said = allergy_statement(patient)
    rows = (
        ListingLine(label="Name", text=patient.title()),
        ListingLine(label="Record number", text=record_number(patient)),
        ListingLine(label="Allergies", text=said.text, alert=said.alarming),
        ListingLine(label="Isolation", text=isolation_text(patient), alert=True),
    )
    return tuple(row for row in rows if row.text)


def _given(handover: Handover) -> tuple[ListingLine, ...]:
    who = ", ".join(filter(None, (handover.receiver, handover.receiver_role, handover.receiver_contact)))
    back = "Yes" if handover.read_back else "No"
    rows = (
        ListingLine(label="To", text=handover.to_place),
        ListingLine(label="Who takes over", text=who),
        ListingLine(label="How", text=handover.way.label if handover.way is not None else ""),
        ListingLine(label="When", text=moment_text(handover.given_at)),
        ListingLine(label="Given by", text=handover.given_by),
        ListingLine(label="Read back", text=back, alert=not handover.read_back),
        ListingLine(label="Said back", text=handover.read_back_words),
        ListingLine(label="Goes with the patient", text=handover.goes_along),
        ListingLine(
            label="Medicines still open",
            text=str(handover.open_medicines) if handover.open_medicines else "",
            alert=True,
        ),
        ListingLine(
            label="Concerns still open", text=str(handover.open_concerns) if handover.open_concerns else "", alert=True
        ),
    )
    return tuple(row for row in rows if row.text)
