"""The brief on paper."""

from __future__ import annotations

import datetime

from liaison_desktop.documents.listing import Listing, ListingLine, ListingPart, make_listing, one_line
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.styles import PaperName
from liaison_desktop.msl.visits.document.brief_content import Brief, BriefPart
from liaison_desktop.msl.visits.queries import Promise
from liaison_desktop.ui.dates import plain_day

_LONGEST = 400  # letters of a note on paper: one page is the point of a brief


def brief_paper(brief: Brief, made: datetime.datetime, author: str, paper: PaperName = "letter") -> Document:
    """The page. Raises Unprintable if a letter cannot be printed."""
    promises = tuple(_promise(one, made.date()) for one in brief.promises)
    parts = [_part(part) for part in (*brief.left, *brief.right)]
    parts.insert(
        1 if brief.left and brief.left[0].title == "Keep to" else 0,
        ListingPart(title="Promised", columns=("Due", "What"), lines=promises, empty="No promise is open."),
    )
    return make_listing(
        Listing(
            title="Brief before a visit",
            whose=brief.person.title(),
            where=one_line((brief.person.facts(), brief.place)),
            subtitle=one_line((brief.visit, f"printed {moment_text(made)}")),
            number=f"brief-{made:%Y%m%d-%H%M%S}",
            note="For the liaison who prepares the visit. Names a person: keep it with you, destroy it afterwards.",
            parts=tuple(parts),
            made=made,
            copy_for="Own copy",
            author=author,
        ),
        paper,
    )


def _promise(promise: Promise, today: datetime.date) -> ListingLine:
    due = promise.row.due_on
    late = due is not None and due < today
    when = plain_day(due) if due else "no day"
    return ListingLine(label=f"{when}, overdue" if late else when, text=promise.row.text, alert=late)


def _part(part: BriefPart) -> ListingPart:
    lines = []
    for line in part.lines:
        facts = line.facts if len(line.facts) <= _LONGEST else f"{line.facts[: _LONGEST - 1]}…"
        lines.append(
            ListingLine(label=line.what, text=one_line((line.mark, facts)) or "as recorded", alert=line.tone == "red")
        )
    return ListingPart(title=part.title, columns=("What", "As recorded"), lines=tuple(lines))
