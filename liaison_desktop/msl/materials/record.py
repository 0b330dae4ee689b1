"""What may be talked about: products and the scientific topics around them."""

from __future__ import annotations

import uuid
from typing import Annotated, ClassVar

from liaison_desktop.records import Code, Field, Record


class Lifecycle(Code):
    """Where a product stands."""

    INVESTIGATIONAL = "investigational"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class LabelStatus(Code):
    """How a topic stands to the approved label."""

    ON_LABEL = "on_label", "On-label"
    OFF_LABEL = "off_label", "Off-label"
    INVESTIGATIONAL = "investigational"
    DISEASE_STATE = "disease_state"
    NON_PRODUCT = "non_product", "No product"


class Product(Record, frozen=True, kw_only=True):
    """A medicine of the company, approved or not yet."""

    kind: ClassVar[str] = "product"

    name: Annotated[str, Field("Name", required=True, search=True, most=120)] = ""
    generic: Annotated[str, Field("Generic name", search=True, most=120)] = ""
    therapeutic_area: Annotated[str, Field("Therapeutic area", most=120)] = ""
    lifecycle: Annotated[Lifecycle | None, Field("Stage", required=True)] = None
    restricted: Annotated[bool, Field("Restricted")] = False

    def title(self) -> str:
        """The name of the product."""
        return self.name.strip() or "No name yet"

    def facts(self) -> str:
        """Generic name and stage."""
        stage = self.lifecycle.label.lower() if self.lifecycle else ""
        return ", ".join(part for part in (self.generic.strip(), stage) if part)


class ScientificTopic(Record, frozen=True, kw_only=True):
    """One subject of scientific exchange, and how it stands to the label."""

    kind: ClassVar[str] = "scientific_topic"

    code: Annotated[str, Field("Short name", help="Typed after # in a quick entry", search=True, most=40)] = ""
    label: Annotated[str, Field("Topic", required=True, search=True, most=120)] = ""
    therapeutic_area: Annotated[str, Field("Therapeutic area", most=120)] = ""
    product_id: Annotated[uuid.UUID | None, Field("Product", refers_to="product")] = None
    label_status: Annotated[LabelStatus | None, Field("Label", required=True)] = None
    proactive_allowed: Annotated[bool, Field("May be raised by us")] = False
    needs_material: Annotated[bool, Field("Needs material")] = False
    active: Annotated[bool, Field("In use")] = True

    def title(self) -> str:
        """The topic in words."""
        return self.label.strip() or "No name yet"

    def facts(self) -> str:
        """How it stands to the label."""
        return self.label_status.label if self.label_status else ""
