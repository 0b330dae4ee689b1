"""Fields that stand on no form, each with the reason. `Kind.*` sets a whole kind or row aside."""

from __future__ import annotations

SET_ASIDE: dict[str, str] = {}
