"""What a signature is: a person, a role with a fixed meaning, a moment, the strokes, and the hash of what was shown."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Mapping
from typing import Annotated, Self

import msgspec

from liaison_desktop.records import AttachedFile, Code, Field, Row


class Role(Code):
    """In which capacity somebody signs."""

    PATIENT = "patient"
    REPRESENTATIVE = "representative"
    WITNESS = "witness", "Witness to signature"
    SECOND_WITNESS = "second_witness", "Second witness"
    INTERPRETER = "interpreter"
    PRACTITIONER = "practitioner", "Responsible clinician"
    PERSON_OBTAINING = "person_obtaining", "Obtained the consent"
    VERIFIER = "verifier", "Checked on the day"
    SECOND_VERIFIER = "second_verifier", "Second check on the day"
    RN_REVIEWER = "rn_reviewer", "Registered nurse who reviewed"
    PHYSICIAN_CONCURRENCE = "physician_concurrence", "Physician who concurs"
    REQUESTER = "requester", "Who asked"
    GIVER = "giver", "Who hands over"
    RECEIVER = "receiver", "Who takes over"


class Method(Code):
    """How the signature was given."""

    DRAWN = "drawn", "Drawn on this device"
    TYPED = "typed", "Name typed by the signer"
    MARK_X = "mark_x", "Mark, with two witnesses"
    VERBAL_WITNESSED = "verbal_witnessed", "Spoken, with witness"
    WET_INK = "wet_ink_scanned", "Signed on paper, scanned"


class Spoken(Code):
    """How somebody was heard who signs by word of mouth."""

    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video"
    IN_PERSON = "in_person", "In the room"


# 21 CFR 11.50(a)(3): the meaning belongs to the signature. It is fixed per role, so that nobody can be made to sign
# for more than the role allows: a witness says that she saw the signing, never that she explained anything.
MEANINGS: Mapping[Role, str] = {
    Role.PATIENT: "I understand and I agree",
    Role.REPRESENTATIVE: "I understand and I agree on the patient's behalf",
    Role.WITNESS: "I saw this person sign, and they seemed to do so willingly",
    Role.SECOND_WITNESS: "I saw this person make their mark or say that they agree",
    Role.INTERPRETER: "I interpreted fully and accurately",
    Role.PRACTITIONER: "I led the talk and answered the questions",
    Role.PERSON_OBTAINING: "I explained the study, answered the questions and obtained this consent",
    Role.VERIFIER: "I checked what is written here with the patient, today",
    Role.SECOND_VERIFIER: "I checked it too, by myself",
    Role.RN_REVIEWER: "I reviewed what is recorded here",
    Role.PHYSICIAN_CONCURRENCE: "I reviewed what is recorded here and I concur",
    Role.REQUESTER: "I asked for this information without being prompted",
    Role.GIVER: "I told what is written here, and it was said back to me",
    Role.RECEIVER: "I was told what is written here, and I take over",
}


class SignaturePoint(Row, frozen=True, kw_only=True):
    """One point of a stroke: pad pixels from the top left, milliseconds since the first stroke, pressure 0 to 1."""

    x: Annotated[float, Field("Across")]
    y: Annotated[float, Field("Down")]
    t_ms: Annotated[int, Field("Milliseconds")]
    pressure: Annotated[float, Field("Pressure")] = 0.5


class Stroke(Row, frozen=True, kw_only=True):
    """The pen from touching down to lifting."""

    points: Annotated[tuple[SignaturePoint, ...], Field("Points")] = ()


class Signature(Row, frozen=True, kw_only=True):
    """One signature on one document. Never reusable: `shown_sha256` ties it to what this signer saw (21 CFR 11.70).

    `shown_sha256` is the hash of the bytes on the screen, `shown_content` that of the record they were made from, and
    `shown_as` says in which edition. `ink_sha256` is the hash of the strokes, by which ink that was given once is known
    again. `signed_at` is the device clock with its offset, set by the action that signs and never edited; `given_at`
    is when somebody was heard, as they say. Only DRAWN and MARK_X have strokes, only WET_INK has a scan. `pad_width` and
    `pad_height` are the pad's size in the pixels of the points.
    """

    role: Annotated[Role, Field("Role")]
    name_printed: Annotated[str, Field("Name", required=True, most=200)]
    credential: Annotated[str, Field("Credential", most=60)] = ""
    relationship: Annotated[str, Field("Relation to the patient", most=120)] = ""
    person_id: Annotated[uuid.UUID | None, Field("Person")] = None
    method: Annotated[Method, Field("Method")] = Method.DRAWN
    strokes: Annotated[tuple[Stroke, ...], Field("Strokes")] = ()
    pad_width: Annotated[float, Field("Pad width")] = 0.0
    pad_height: Annotated[float, Field("Pad height")] = 0.0
    typed: Annotated[str, Field("Name as it was typed", most=200)] = ""
    adopted: Annotated[str, Field("Words that adopt it as a signature", most=200)] = ""
    spoken: Annotated[str, Field("What was said", most=200)] = ""
    spoken_how: Annotated[Spoken | None, Field("How it was heard")] = None
    given_at: Annotated[datetime.datetime | None, Field("When it was given, as they say")] = None
    scan: Annotated[tuple[AttachedFile, ...], Field("Scan of the signature on paper")] = ()
    adult: Annotated[bool | None, Field("18 or older")] = None
    identified_by: Annotated[str, Field("How the signer was identified", most=120)] = ""
    signed_at: Annotated[datetime.datetime | None, Field("Signed")] = None
    zone: Annotated[str, Field("Time zone", most=60)] = ""
    device: Annotated[str, Field("Device", most=120)] = ""
    meaning: Annotated[str, Field("Meaning", most=200)] = ""
    shown_sha256: Annotated[str, Field("Fingerprint of what was shown", most=64)] = ""
    shown_content: Annotated[str, Field("Fingerprint of the record shown", most=64)] = ""
    shown_as: Annotated[str, Field("How it was shown", most=60)] = ""
    ink_sha256: Annotated[str, Field("Fingerprint of the ink", most=64)] = ""

    def binds(self, content: str) -> bool:
        """Whether it was given on the record with this fingerprint, and its ink is the ink that was given then."""
        return bool(self.shown_sha256) and self.shown_content == content and self.ink_sha256 == ink_of(self.strokes)

    def on(self, content: str) -> Self:
        """This signature as given on the record with this fingerprint, with the hash of its ink."""
        return msgspec.structs.replace(self, shown_content=content, ink_sha256=ink_of(self.strokes))

    def is_drawn(self) -> bool:
        """Whether there is ink."""
        return any(stroke.points for stroke in self.strokes)


# What somebody who types a name agrees to (15 USC 7006(5): a symbol adopted with the intent to sign).
ADOPTED = "I typed my name and adopt it as my signature."


def ink_of(strokes: tuple[Stroke, ...]) -> str:
    """SHA-256 of the ink, every point with its moment and pressure; empty without ink. No hand draws the same twice."""
    if not any(stroke.points for stroke in strokes):
        return ""
    return fingerprint_of(msgspec.json.encode([[(p.x, p.y, p.t_ms, p.pressure) for p in s.points] for s in strokes]))


def fingerprint_of(content: bytes) -> str:
    """SHA-256 of exactly these bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
