"""What a facility can do for a patient: ventilation, dialysis, a heavy bed; whether, up to how much, and from when."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated

from liaison_desktop.records import Code, Field, Row


class CapabilityCode(Code):
    """What a patient may need of a house."""

    VENT = "vent", "Ventilator"
    VENT_WEAN = "vent_wean", "Weaning from the ventilator"
    TRACH = "trach", "Tracheostomy care"
    BIPAP = "bipap", "BiPAP"
    HIGH_FLOW_O2 = "high_flow_o2", "High-flow oxygen"
    HD_INHOUSE = "hd_inhouse", "Hemodialysis in house"
    PD = "pd", "Peritoneal dialysis"
    DIALYSIS_TRANSPORT = "dialysis_transport", "Transport to dialysis"
    TPN = "tpn", "TPN"
    TUBE_FEED = "tube_feed", "Tube feeding"
    IV_ABX = "iv_abx", "IV antibiotics"
    PICC = "picc", "PICC line"
    INSULIN_DRIP = "insulin_drip", "Insulin drip"
    CHEMO = "chemo", "Chemotherapy"
    TELEMETRY = "telemetry", "Telemetry"
    LVAD = "lvad", "LVAD"
    CHEST_TUBE = "chest_tube", "Chest tube"
    WOUND_VAC = "wound_vac", "Wound vac"
    OSTOMY = "ostomy", "Ostomy care"
    BARIATRIC = "bariatric", "Bariatric bed"
    ISOLATION_AIRBORNE = "isolation_airborne", "Airborne isolation room"
    ISOLATION_PRIVATE = "isolation_private", "Private isolation room"
    SPINAL_PRECAUTIONS = "spinal_precautions", "Spinal precautions"
    TBI_SECURE_UNIT = "tbi_secure_unit", "Secure unit for brain injury"
    DEMENTIA_SECURE = "dementia_secure", "Secure unit for dementia"
    ONE_TO_ONE = "one_to_one", "One-to-one observation"
    BEHAVIOURAL = "behavioural", "Behavioral care"


# In what a capability is counted; the others are there or not.
UNITS: Mapping[CapabilityCode, str] = {CapabilityCode.HIGH_FLOW_O2: "L/min", CapabilityCode.BARIATRIC: "kg"}


class Availability(Code):
    """Whether a house can do it."""

    YES = "yes"
    NO = "no"
    BY_ARRANGEMENT = "by_arrangement", "By arrangement"


class Capability(Row, frozen=True, kw_only=True):
    """One thing a facility can or cannot do. `most` is counted in `unit`; both days belong to the time it holds."""

    code: Annotated[CapabilityCode | None, Field("Capability", required=True)] = None
    available: Annotated[Availability | None, Field("Available", required=True)] = None
    most: Annotated[float | None, Field("Up to")] = None
    unit: Annotated[str, Field("Unit", most=20)] = ""
    effective_from: Annotated[datetime.date | None, Field("From")] = None
    effective_to: Annotated[datetime.date | None, Field("Until")] = None

    def holds(self, day: datetime.date) -> bool:
        """Whether it counts on a day."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )
