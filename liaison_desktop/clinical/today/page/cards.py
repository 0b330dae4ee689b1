"""The cards of Today: each lists what waits, the first at the top, and each row is the way to it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.concerns.record import Concern, ConcernState
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.consents.rules import to_countersign
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.patients.record import Patient, age_text, birth_text, full_name
from liaison_desktop.clinical.people.rules import same_person
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState
from liaison_desktop.clinical.today.queries import Day, SentOut
from liaison_desktop.clinical.today.rules import RETURNED, TO_SIGN, due_today, in_states, to_review
from liaison_desktop.signing import Role
from liaison_desktop.tasks.form import clock_card, due_chip, left_words, task_icon
from liaison_desktop.tasks.record import Task
from liaison_desktop.tasks.rules import Clock
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import near_day, show_time
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import label

MOST = 5
_RESEARCH = (
    ResearchState.CAPACITY,
    ResearchState.READY,
    ResearchState.SIGNED,
    ResearchState.HOME,
    ResearchState.GIVEN,
)
_WAITS = {ConsentState.READY: "to sign", ConsentState.SIGNED: "witness", ConsentState.WITNESSED: "signatures"}
_SAID = {
    ConcernState.OPEN: ChipSpec("nobody asked", "red"),
    ConcernState.ESCALATED: ChipSpec("escalated", "red"),
    ConcernState.ANSWERED: ChipSpec("read back", "accent"),
}


class Cards:
    """Makes the cards of one day at one moment."""

    def __init__(self, desk: Desk, day: Day, now: datetime.datetime) -> None:
        self._desk, self._day, self._now = desk, day, now

    # ---- what runs out

    def clocks(self, title: str = "What runs out first", clocks: Sequence[Clock] | None = None) -> QWidget:
        """Clocks with whose they are; Enter opens what each is about."""
        found = self._day.clocks if clocks is None else clocks
        return clock_card(found, self._now, opens=self._clock_opens, whose=self._clock_whose, title=title, most=MOST)

    def _clock_opens(self, clock: Clock) -> Callable[[], object] | None:
        if clock.about_kind in self._desk.store.kinds and clock.about_kind != Episode.kind:
            return self._opener(clock.about_kind, clock.about)
        return self._opener(Patient.kind, clock.subject) if clock.subject is not None else None

    def _clock_whose(self, clock: Clock) -> str:
        return self._name(clock.subject)

    # ---- tasks

    def tasks(self) -> QWidget:
        """My tasks, what is due first at the top."""
        mine = self._day.mine
        rows = [self._task_row(task) for task in mine[:MOST]]
        due = len(due_today(mine, self._now))
        said = f"{due} due today" if due else ""
        return _card("My tasks", rows, len(mine), "Nothing is left to do", said, self._all_tasks())

    def others(self) -> QWidget | None:
        """What others have to do, if there is any."""
        others = self._day.others
        rows = [self._task_row(task, owner=True) for task in others[:MOST]]
        return _card("Waiting for others", rows, len(others), "") if others else None

    def _all_tasks(self) -> QWidget:
        return button("All tasks", "link", small=True, on_click=lambda: self._desk.go("tasks"))

    def _task_row(self, task: Task, owner: bool = False) -> CardRow:
        facts = " · ".join(filter(None, (self._name(task.subject), task.owner if owner else task.task_kind.label)))
        chip = due_chip(task.due_at, self._now)
        return CardRow(task.what, facts, task_icon(task), chip, on_click=self._opener(Task.kind, task.id))

    # ---- people and what they wait for

    def in_hand(self) -> QWidget | None:
        """The patients whose episode is mine, if there is any."""
        found = self._day.in_hand
        rows = [self._episode_row(episode) for episode in found[:MOST]]
        return _card("My patients", rows, len(found), "") if found else None

    def lately(self) -> QWidget:
        """Whose chart was opened last."""
        rows = [self._patient_row(patient) for patient in self._day.lately[:MOST]]
        if not rows:
            rows = [CardRow("No chart was opened yet", "", "user-round")]
        return list_card("Charts opened lately", *rows)

    def _episode_row(self, episode: Episode) -> CardRow:
        line = episode.service.label if episode.service is not None else ""
        place = " ".join(filter(None, (episode.unit, episode.bed)))
        chip = ChipSpec(episode.state.label, "accent")
        facts = " · ".join(filter(None, (line, place)))
        return CardRow(
            self._name(episode.patient) or "No longer here",
            facts,
            "user-round",
            chip,
            on_click=self._opener(Patient.kind, episode.patient) if episode.patient is not None else None,
        )

    def _patient_row(self, patient: Patient) -> CardRow:
        years = age_text(patient.birth_date, self._now.date())
        facts = " · ".join(filter(None, (birth_text(patient.birth_date), years)))
        return CardRow(full_name(patient), facts, "user-round", on_click=self._opener(Patient.kind, patient.id))

    def concerns(self) -> QWidget:
        """Concerns that wait: for somebody to be asked, for an answer, or to be read back."""
        found = self._day.concerns
        rows = [self._concern_row(concern) for concern in found[:MOST]]
        return _card("Concerns waiting", rows, len(found), "No concern waits for an answer")

    def _concern_row(self, concern: Concern) -> CardRow:
        whom = f"{concern.addressed_to} is to answer" if concern.waiting and concern.addressed_to else ""
        facts = " · ".join(filter(None, (self._name(concern.patient), whom or concern.concern_kind.label)))
        chip = _SAID.get(concern.state) or due_chip(concern.due_at, self._now)
        return CardRow(f"“{concern.words}”", facts, "quote", chip, on_click=self._opener(Concern.kind, concern.id))

    def referrals(self) -> QWidget | None:
        """Referrals whose source waits for the first answer."""
        found = self._day.referrals
        rows = [self._referral_row(referral) for referral in found[:MOST]]
        return _card("No answer to the source yet", rows, len(found), "") if found else None

    def _referral_row(self, referral: Referral) -> CardRow:
        waits = self._now - referral.received_at if referral.received_at is not None else None
        chip = ChipSpec(f"waits {left_words(waits)}", "amber", "clock") if waits is not None else None
        opens = self._opener(Referral.kind, referral.id)
        return CardRow(
            self._name(referral.patient) or referral.title(), referral.title(), "inbox", chip, on_click=opens
        )

    # ---- papers

    def checklists(self) -> QWidget:
        """Checklists in progress, and those that wait for an RN."""
        found = self._day.checklists
        rows = [self._checklist_row(checklist) for checklist in found[:MOST]]
        return _card("Checklists to finish", rows, len(found), "Every checklist is finished")

    def _checklist_row(self, one: Checklist) -> CardRow:
        name = self._name(one.patient) or "No longer here"
        if to_review(one):
            chip = ChipSpec("RN review", "amber")
        else:
            chip = ChipSpec(f"{one.answered}/{one.asked}" if one.asked else "to begin", "accent")
        facts = " · ".join(filter(None, (one.name, self._when(one.started_at))))
        return CardRow(name, facts, "clipboard-check", chip, on_click=self._opener(Checklist.kind, one.id))

    def consents(self) -> QWidget:
        """Consents that wait: to be countersigned by who works here, back with the practitioner, to sign, in work."""
        found = self._day.consents
        mine = tuple(consent for consent in found if self._is_mine(consent))
        back, sign = in_states(found, RETURNED), in_states(found, TO_SIGN)
        ordered = tuple(dict.fromkeys((*mine, *back, *sign, *found)))
        rows = [self._consent_row(consent) for consent in ordered[:MOST]]
        return _card("Consents in work", rows, len(found), "No consent waits for anybody")

    def _is_mine(self, consent: Consent) -> bool:
        """Whether it waits for the countersignature of who works here."""
        explained = same_person(consent.discussed_by, self._desk.store.actor.name)
        return explained and Role.PRACTITIONER in to_countersign(consent)

    def _consent_row(self, consent: Consent) -> CardRow:
        if consent.state in RETURNED:
            chip = ChipSpec("question open", "red")
        elif self._is_mine(consent):
            chip = ChipSpec("your signature", "red", "pen-line")
        elif to_countersign(consent):
            chip = ChipSpec("countersign", "amber")
        elif consent.state in _WAITS:
            chip = ChipSpec(_WAITS[consent.state], "amber")
        else:
            chip = ChipSpec(consent.state.label.lower(), "neutral")
        words = consent.title_as_signed or consent.procedure_text
        facts = " · ".join(filter(None, (words, self._when(consent.stopped_at or consent.begun_at))))
        return CardRow(consent.title(), facts, "file-pen-line", chip, on_click=self._opener(Consent.kind, consent.id))

    def research(self) -> QWidget | None:
        """Research consents that wait: a concern first, then for a signature; nothing at all where nobody was asked."""
        found = sorted(self._day.research, key=lambda one: _RESEARCH.index(one.state))
        rows = [self._research_row(one) for one in found[:MOST]]
        return _card("Research consents in work", rows, len(found), "") if rows else None

    def _research_row(self, one: ResearchConsent) -> CardRow:
        tone = {ResearchState.CAPACITY: "red", ResearchState.READY: "amber", ResearchState.SIGNED: "amber"}
        chip = ChipSpec(one.state.label.lower(), tone.get(one.state, "neutral"))
        facts = " · ".join(filter(None, (one.study_short, self._when(one.home_at or one.given_at))))
        opens = self._opener(ResearchConsent.kind, one.id)
        return CardRow(one.title(), facts, "flask-conical", chip, on_click=opens)

    def ask_again(self) -> QWidget | None:
        """Consents that hold on an older version of their form, and people in a study who have to be asked anew."""
        old = [
            CardRow(
                one.consent.title(),
                f"{one.consent.title_as_signed} · version {one.consent.template_version}, now {one.version}",
                "file-pen-line",
                ChipSpec("new version", "amber"),
                on_click=self._opener(Consent.kind, one.consent.id),
            )
            for one in self._day.outdated
        ]
        asked = [
            CardRow(
                one.consent.title(),
                f"{one.consent.study_short} · form {one.consent.form_version}, now {one.version}",
                "flask-conical",
                ChipSpec(one.why.label.lower(), "amber"),
                on_click=self._opener(ResearchConsent.kind, one.consent.id),
            )
            for one in self._day.ask_again
        ]
        rows = [*asked, *old]
        return _card("Ask again", rows[:MOST], len(rows), "") if rows else None

    def left(self, papers: Sequence[SentOut]) -> QWidget:
        """What was printed or saved as a file today."""
        rows = [self._left_row(paper) for paper in papers[: MOST * 2]]
        return _card("Printed and saved today", rows, len(papers), "Nothing was printed or saved as a file")

    def _left_row(self, paper: SentOut) -> CardRow:
        kind = self._desk.store.kinds.get(paper.kind)
        record = self._desk.store.find(kind, paper.subject) if kind is not None else None
        title = record.title() if record is not None else paper.kind.replace("_", " ").capitalize() or "A list"
        opens = self._opener(paper.kind, paper.subject) if record is not None and paper.subject is not None else None
        facts = "Printed" if paper.printed else "Saved as a file"
        at = show_time(paper.at.astimezone(self._now.tzinfo))
        return CardRow(title, facts, "printer" if paper.printed else "download", right=at, on_click=opens)

    # ---- words

    def _name(self, patient: uuid.UUID | None) -> str:
        found = self._day.names.get(patient) if patient is not None else None
        return full_name(found) if found is not None else ""

    def _when(self, moment: datetime.datetime | None) -> str:
        if moment is None:
            return ""
        today = self._now.date()
        return show_time(moment) if moment.date() == today else near_day(moment.date(), today)

    def _opener(self, kind: str, id: uuid.UUID) -> Callable[[], None]:
        return lambda: self._desk.open(kind, id)


def _card(
    title: str, rows: Sequence[QWidget], count: int, nothing: str, said: str = "", link: QWidget | None = None
) -> QWidget:
    """A card with how many there are; nothing left to do is good, and is said."""
    if not rows:
        return list_card(title, CardRow(nothing, "", "circle-check", tone="green"), right=link or "")
    told = said or (f"{len(rows)} of {count}" if count > len(rows) else str(count))
    if link is None:
        return list_card(title, *rows, right=told)
    return list_card(title, *rows, right=row(label(told, "sec"), link, gap=8))
