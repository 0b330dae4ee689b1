"""The versioned policy file of a workspace: thresholds, severities, message texts and word lists. Data, never code.

Rules ask it for their words: `policy.fault("VIS-3", field="late_reason", n=9, d=7)`. Files: `resources/policies`.
"""

from liaison_desktop.policies.policy import Policy, Rule, load_policy

__all__ = ["Policy", "Rule", "load_policy"]
