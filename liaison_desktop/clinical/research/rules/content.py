"""Whether the words that are shown carry what the regulations ask for, and the authorisation all of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.clinical.consents.queries import catalogue
from liaison_desktop.clinical.consents.record import ConsentType, Element
from liaison_desktop.clinical.research.record import Authorisation, AuthorisationPart, Regulation, ResearchConsent
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

# 45 CFR 46.116(b)(6) asks it where the risk is more than minimal; a study of minimal risk says so in its place.
_ALWAYS = (Element.R12,)
# Carried by how the paper is laid out, or by an answer in the record, and asked for there.
_ELSEWHERE = (Element.R04, Element.R27, Element.R33)


def needed(regulated: Regulation | None) -> tuple[Element, ...]:
    """The elements of a research consent that its words have to carry, under the rules the study runs by."""
    kind = catalogue().of(ConsentType.RESEARCH)
    fda = (Element.R11F,) if regulated in (Regulation.FDA, Regulation.BOTH) else ()
    return tuple(one for one in dict.fromkeys((*kind.minimum, *kind.required, *_ALWAYS, *fda)) if one not in _ELSEWHERE)


def content_faults(consent: ResearchConsent, policy: Policy) -> Iterator[Fault]:
    """V40 for research: key information first, every needed element, and the parts of 45 CFR 164.508(c)."""
    if not consent.key_points:
        yield policy.fault("RC-ELEMENT", field="key_points", element=Element.R04.label)
    held = {element for part in consent.parts if part.words.strip() for element in part.elements}
    for element in needed(consent.regulated):
        if element not in held:
            yield policy.fault("RC-ELEMENT", field="parts", element=element.label)
    if consent.authorisation is Authorisation.COMBINED:
        said = {line.part for line in consent.authorisation_lines if line.words.strip()}
        for part in AuthorisationPart:
            if part not in said:
                yield policy.fault("RC-AUTH", field="authorisation", part=part.label)
