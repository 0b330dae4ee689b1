"""Two practice reports: one whose clock runs, one that Safety has acknowledged."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.msl.materials.queries import products
from liaison_desktop.msl.safety.actions.capturing import capture_event, save_event
from liaison_desktop.msl.safety.actions.handing_over import acknowledge, hand_over
from liaison_desktop.msl.safety.record import AgeGroup, AwareHow, HandoverMethod, Sex

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def fill_reports(store: Store, people: Mapping[str, uuid.UUID]) -> None:
    """Save them; awareness is counted back from the store's clock."""
    now = store.clock()
    product = next(iter(sorted(products(store).values(), key=lambda one: one.name != "Velacor")), None)
    product_id = product.id if product is not None else None
    known = capture_event(
        store,
        "A woman felt dizzy an hour after the second dose and lay down; she was well the next morning.",
        aware_at=now - datetime.timedelta(hours=20),
        how=AwareHow.PHONE,
        reporter_id=people.get("Ferrer"),
        product_id=product_id,
    )
    known = save_event(store, msgspec.structs.replace(known, age_group=AgeGroup.ADULT, sex=Sex.FEMALE))
    known = hand_over(store, known, method=HandoverMethod.PHONE, to="Safety desk (practice)")
    acknowledge(store, known, "PRACTICE-2041")
    capture_event(
        store,
        "One patient stopped after severe itching in week two.",
        aware_at=now - datetime.timedelta(hours=18, minutes=18),
        reporter_id=people.get("Mbeki"),
        product_id=product_id,
    )
