"""The way out: discharge planned in the patient's words, everything in hand, home, and the call afterwards."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.discharge.actions import begin_discharge_checklist
from liaison_desktop.clinical.discharge.page import DischargePane
from liaison_desktop.clinical.episodes.queries import events_of
from liaison_desktop.clinical.episodes.record import EpisodeState
from liaison_desktop.tour import journey_records
from liaison_desktop.tour.hand import NotSo, find, press, settle, write
from liaison_desktop.tour.parts import Part, Stage
from liaison_desktop.tour.parts_journey import fill_checklist, in_chart, the_episode


def leaving_parts(stage: Stage) -> tuple[Part, ...]:
    """From the first day's plan to the call at home."""

    def planned() -> None:
        journey_records.plan_discharge(stage.store, the_episode(stage))
        in_chart(stage, "Discharge")
        stage.picture("discharge-plan")
        press("Begin discharge planning")
        stage.so("discharge is being planned", the_episode(stage).state is EpisodeState.DISCHARGE_PLANNING)
        press("Discharge the patient")
        stage.so("nobody goes before everything is in hand", the_episode(stage).discharged_at is None)
        stage.picture("discharge-stopped")

    def discharged() -> None:
        stay = the_episode(stage)
        made = begin_discharge_checklist(stage.store, journey_records.the_plan(stage.store, stay))
        fill_checklist(stage, made, "discharge-checklist")
        journey_records.hand_out_list(stage.store, stay)
        in_chart(stage, "Discharge")
        stage.picture("discharge-nothing-in-the-way")
        press("Discharge the patient")
        gone = the_episode(stage)
        stage.so("the patient went home", gone.state is EpisodeState.DISCHARGED and gone.discharged_at is not None)
        event = next(one for one in events_of(stage.store, gone.id) if one.after == EpisodeState.DISCHARGED.value)
        stage.so(f"all {len(event.judgements)} guards stood", all(one.passed for one in event.judgements))
        stage.picture("discharged")

    def called() -> None:
        pane = in_chart(stage, "Discharge").pane
        if not isinstance(pane, DischargePane):
            raise NotSo("the tab of discharge is open")
        call = pane.calls.form
        press("Yes", call.editor("reached"))
        settle()
        write(call.editor("spoke_with"), "The patient")
        write(find(QWidget, "How it goes", call), "Walks to the mailbox")
        for name in ("medicines", "appointment", "equipment"):
            press("Yes", call.editor(name))
        stage.picture("call-afterwards")
        press("Write the call down")
        plan = journey_records.the_plan(stage.store, the_episode(stage))
        stage.so("the call is written down", plan.followed_up)
        stage.so("and the stay is followed up", the_episode(stage).state is EpisodeState.FOLLOW_UP)
        stage.picture("called")

    return (("discharge planned", planned), ("discharged", discharged), ("the call afterwards", called))
