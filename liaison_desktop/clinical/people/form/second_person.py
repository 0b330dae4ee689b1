"""Asking a second person where whoever works here may not: shown in the place that waits for it, and then gone on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.people.actions import wanting, who_can_approve
from liaison_desktop.clinical.people.form.approval import ApprovalForm
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.store import Store
from liaison_desktop.ui.layout import refill
from liaison_desktop.ui.text import wrapped


def may_go_on(box: QWidget, store: Store, right: str, rule: str, then: Callable[[Approval], None]) -> bool:
    """Whether whoever works here has the right. If not, `box` asks somebody who has, and `then` gets the approval."""
    fault = wanting(store, right)
    if fault is None:
        refill(box)
        return True
    if not who_can_approve(store, right):
        refill(box, wrapped(fault.message, "sec", "red"))
        return False
    asked = ApprovalForm(store, right, fault.message, rule=rule)

    def go_on(given: Approval) -> None:
        refill(box)
        then(given)

    asked.approved.connect(go_on)
    asked.rejected.connect(lambda: refill(box))
    refill(box, asked)
    asked.setFocus()
    return False
