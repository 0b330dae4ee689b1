"""Rule V48: a release of information holds its six core elements, and what other laws protect has its own yes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.consents.queries import catalogue
from liaison_desktop.clinical.consents.record import Consent, ConsentStep, Element, SpecialCategory
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

_CORE = (
    (Element.H01, "release_description"),
    (Element.H02, "release_from"),
    (Element.H03, "release_to"),
    (Element.H04, "release_purpose"),
)


def release_faults(consent: Consent, policy: Policy, *, today: datetime.date) -> Iterator[Fault]:
    """V48: what, from whom, to whom, what for, until when; each protected kind answered and, with a yes, initialled."""
    if not consent.has(ConsentStep.RELEASE):
        return
    for element, name in _CORE:
        if not str(getattr(consent, name)).strip():
            yield _missing(element, name, policy)
    if consent.release_until is None and not consent.release_event.strip():
        yield _missing(Element.H05, "release_until", policy)
    elif consent.release_until is not None and consent.release_until < today:
        yield policy.fault("V48-OVER", field="release_until")
    for place, kind in enumerate(consent.release_special):
        where = f"release_special.{place}"
        if kind.included is None:
            yield policy.fault("V48-ASK", field=where, kind=kind.category.label)
        elif kind.included and not kind.initials.strip():
            yield policy.fault("V48-INITIALS", field=where, kind=kind.category.label)
    released = {kind.category for kind in consent.release_special if kind.included}
    if SpecialCategory.PSYCHOTHERAPY_NOTES in released and len(released) > 1:
        place = [kind.category for kind in consent.release_special].index(SpecialCategory.PSYCHOTHERAPY_NOTES)
        yield policy.fault("V48-NOTES", field=f"release_special.{place}")
    if SpecialCategory.SUBSTANCE_USE in released:
        for name, what in (("release_part2_to", "who receives"), ("release_part2_purpose", "what for, of")):
            if not str(getattr(consent, name)).strip():
                yield policy.fault("V48-PART2", field=name, what=what)


def _missing(element: Element, name: str, policy: Policy) -> Fault:
    rule = catalogue().elements[element]
    return policy.fault("V48", field=name, element=element.label, means=rule.means, mend=rule.mend)
