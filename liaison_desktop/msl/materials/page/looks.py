"""How a material is shown in words: its state as a chip, its row in a list, the facts of a version."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping

from liaison_desktop.msl.materials.record import Material, MaterialVersion, Product, ScientificTopic
from liaison_desktop.msl.materials.rules import State, material_state, standing, version_words
from liaison_desktop.policies import Policy
from liaison_desktop.store.attachments import megabytes
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import plain_day
from liaison_desktop.ui.lists import ListRow

CHIPS = {
    State.CURRENT: ChipSpec("Current", "green", "check"),
    State.EXPIRING: ChipSpec("Expiring", "amber", "clock"),
    State.EXPIRED: ChipSpec("Expired", "red", "circle-alert"),
    State.WITHDRAWN: ChipSpec("Withdrawn", "outline", "ban"),
    State.EMPTY: ChipSpec("No version", "outline"),
}
GROUPS = (State.EXPIRED, State.EXPIRING, State.CURRENT, State.EMPTY, State.WITHDRAWN)


def material_row(material: Material, day: datetime.date, policy: Policy) -> ListRow:
    """A material as a row of a list."""
    version = standing(material)
    number = version_words(version) if version else ""
    number = f"v{number}" if number[:1].isdigit() else number
    until = f"until {plain_day(version.expires_on)}" if version and version.expires_on else ""
    facts = " · ".join(filter(None, (number, until)))
    return ListRow(material.title(), facts, CHIPS[material_state(material, day, policy)], key=material.id)


def about_material(
    material: Material, products: Mapping[uuid.UUID, Product], topics: Mapping[uuid.UUID, ScientificTopic]
) -> str:
    """What a material is, for which product and topic."""
    product = products.get(material.product_id) if material.product_id else None
    topic = topics.get(material.topic_id) if material.topic_id else None
    kind = material.material_kind.label if material.material_kind else ""
    parts = (kind, product.title() if product else "", topic.title() if topic else "")
    return " · ".join(filter(None, parts))


def version_facts(version: MaterialVersion) -> str:
    """When a version was approved, until when it holds, and what became of it."""
    approved = f"approved {plain_day(version.approved_on)}" if version.approved_on else ""
    until = f"until {plain_day(version.expires_on)}" if version.expires_on else ""
    gone = f"withdrawn {plain_day(version.withdrawn_on)}: {version.withdrawn_reason}" if version.withdrawn_on else ""
    return " · ".join(filter(None, (version.approval_ref, approved, until, gone)))


def file_facts(version: MaterialVersion) -> str:
    """The file of a version: its name, its size and the beginning of its SHA-256."""
    return f"{version.file_name} · {megabytes(version.size)} · SHA-256 {version.sha256[:12]}…"
