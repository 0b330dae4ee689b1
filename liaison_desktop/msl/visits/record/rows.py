"""The rows inside a visit: topics, people present, materials, follow-ups, confirmations."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated

from liaison_desktop.msl.visits.record.codes import (
    AttendeeRole,
    CompanyFunction,
    Depth,
    Direction,
    ExchangeBasis,
    FairBalance,
    FollowUpKind,
    FollowUpStatus,
    MaterialAction,
    PresentForOffLabel,
)
from liaison_desktop.records import Field, Row


class Topic(Row, frozen=True, kw_only=True):
    """One subject that was discussed, and the ground on which it was.

    `label_status` and `product_name` keep what the taxonomy said on the day: it may change later.
    """

    topic_id: Annotated[uuid.UUID | None, Field("Topic", refers_to="scientific_topic", required=True)] = None
    topic_name: Annotated[str, Field("Topic name", search=True, most=120)] = ""
    product_id: Annotated[uuid.UUID | None, Field("Product", refers_to="product")] = None
    product_name: Annotated[str, Field("Product name", most=120)] = ""
    indication: Annotated[str, Field("Indication", search=True, most=200, free=True)] = ""
    label_status: Annotated[str, Field("Label on the day", most=40)] = ""
    exchange_basis: Annotated[ExchangeBasis | None, Field("Basis")] = None
    direction: Annotated[Direction | None, Field("Who raised it")] = None
    verbatim_question: Annotated[str, Field("The question, word for word", search=True, free=True)] = ""
    answer_given: Annotated[str, Field("Answer given", lines=3, search=True)] = ""
    depth: Annotated[Depth | None, Field("Depth")] = None
    public_setting: Annotated[bool, Field("Asked in public")] = False
    fair_balance: Annotated[FairBalance | None, Field("Balance")] = None
    inquiry_id: Annotated[uuid.UUID | None, Field("Inquiry", refers_to="medical_inquiry")] = None
    standing_request_id: Annotated[uuid.UUID | None, Field("Standing request", refers_to="standing_request")] = None
    siuu_id: Annotated[uuid.UUID | None, Field("SIUU package", refers_to="siuu_package")] = None


class Attendee(Row, frozen=True, kw_only=True):
    """Somebody else who was there: from the directory, by name, or a colleague with a function."""

    person_id: Annotated[uuid.UUID | None, Field("Person", refers_to="person")] = None
    external_name: Annotated[str, Field("Name", search=True, most=160)] = ""
    role: Annotated[AttendeeRole, Field("Role")] = AttendeeRole.ATTENDEE
    function: Annotated[CompanyFunction | None, Field("Company function")] = None
    present_for_offlabel: Annotated[PresentForOffLabel, Field("Off-label part")] = PresentForOffLabel.NOT_APPLICABLE
    ate_meal: Annotated[bool, Field("Ate a meal")] = False
    signed: Annotated[bool, Field("Signed the attendance list")] = False


class MaterialUse(Row, frozen=True, kw_only=True):
    """A material that was shown or left. `title` and `number` keep what it was called on the day.

    Without `material_id` it is only written down, as before there was a list of approved materials.
    """

    title: Annotated[str, Field("Title", required=True, search=True, most=200, free=True)] = ""
    material_id: Annotated[uuid.UUID | None, Field("Material", refers_to="material")] = None
    version_id: Annotated[uuid.UUID | None, Field("Version of the material")] = None
    number: Annotated[str, Field("Version", most=20)] = ""
    action: Annotated[MaterialAction, Field("What was done")] = MaterialAction.SHOWN
    label_included: Annotated[bool, Field("Label included")] = False
    slides: Annotated[str, Field("Slides shown", help="Such as 3, 7-9", most=120)] = ""
    seconds: Annotated[int, Field("Seconds shown")] = 0


class FollowUp(Row, frozen=True, kw_only=True):
    """Something to do afterwards. A promise is one the doctor waits for."""

    text: Annotated[str, Field("What", required=True, search=True, most=400, free=True)] = ""
    due_on: Annotated[datetime.date | None, Field("Due", required=True)] = None
    kind: Annotated[FollowUpKind, Field("Kind")] = FollowUpKind.SEND_INFORMATION
    promised_to_hcp: Annotated[bool, Field("Promised to the doctor")] = True
    status: Annotated[FollowUpStatus, Field("Status")] = FollowUpStatus.OPEN
    done_at: Annotated[datetime.datetime | None, Field("Done at")] = None


class HeardQuestion(Row, frozen=True, kw_only=True):
    """A question that was listened for and heard in a visit: who ticked it, and when."""

    priority_id: Annotated[uuid.UUID | None, Field("Question", refers_to="listening_priority", required=True)] = None
    by: Annotated[str, Field("Ticked by", most=200)] = ""
    at: Annotated[datetime.datetime | None, Field("Ticked at")] = None


class Confirmation(Row, frozen=True, kw_only=True):
    """A rule that asked for a reason or an attestation, and the answer given to it."""

    rule: Annotated[str, Field("Rule", most=20)] = ""
    about: Annotated[str, Field("About", most=80)] = ""
    answer: Annotated[str, Field("Answer", required=True, most=400, free=True)] = ""
