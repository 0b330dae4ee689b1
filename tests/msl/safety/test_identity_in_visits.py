"""PHI-1 refuses and PHI-2 warns wherever somebody types into a visit; what names nobody is left alone."""

from __future__ import annotations

import pytest

from liaison_desktop.errors import Severity
from liaison_desktop.msl.visits.actions import check_visit
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.store import Store


def said(store: Store, notes: str) -> list[tuple[str, Severity, str]]:
    """The identity faults of a visit with these notes."""
    found = check_visit(store, Visit(notes=notes))
    return [(fault.rule, fault.severity, fault.message) for fault in found if fault.rule.startswith("PHI")]


def test_phi_1_refuses(msl_store: Store) -> None:
    message = "This looks like patient identity: “Mrs Jones”. Replace with age group and sex."
    assert said(msl_store, "Mrs Jones stopped.") == [("PHI-1", Severity.REFUSE, message)]


def test_phi_2_warns(msl_store: Store) -> None:
    expected = [("PHI-2", Severity.WARN, "This may identify one patient. Generalise.")]
    assert said(msl_store, "A 93-year-old man from Springfield was treated.") == expected


@pytest.mark.parametrize("notes", ["", "An adult woman on 5 mg.", "A 54-year-old woman stopped.", "Dr. Jones asked."])
def test_both_are_silent(msl_store: Store, notes: str) -> None:
    assert said(msl_store, notes) == []
