"""One answer for two askers: the radar's row and the card of an insight both ask about the same marked words.

Insights and safety stand on one floor and do not know each other; here, above both, they hear of each other's answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desktop.msl.insights.form import Made
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.msl.insights.rules import sentence_at
from liaison_desktop.msl.materials.queries import products
from liaison_desktop.msl.safety.actions import dismiss
from liaison_desktop.msl.safety.queries import dismissals_about, report_of
from liaison_desktop.msl.safety.record import NoReport, SafetyDismissal, SafetyEvent
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.policies import policy_of
from liaison_desktop.policies.radar import scan

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def settled_answer(store: Store, insight: Insight, field: str, words: str) -> Made | None:
    """The dismissal or the report that answers for marked words of an insight; None if nobody answered yet."""
    sentence = _sentence(insight, field, words)
    for about in filter(None, (insight.id, insight.visit_id)):
        for said in dismissals_about(store, about):
            if said.words == words:
                why = said.note if said.reason is NoReport.OTHER else said.facts()
                number = f", {said.report_number}" if said.report_number else ""
                return Made(SafetyDismissal.kind, said.id, f"{why}{number}")
    told = report_of(store, words, sentence, insight.visit_id)
    return Made(SafetyEvent.kind, told.id, told.title()) if told is not None else None


def dismiss_in_insight(store: Store, insight: Insight, field: str, words: str, why: str) -> None:
    """Keep why marked words of an insight are no safety report, where the radar looks for its answers (AE-4)."""
    lexicon, text = policy_of(store).lexicon, str(getattr(insight, field, ""))
    names = tuple(one.name for one in products(store).values())
    found = next((one for one in scan(text, lexicon, products=names) if one.words == words), None)
    if found is None:
        return
    # What is captured beside a visit and not saved yet is known to the radar as that visit.
    beside = insight.version is None and insight.visit_id is not None
    dismiss(
        store,
        found,
        about_kind=Visit.kind if beside else Insight.kind,
        about_id=insight.visit_id if beside else insight.id,
        field=field,
        reason=NoReport.OTHER,
        sentence=_sentence(insight, field, words),
        note=why,
        lexicon_version=lexicon.version,
    )


def _sentence(insight: Insight, field: str, words: str) -> str:
    text = str(getattr(insight, field, ""))
    return sentence_at(text, max(0, text.find(words)) + len(words))
