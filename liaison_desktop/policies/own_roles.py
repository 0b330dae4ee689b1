"""A facility's own roles: which role may do what, and what it takes besides. Which roles and verbs there are is not for
a file to say, and a licence that a verb asks for can be narrowed and never widened.

[roles]
reviewer_rn = { add = ["decide_referral"] }
liaison = { remove = ["export"] }
[verbs.decide_referral]
credentials = ["rn", "aprn"]
"""

from __future__ import annotations

from typing import Any

import msgspec

from liaison_desktop.policies.own_radar import Wrong, merged, phrases, short
from liaison_desktop.policies.role_rules import RoleRules, Verb

_KNOWN = ("words", "credentials", "by_approval")
_LONGEST = 120  # characters of what a verb is called


def own_roles(verbs: Any, roles: Any, built_in: RoleRules) -> RoleRules:
    """The built-in roles with the changes of a file over them. Raises Wrong."""
    for name, held in (("verbs", verbs), ("roles", roles)):
        if not isinstance(held, dict):
            raise Wrong((name,), f"“{name}” is a table, written [{name}].")
    asked = {**built_in.verbs, **{name: _verb(name, held, built_in) for name, held in verbs.items()}}
    have = {**built_in.roles, **{name: _role(name, held, built_in) for name, held in roles.items()}}
    for verb in built_in.kept:
        if not any(verb in held for held in have.values()):
            raise Wrong(("roles",), f"No role has {verb}. One has to, or nobody could change it again.")
    return msgspec.structs.replace(built_in, verbs=asked, roles=have)


def _role(name: str, held: Any, built_in: RoleRules) -> tuple[str, ...]:
    path, before = ("roles", name), built_in.roles.get(name)
    if before is None:
        raise Wrong(path, f"There is no role “{short(name)}”; there are {', '.join(built_in.roles) or 'none'}.")
    found = merged(path, held, before) if isinstance(held, dict) else phrases(path, held)
    for verb in found:
        if verb not in built_in.verbs:
            raise Wrong(path, f"There is no verb “{short(verb)}”; there are {', '.join(built_in.verbs)}.")
    return found


def _verb(name: str, held: Any, built_in: RoleRules) -> Verb:
    path, before = ("verbs", name), built_in.verbs.get(name)
    if before is None:
        raise Wrong(path, f"There is no verb “{short(name)}”; there are {', '.join(built_in.verbs) or 'none'}.")
    if not isinstance(held, dict):
        raise Wrong(path, f"A verb is a table, written [verbs.{name}].")
    changed: dict[str, Any] = {}
    for part, value in held.items():
        at = (*path, part)
        if part not in _KNOWN:
            raise Wrong(at, f"“{short(part)}” cannot be changed; what can is {', '.join(_KNOWN)}.")
        if part == "credentials":
            changed[part] = _credentials(at, value, before, built_in)
        elif part == "by_approval":
            if not isinstance(value, bool):
                raise Wrong(at, f"The by_approval of {name} is true or false.")
            changed[part] = value
        elif not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
            raise Wrong(at, f"The words of {name} are a text of at most {_LONGEST} characters.")
        else:
            changed[part] = value.strip()
    return msgspec.structs.replace(before, **changed)


def _credentials(path: tuple[str, ...], held: Any, before: Verb, built_in: RoleRules) -> tuple[str, ...]:
    found = phrases(path, held)
    for one in found:
        if one not in built_in.credentials:
            raise Wrong(path, f"There is no credential “{short(one)}”; there are {', '.join(built_in.credentials)}.")
        if before.credentials and one not in before.credentials:
            # Who may review, reconcile or concur is scope of practice: a facility asks for more, not for less.
            raise Wrong(path, f"“{one}” cannot be added; what can be left out is of {', '.join(before.credentials)}.")
    return found
