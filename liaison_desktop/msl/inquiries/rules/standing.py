"""The grounds a visit's topic may cite: a standing request that holds (OFF-8), a complete SIUU package (OFF-7)."""

from __future__ import annotations

import datetime
import types
import uuid
from collections.abc import Mapping

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.record import Disclosure, SiuuPackage, StandingRequest
from liaison_desktop.msl.materials.record import Material
from liaison_desktop.msl.materials.rules import version_fault
from liaison_desktop.policies import Policy


def package_fault(
    package: SiuuPackage | None,
    on: datetime.date,
    policy: Policy,
    field: str,
    materials: Mapping[uuid.UUID, Material] = types.MappingProxyType({}),
) -> Fault | None:
    """OFF-7, with how many disclosures are missing; without a package, or with one that is over, all of them are."""
    missing = len(package.missing()) if package else len(Disclosure)
    over = package is not None and (not package.in_use or (package.expires_on is not None and package.expires_on < on))
    held = materials.get(package.material_id) if package is not None and package.material_id else None
    if package is not None and held is not None and version_fault(held, package.version_id, on, policy, field):
        over = True  # What it hands out had expired or was withdrawn.
    if package is not None and not missing and not over:
        return None
    return policy.fault("OFF-7", field=field, n=len(Disclosure) if over else missing)


def standing_fault(request: StandingRequest | None, on: datetime.date, policy: Policy, field: str) -> Fault | None:
    """OFF-8 for a request that was over on the day of the visit."""
    if request is None:
        return None
    ended = request.expires_on
    if request.withdrawn_at is not None:
        gone = request.withdrawn_at.date()
        ended = min(gone, ended) if ended else gone
        if on < gone and (request.expires_on is None or on <= request.expires_on):
            return None
    elif ended is None or on <= ended:
        return None
    return policy.fault("OFF-8", field=field, date=f"{ended.day} {ended:%b %Y}")
