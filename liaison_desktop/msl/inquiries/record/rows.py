"""The rows inside an inquiry: the questions, and what was answered to each."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated

import msgspec

from liaison_desktop.msl.inquiries.record.codes import OffLabel, ResponseKind
from liaison_desktop.records import Field, Row, new_id


class Question(Row, frozen=True, kw_only=True):
    """One question as the doctor put it. `product_name` keeps what the product was called on the day."""

    id: Annotated[uuid.UUID, Field("Id")] = msgspec.field(default_factory=new_id)
    verbatim: Annotated[str, Field("The question, word for word", lines=3, search=True, required=True)] = ""
    product_id: Annotated[uuid.UUID | None, Field("Product", refers_to="product")] = None
    product_name: Annotated[str, Field("Product name", most=120)] = ""
    topic_id: Annotated[uuid.UUID | None, Field("Topic", refers_to="scientific_topic")] = None
    off_label: Annotated[OffLabel | None, Field("Outside the label?")] = None
    population: Annotated[str, Field("Which patients, in general", most=200, free=True)] = ""
    patient_specific: Annotated[bool, Field("About one patient (no identity here)")] = False
    keywords: Annotated[str, Field("Keywords", search=True, most=200, free=True)] = ""


class Response(Row, frozen=True, kw_only=True):
    """What was answered to one question, with what has to go along with an answer outside the label."""

    question_id: Annotated[uuid.UUID | None, Field("Question")] = None
    responder: Annotated[str, Field("Answered by", most=160)] = ""
    response_kind: Annotated[ResponseKind | None, Field("Kind of answer")] = None
    material_title: Annotated[str, Field("Document sent", most=200)] = ""
    material_id: Annotated[uuid.UUID | None, Field("Material")] = None
    version_id: Annotated[uuid.UUID | None, Field("Material version")] = None
    version_number: Annotated[str, Field("Version", most=20)] = ""
    references: Annotated[str, Field("References", lines=2)] = ""
    label_copy_included: Annotated[bool, Field("Current label goes along")] = False
    not_approved_statement: Annotated[bool, Field("Says that the use is not approved")] = False
    safety_included: Annotated[bool, Field("Safety information goes along")] = False
    narrow_to_question: Annotated[bool, Field("Answers only what was asked")] = False
    responded_at: Annotated[datetime.datetime | None, Field("Answered at")] = None
    delivered_at: Annotated[datetime.datetime | None, Field("Delivered at")] = None
    delivery_proof: Annotated[str, Field("Proof of delivery", most=200, free=True)] = ""
    follow_up_question: Annotated[str, Field("What was asked next", most=400, free=True)] = ""

    def document(self) -> str:
        """What was sent, with its version: `Renal dosing, standard response, v2`."""
        number = f"v{self.version_number}" if self.version_number[:1].isdigit() else self.version_number
        return ", ".join(part for part in (self.material_title.strip(), number.strip()) if part)
