"""Whether the words that are shown carry what the regulations ask for, and the authorisation all of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.clinical.research.record import (
    Authorisation,
    AuthorisationPart,
    Regulation,
    ResearchConsent,
    ResearchElement,
)
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

E = ResearchElement
# 45 CFR 46.116(b), 21 CFR 50.25(a). R12 too: whether a study is of minimal risk is said in its words.
BASIC = (E.R07, E.R08, E.R09, E.R10, E.R11, E.R12, E.R13, E.R14, E.R15, E.R19)


def content_faults(consent: ResearchConsent, policy: Policy) -> Iterator[Fault]:
    """V40 for research: key information first, every basic element, the FDA's two, and 45 CFR 164.508(c)."""
    if not consent.key_points:
        yield policy.fault("RC-ELEMENT", field="key_points", element=E.R04.label)
    held = {element for part in consent.parts if part.words.strip() for element in part.elements}
    fda = (E.R11F,) if consent.regulated in (Regulation.FDA, Regulation.BOTH) else ()
    for element in (*BASIC, *fda):
        if element not in held:
            yield policy.fault("RC-ELEMENT", field="parts", element=element.label)
    if consent.authorisation is Authorisation.COMBINED:
        said = {line.part for line in consent.authorisation_lines if line.words.strip()}
        for part in AuthorisationPart:
            if part not in said:
                yield policy.fault("RC-AUTH", field="authorisation", part=part.label)
