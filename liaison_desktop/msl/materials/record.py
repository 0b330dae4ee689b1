"""What may be talked about: products, the scientific topics around them, and approved materials in versions."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record, Row, new_id


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
    merging: ClassVar[Merging] = Merging.SERVER_WINS

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
    merging: ClassVar[Merging] = Merging.SERVER_WINS

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


class MaterialKind(Code):
    """What a material is."""

    SLIDE_DECK = "slide_deck"
    REPRINT = "reprint"
    GUIDELINE = "guideline"
    LABEL = "label"
    STANDARD_RESPONSE = "standard_response"
    LEAFLET = "leaflet"
    POSTER = "poster"
    VIDEO = "video"
    SIUU_PACKAGE = "siuu_package", "SIUU package"


class Use(Code):
    """When a material may be used."""

    PROACTIVE = "proactive"
    REACTIVE_ONLY = "reactive_only", "In reply only"
    ON_REQUEST = "on_request"
    INTERNAL_ONLY = "internal_only"


class VersionStatus(Code):
    """Whether a version still stands. Expired follows from the day and is not kept."""

    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class MaterialVersion(Row, frozen=True, kw_only=True):
    """One approved version and its file, which lies in the store under its SHA-256."""

    id: Annotated[uuid.UUID, Field("Id")] = msgspec.field(default_factory=new_id)
    number: Annotated[str, Field("Version", required=True, search=True, most=20)] = ""
    approval_ref: Annotated[str, Field("Approval reference", required=True, search=True, most=60)] = ""
    approved_on: Annotated[datetime.date | None, Field("Approved", required=True)] = None
    expires_on: Annotated[datetime.date | None, Field("Expires", help="The last day it may be used", required=True)] = (
        None
    )
    sha256: Annotated[str, Field("SHA-256", most=64)] = ""
    size: Annotated[int, Field("Size in bytes")] = 0
    file_name: Annotated[str, Field("File", search=True, most=120)] = ""
    status: Annotated[VersionStatus, Field("Status")] = VersionStatus.APPROVED
    withdrawn_on: Annotated[datetime.date | None, Field("Withdrawn")] = None
    withdrawn_reason: Annotated[str, Field("Why it was withdrawn", most=400, free=True)] = ""


class Material(Record, frozen=True, kw_only=True):
    """An approved material with all its versions, the newest last."""

    kind: ClassVar[str] = "material"
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    name: Annotated[str, Field("Title", required=True, search=True, most=200)] = ""
    material_kind: Annotated[MaterialKind | None, Field("What it is", required=True)] = None
    product_id: Annotated[uuid.UUID | None, Field("Product", refers_to="product")] = None
    topic_id: Annotated[uuid.UUID | None, Field("Topic", refers_to="scientific_topic")] = None
    use: Annotated[Use | None, Field("May be used", required=True)] = None
    versions: Annotated[tuple[MaterialVersion, ...], Field("Versions")] = ()
    policy_version: Annotated[str, Field("Policy", most=40)] = ""

    def title(self) -> str:
        """The title of the material."""
        return self.name.strip() or "No title yet"

    def facts(self) -> str:
        """What it is, and its newest version."""
        kind = self.material_kind.label if self.material_kind else ""
        return ", ".join(
            part for part in (kind, f"version {self.versions[-1].number}" if self.versions else "") if part
        )

    def version_of(self, version_id: uuid.UUID | None) -> MaterialVersion | None:
        """The version of that id."""
        return next((one for one in self.versions if one.id == version_id), None)

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """A version that was shown to somebody stays as it was: it can only be withdrawn, once."""
        for old in previous.versions:
            new = self.version_of(old.id)
            if new is None:
                return (_kept("A version is kept. Withdraw it instead."),)
            if new != old and (old.status is VersionStatus.WITHDRAWN or _but_withdrawal(new) != _but_withdrawal(old)):
                return (_kept("A version stays as it was approved. Add a new version instead."),)
        return ()


def _kept(message: str) -> Fault:
    return Fault(field="versions", message=message, rule="LOCK-1")


def _but_withdrawal(version: MaterialVersion) -> MaterialVersion:
    return msgspec.structs.replace(version, status=VersionStatus.APPROVED, withdrawn_on=None, withdrawn_reason="")
