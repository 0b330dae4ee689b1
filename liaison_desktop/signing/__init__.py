"""E-signature: what was shown, who signed, with what meaning, the strokes; and the pad to draw them on.

`values` and `checks` are pure; Qt is only in `pad` and in `screen`, the page that is turned towards whoever signs. Knows no kind of record: a feature keeps `Signature` rows inside
its own record and decides which roles it needs.
"""

from liaison_desktop.signing.checks import clock_faults, is_complete, same_person, signs_as, what_is_missing
from liaison_desktop.signing.values import (
    ADOPTED,
    MEANINGS,
    Method,
    Role,
    Signature,
    SignaturePoint,
    Spoken,
    Stroke,
    fingerprint_of,
    ink_of,
)

__all__ = [
    "ADOPTED",
    "MEANINGS",
    "Method",
    "Role",
    "Signature",
    "SignaturePoint",
    "Spoken",
    "Stroke",
    "clock_faults",
    "fingerprint_of",
    "ink_of",
    "is_complete",
    "same_person",
    "signs_as",
    "what_is_missing",
]
