"""Reading a policy file, and turning one of its rules into a fault with its words filled in."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import msgspec

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.paths import resource
from liaison_desktop.policies.clock_rules import ClockRule, ClockRules, load_clocks
from liaison_desktop.policies.lexicon import Lexicon, load_words
from liaison_desktop.policies.range_rules import RangeRule, load_ranges
from liaison_desktop.policies.role_rules import RoleRules, load_roles


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule: how hard it stands in the way, its sentence with {names} to fill in, and where it comes from."""

    severity: Severity
    message: str
    citation: str


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: str
    rules: dict[str, Rule]
    numbers: dict[str, float] = {}
    words: dict[str, tuple[str, ...]] = {}


class Policy:
    """The policy in force. `version` is stamped on what was checked against it.

    `name` is that of the workspace, whose word lists of the radar and whose clocks it knows too.
    """

    def __init__(
        self,
        content: _File,
        *,
        name: str = "",
        lexicon: Lexicon | None = None,
        clocks: ClockRules | None = None,
        ranges: Mapping[str, RangeRule] | None = None,
        roles: RoleRules | None = None,
    ) -> None:
        self._content, self.name, self._lexicon, self._clocks = content, name, lexicon, clocks
        self._ranges, self._roles = ranges, roles
        self.version, self.rules = content.version, content.rules
        self.numbers, self.word_lists = content.numbers, content.words

    @classmethod
    def load(cls, name: str) -> Self:
        """The shipped policy of a workspace, such as `msl`. Raises msgspec.ValidationError if the file is not sound."""
        return cls.read(resource("policies", f"{name}.toml"), name=name)

    @classmethod
    def read(cls, path: Path, *, name: str = "") -> Self:
        """The policy in a file."""
        import tomllib

        return cls(msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), type=_File), name=name)

    @property
    def lexicon(self) -> Lexicon:
        """The word lists of the safety radar and the identity guard; none where the workspace has none."""
        if self._lexicon is None:
            self._lexicon = load_words(self.name)
        return self._lexicon

    @property
    def clock_rules(self) -> ClockRules:
        """The clocks as their file has them; none where the workspace has none."""
        if self._clocks is None:
            self._clocks = load_clocks(self.name)
        return self._clocks

    def clocks(self) -> Mapping[str, ClockRule]:
        """The clocks that run, by their id, with the numbers of this policy filled in."""
        rules = self.clock_rules.rules.items()
        return {name: rule.filled(self.numbers) for name, rule in rules if not rule.off}

    def ranges(self) -> Mapping[str, RangeRule]:
        """What each measure may be, by its name (V16); none where the workspace has none."""
        if self._ranges is None:
            self._ranges = load_ranges(self.name)
        return self._ranges

    def roles(self) -> RoleRules:
        """Who may do what, by role; no role and no verb where the workspace has none."""
        if self._roles is None:
            self._roles = load_roles(self.name)
        return self._roles

    def changed(
        self,
        *,
        version: str,
        rules: Mapping[str, Rule],
        numbers: Mapping[str, float],
        words: Mapping[str, tuple[str, ...]],
        lexicon: Lexicon | None = None,
        clocks: ClockRules | None = None,
        ranges: Mapping[str, RangeRule] | None = None,
        roles: RoleRules | None = None,
    ) -> Self:
        """This policy with some of its rules, numbers and word lists replaced, under another version."""
        content = msgspec.structs.replace(
            self._content,
            version=version,
            rules={**self.rules, **rules},
            numbers={**self.numbers, **numbers},
            words={**self.word_lists, **words},
        )
        return type(self)(
            content,
            name=self.name,
            lexicon=lexicon or self._lexicon,
            clocks=clocks or self._clocks,
            ranges=ranges or self._ranges,
            roles=roles or self._roles,
        )

    def number(self, name: str) -> float:
        """A threshold. Raises KeyError if the file has none of that name, which is a bug in the file."""
        return self.numbers[name]

    def words(self, name: str) -> tuple[str, ...]:
        """A word list; empty if the file has none of that name."""
        return self.word_lists.get(name, ())

    def fault(self, rule: str, *, field: str = "", **names: object) -> Fault:
        """The fault a rule raises, beside a field, with the {names} of its sentence filled in."""
        found, said = self.rules[rule], {"field": field, **names}
        return Fault(
            field=field,
            message=found.message.format(**said),
            rule=rule,
            severity=found.severity,
            names=tuple((name, str(value)) for name, value in said.items()),
        )

    def worded(self, fault: Fault) -> Fault:
        """The same fault in the words of this policy, as for the guards of a record, which know no store."""
        found = self.rules.get(fault.rule)
        if found is None or not fault.names:
            return fault
        return msgspec.structs.replace(fault, message=found.message.format(**dict(fault.names)))


@functools.cache
def load_policy(name: str) -> Policy:
    """The shipped policy of a workspace, read once. With a store at hand ask `policy_of(store)` instead."""
    return Policy.load(name)
