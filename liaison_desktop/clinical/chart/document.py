"""A chart on a page or two, for one sort of recipient, with what it leaves out said at its foot."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.chart.queries import Charted
from liaison_desktop.clinical.chart.rules import Part, Profile, SummaryPart, summary_parts
from liaison_desktop.clinical.patients.record import birth_text
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.documents.listing import Listing, ListingLine, ListingPart, make_listing
from liaison_desktop.documents.made import Document

_SHORT = (
    Part.IDENTITY, Part.STAY, Part.ALLERGIES, Part.ISOLATION, Part.CODE_STATUS, Part.VITALS, Part.COMMUNICATION,
    Part.DECIDES, Part.HANDOVER,
)  # fmt: skip


def _lines(part: SummaryPart) -> tuple[ListingLine, ...]:
    return tuple(ListingLine(label=name, text=words, alert=part.alarming) for name, words in part.lines)


def _part(part: SummaryPart) -> ListingPart:
    return ListingPart(title=part.title, columns=None, lines=_lines(part))


def _nothing(parts: list[SummaryPart]) -> tuple[ListingPart, ...]:
    """What holds nothing is said in one line: a heading for each would make a page two."""
    titles = [part.title for part in parts if not part.lines]
    words = ", ".join([titles[0], *(title[:1].lower() + title[1:] for title in titles[1:])]) if titles else ""
    return (ListingPart(title="Nothing recorded", columns=None, lines=(), empty=f"{words}."),) if titles else ()


def summary_paper(
    known: Charted,
    profile: Profile,
    *,
    now: datetime.datetime,
    ours: Facility | None,
    printed_by: str,
    recipient: str = "",
) -> Document:
    """The pages. Raises Unprintable if a letter cannot be printed or a text cannot be read in what was made."""
    patient = known.patient
    told = summary_parts(known, profile.parts, now)
    # What is said in a line or two stands together at the top, so that a summary is a page and no more where it can be.
    short = [part for part in told if part.part in _SHORT]
    glance = ListingPart(
        title="At a glance", columns=None, lines=tuple(line for part in short for line in _lines(part))
    )
    longer = [part for part in told if part.part not in _SHORT]
    parts = (glance, *(_part(part) for part in longer if part.lines), *_nothing(longer))
    to = f" for {recipient}" if recipient else ""
    return make_listing(
        Listing(
            title="Summary",
            whose=f"{patient.title()} · {birth_text(patient.birth_date)}",
            where=", ".join(filter(None, (ours.name, ours.phone))) if ours is not None else "",
            subtitle=f"{profile.title}{to}",
            number=f"summary-{now:%Y%m%d-%H%M}",
            note=(
                f"Printed {now:%d %b %Y %H:%M} by {printed_by}{to}, for {profile.purpose}. It holds only what is listed; "
                "the chart may hold more. What changed since is not in it."
            ),
            parts=parts,
            made=now,
            copy_for=profile.copy_for,
            author=ours.name if ours is not None else "",
        ),
        large=profile.large,
    )
