"""What leaves: the copy that the person gets, prints and files, each with its line in the journal."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.research.actions.steps import stop_if
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState, Study
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Act, Store


def give_copy(store: Store, consent: ResearchConsent) -> ResearchConsent:
    """The person has their copy (R28). Nothing that was signed changes. Raises Refused."""
    require(store, "record_clinical")
    if consent.state is not ResearchState.ACTIVE or consent.copy_given_at is not None:
        stop_if((policy_of(store).fault("RC-COPY", field="copy_given_at"),))
    given = msgspec.structs.replace(consent, copy_given_at=store.clock(), copy_given_by=store.actor.name)
    return store.save(given, reason="copy given")


def note_printed(store: Store, consent: ResearchConsent, how: str) -> None:
    """The document of this consent was printed; `how` says on which printer and how many pages."""
    store.note(Act.PRINTED, kind=ResearchConsent.kind, subject=consent.id, detail=f"research consent: {how}")


def note_exported(store: Store, consent: ResearchConsent) -> None:
    """A copy of the document of this consent was saved outside the store."""
    store.note(Act.EXPORTED, kind=ResearchConsent.kind, subject=consent.id, detail="research consent")


def note_form(store: Store, study: Study, act: Act, how: str = "") -> None:
    """The approved form of this study was opened, printed or saved elsewhere; `how` names the printer."""
    store.note(act, kind=Study.kind, subject=study.id, detail=": ".join(filter(None, ("approved form", how))))
