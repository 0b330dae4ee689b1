"""E-signature: what was shown, who signed, with what meaning, the strokes; and the pad to draw them on.

`values` and `checks` are pure; Qt is only in `pad` and in `screen`, the page that is turned towards whoever signs. Knows no kind of record: a feature keeps `Signature` rows inside
its own record and decides which roles it needs.
"""

from liaison_desktop.signing.checks import clock_faults, is_complete, same_person, signs_as
from liaison_desktop.signing.values import MEANINGS, Method, Role, Signature, SignaturePoint, Stroke, fingerprint_of

__all__ = [
    "MEANINGS",
    "Method",
    "Role",
    "Signature",
    "SignaturePoint",
    "Stroke",
    "clock_faults",
    "fingerprint_of",
    "is_complete",
    "same_person",
    "signs_as",
]
