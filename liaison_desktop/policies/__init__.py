"""The versioned policy file of a workspace: thresholds, severities, message texts and word lists. Data, never code.

Rules ask it for their words: `policy.fault("VIS-3", field="late_reason", n=9, d=7)`. Files: `resources/policies`.
Whoever has a store asks `policy_of(store)`: a facility may lay a `policy.toml` of its own beside the store.
"""

from liaison_desktop.policies.clock_rules import ClockRule, ClockRules, Span, read_span
from liaison_desktop.policies.in_force import InForce, in_force, policy_of
from liaison_desktop.policies.own_file import Broken
from liaison_desktop.policies.policy import Policy, Rule, load_policy

__all__ = [
    "Broken",
    "ClockRule",
    "ClockRules",
    "InForce",
    "Policy",
    "Rule",
    "Span",
    "in_force",
    "load_policy",
    "policy_of",
    "read_span",
]
