"""How to talk with a patient: languages, interpreter, senses, aids, and how she learns best."""

from __future__ import annotations

from typing import Annotated

from liaison_desktop.records import Code, Field, Row


class InterpreterNeed(Code):
    """Whether a qualified interpreter is needed; a patient may decline one."""

    YES = "yes"
    NO = "no"
    DECLINED = "declined", "Patient declines"


class InterpreterModality(Code):
    """How the interpreter takes part."""

    IN_PERSON = "in_person", "In person"
    VIDEO = "video"
    TELEPHONE = "telephone"
    SIGN_ASL = "sign_asl", "Sign language (ASL)"
    TACTILE = "tactile", "Tactile signing"
    RELAY = "relay", "Relay service"


class Hearing(Code):
    """How well the patient hears."""

    ADEQUATE = "adequate"
    AID = "aid", "With aid"
    IMPAIRED = "impaired"
    DEAF = "deaf"


class Vision(Code):
    """How well the patient sees."""

    ADEQUATE = "adequate"
    GLASSES = "glasses", "With glasses"
    IMPAIRED = "impaired"
    BLIND = "blind"


class Speech(Code):
    """How the patient speaks."""

    CLEAR = "clear"
    IMPAIRED = "impaired"
    NONVERBAL = "nonverbal", "Does not speak"
    DEVICE = "device", "With a device"


class Literacy(Code):
    """Answer to: how sure are you filling in medical forms by yourself?"""

    EXTREMELY = "extremely", "Extremely sure"
    QUITE = "quite", "Quite sure"
    SOMEWHAT = "somewhat", "Somewhat sure"
    A_LITTLE = "a_little", "A little sure"
    NOT_AT_ALL = "not_at_all", "Not at all sure"


class TeachPreference(Code):
    """How the patient learns best."""

    READ = "read", "Reading"
    LISTEN = "listen", "Listening"
    PICTURES = "pictures"
    VIDEO = "video"
    DEMONSTRATION = "demonstration", "Being shown"


class Communication(Row, frozen=True, kw_only=True):
    """Communication needs. A blank means not asked, never adequate."""

    spoken: Annotated[str, Field("Preferred spoken language", most=35)] = ""
    written: Annotated[str, Field("Preferred written language", most=35)] = ""
    interpreter: Annotated[InterpreterNeed | None, Field("Interpreter needed")] = None
    modality: Annotated[InterpreterModality | None, Field("How the interpreter takes part")] = None
    hearing: Annotated[Hearing | None, Field("Hearing")] = None
    vision: Annotated[Vision | None, Field("Vision")] = None
    speech: Annotated[Speech | None, Field("Speech")] = None
    cognitive: Annotated[bool, Field("Needs help to follow or remember")] = False
    literacy: Annotated[Literacy | None, Field("Sure when filling in medical forms")] = None
    aids: Annotated[tuple[str, ...], Field("Aids travelling with the patient", most=200)] = ()
    teach: Annotated[tuple[TeachPreference, ...], Field("Learns best by")] = ()
    note: Annotated[str, Field("Note on talking with the patient", lines=2, most=1000)] = ""
