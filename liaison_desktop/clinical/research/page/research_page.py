"""The page of research: studies and those who were asked, with one of them beside the list, or being worked on."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import wanting
from liaison_desktop.clinical.research.actions import begin_research
from liaison_desktop.clinical.research.form import ResearchForm, StudyForm
from liaison_desktop.clinical.research.form.reading import read_form
from liaison_desktop.clinical.research.page.browsing import ResearchBrowser
from liaison_desktop.clinical.research.page.leaving_pane import LeavingPane
from liaison_desktop.clinical.research.record import Again, ResearchConsent, Study
from liaison_desktop.clinical.research.rules import AskAgain
from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.workspace import Command

_LIST = 340
_KINDS = frozenset({"research_study", "research_consent", "research_withdrawal", "patient", "staff_member"})


class ResearchPage(ResearchBrowser):
    """Every study of this house. Enter works on a consent or changes a study, Ctrl+N begins a consent."""

    key = "research"
    title = "Research"
    icon = "flask-conical"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._listen()
        self._fill()

    def _listen(self) -> None:
        self.study.change_asked.connect(self._change_study)
        self.study.consent_asked.connect(lambda: self.begin_for(None, self._key()))
        self.study.again_asked.connect(self._again)
        self.study.file_asked.connect(self._read_file)
        self.consent.work_asked.connect(self.work)
        self.consent.leave_asked.connect(lambda: self._end(self.leave))
        self.consent.error_asked.connect(lambda: self._end(self.mistake))
        self.consent.again_asked.connect(self._again_chosen)
        self.consent.procedure_asked.connect(self._plan)
        self.begin.begun.connect(self._begun)
        for pane in (self.begin, self.leave, self.mistake, self.procedure):
            pane.dropped.connect(self._show_chosen)
        for pane in (self.leave, self.mistake):
            pane.ended.connect(lambda: self._done("Recorded. What was signed stays as it was."))
        self.procedure.planned.connect(lambda: self._done("Planned. It stands among the tasks."))

    # ---- what can be done

    def new(self) -> None:
        """Begin a consent; without a study, a study."""
        if self._listed.studies:
            self.begin_for(None, None)
        else:
            self.new_study()

    def begin_for(self, patient: uuid.UUID | None, study: uuid.UUID | None) -> None:
        """Begin a consent for this patient to this study, as from the chart."""
        if self._may():
            self.close_work()
            self._right.setCurrentWidget(self.begin)
            self.begin.start(patient, study)

    def _may(self) -> bool:
        fault = wanting(self.desk.store, "obtain_research_consent")
        if fault is not None:
            self.desk.toast(fault.message)
        return fault is None

    def new_study(self) -> None:
        """A study that is not recorded yet."""
        self._open_study(Study())

    def _change_study(self) -> None:
        shown = self.chosen()
        if isinstance(shown, Study):
            self._open_study(shown)

    def _open_study(self, study: Study) -> None:
        if not self._may():
            return
        self.close_work()
        self.study_form = StudyForm(self.desk, study)
        self.study_form.saved.connect(self._study_saved)
        self.study_form.left.connect(self.close_work)
        self._stack.addWidget(self.study_form)
        self._stack.setCurrentWidget(self.study_form)
        self.study_form.start()

    def _study_saved(self, study: Study) -> None:
        self.close_work()
        self._fill()
        self.view.select(study.id)
        self.desk.toast("Study saved.")

    def _read_file(self, version: str) -> None:
        shown = self.chosen()
        if isinstance(shown, Study):
            read_form(self.desk, shown, version)

    def _again_chosen(self) -> None:
        shown = self.chosen()
        if isinstance(shown, ResearchConsent):
            found = next((one for one in self._listed.again if one.consent.id == shown.id), None)
            self._begin_again(shown, found.why if found is not None else None)

    def _again(self, asked: AskAgain) -> None:
        self._begin_again(asked.consent, asked.why)

    def _begin_again(self, before: ResearchConsent, why: Again | None) -> None:
        store = self.desk.store
        patient, study = store.find(Patient, before.patient_id), store.find(Study, before.study_id)
        if patient is None or study is None:
            return
        try:
            self._begun(begin_research(store, patient, study, before=before, why=why))
        except LiaisonError as error:
            self.desk.toast(str(error))

    def _begun(self, consent: ResearchConsent) -> None:
        self.search.clear()
        self.work_on(consent)

    def _end(self, pane: LeavingPane) -> None:
        shown = self.chosen()
        if isinstance(shown, ResearchConsent):
            self._right.setCurrentWidget(pane)
            pane.start(shown)

    def _plan(self) -> None:
        shown = self.chosen()
        if isinstance(shown, ResearchConsent):
            self._right.setCurrentWidget(self.procedure)
            self.procedure.start(shown)

    def _done(self, words: str) -> None:
        self.desk.toast(words)
        self._fill()
        self.view.setFocus()

    def work(self) -> None:
        """Enter: work on the consent that is shown, or change the study."""
        shown = self.chosen()
        if isinstance(shown, Study):
            self._open_study(shown)
        elif isinstance(shown, ResearchConsent) and self.consent.work_button.isVisibleTo(self.consent):
            self.work_on(shown)

    def work_on(self, consent: ResearchConsent) -> None:
        """Open the steps of this consent."""
        self.close_work()
        self.form = ResearchForm(self.desk, self.desk.store.get(ResearchConsent, consent.id))
        self.form.closed.connect(self.close_work)
        self._stack.addWidget(self.form)
        self._stack.setCurrentWidget(self.form)

    def close_work(self) -> None:
        """Back to the list, at what was worked on."""
        form, study_form = self.form, self.study_form
        self.form = self.study_form = None
        if form is not None:
            form.save_draft()
            form.release()
        if study_form is not None:
            study_form.save_draft()
        open_now = form or study_form
        if open_now is None:
            return
        self._stack.setCurrentIndex(0)
        self._stack.removeWidget(open_now)
        open_now.deleteLater()
        self._fill()
        if form is not None:
            self.view.select(form.consent.id)
        self.view.setFocus()

    def show_record(self, id: uuid.UUID) -> None:
        """Show this study or consent beside the list; a patient begins one."""
        store = self.desk.store
        if id.int == 0 or store.find(Patient, id) is not None:
            self.begin_for(id if id.int else None, None)
            return
        self.close_work()
        self.search.clear()
        self._fill()
        self.view.select(id)

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The patient whose consent is shown or worked on."""
        shown = self.form.consent if self.form is not None else self.chosen()
        patient = shown.patient_id if isinstance(shown, ResearchConsent) else None
        return ("patient", patient) if patient is not None else None

    def save_draft(self) -> None:
        """Keep what was typed."""
        for form in (self.form, self.study_form):
            if form is not None:
                form.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """New consent, new study."""
        return (
            Command("New research consent", self.new, "To a study", "plus", "Ctrl+N"),
            Command("New study", self.new_study, "Forms, window, delegation log", "flask-conical"),
        )
