"""Who is asked again: a consent that holds, and whose form has got a newer version since."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.consents.queries import version_key
from liaison_desktop.clinical.consents.record import Consent, Template


class Outdated(msgspec.Struct, frozen=True, kw_only=True):
    """A consent that holds on an older version of its form, and the version it would be taken on now."""

    consent: Consent
    version: str


def outdated(holding: Iterable[Consent], forms: Iterable[Template]) -> tuple[Outdated, ...]:
    """Of the consents that hold, those whose form has a newer version in effect, in the order given."""
    newest = {form.code: form.version for form in forms}
    return tuple(
        Outdated(consent=one, version=newest[one.template_code])
        for one in holding
        if one.template_code in newest and version_key(newest[one.template_code]) > version_key(one.template_version)
    )
