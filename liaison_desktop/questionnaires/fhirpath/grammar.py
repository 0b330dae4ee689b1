"""From the text of an expression to its tree: the published grammar, read from the left with one look ahead."""

from __future__ import annotations

import re
from decimal import Decimal

from liaison_desktop.questionnaires.fhirpath.kinds import Amount, ExpressionFault, moment
from liaison_desktop.questionnaires.fhirpath.tree import (
    Call,
    Chain,
    Index,
    Literal,
    Member,
    Sign,
    Special,
    Tree,
    TypeTest,
    Variable,
)

LONGEST = 20_000  # characters; the longest published ones have about 600
DEEPEST = 60  # brackets within brackets, and members behind members four times as many

_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<moment>@(?:T\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?|\d{4}(?:-\d\d(?:-\d\d)?)?(?:T(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?)?(?:Z|[+-]\d\d:\d\d)?)?))
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<text>'(?:[^'\\]|\\.)*')
    |(?P<quoted>`(?:[^`\\]|\\.)*`)
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<special>\$(?:this|index|total)\b)
    |(?P<variable>%(?:[A-Za-z_][A-Za-z0-9_-]*|`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'))
    |(?P<sign><=|>=|!=|!~|[-+*/&|<>=~.,()\[\]{}])""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}
# How strongly each operator binds; the greater, the more.
_BINDS = {
    "implies": 1, "or": 2, "xor": 2, "and": 3, "in": 4, "contains": 4, "=": 5, "~": 5, "!=": 5, "!~": 5,
    "<": 6, ">": 6, "<=": 6, ">=": 6, "|": 7, "is": 8, "as": 8, "+": 9, "-": 9, "&": 9,
    "*": 10, "/": 10, "div": 10, "mod": 10,
}  # fmt: skip
CALENDAR = frozenset("year month week day hour minute second millisecond".split())


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        held = match[1]
        return chr(int(held[1:], 16)) if len(held) == 5 else _ESCAPED.get(held, held)

    return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", one, text, flags=re.DOTALL)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise ExpressionFault(f"The expression cannot be read at its character {place + 1}.")
        if match.lastgroup != "blank":
            found.append((match.lastgroup, match.group()))
        place = match.end()
    return [*found, ("end", "")]


def read_expression(text: str) -> Tree:
    """The tree of an expression. Raises ExpressionFault where the grammar is not followed."""
    if len(text) > LONGEST:
        raise ExpressionFault(f"The expression has {len(text):,} characters; the most is {LONGEST:,}.")
    return _Reader(_tokens(text)).whole()


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def whole(self) -> Tree:
        tree = self._expression(0)
        if self._kind != "end":
            raise ExpressionFault(f"The expression goes on where it should end: {self._word[:20]!a}.")
        return tree

    @property
    def _kind(self) -> str:
        return self.tokens[self.at][0]

    @property
    def _word(self) -> str:
        return self.tokens[self.at][1]

    def _take(self, sign: str = "") -> str:
        word = self._word
        if sign and (word != sign or self._kind in ("text", "quoted")):
            found = "its end" if self._kind == "end" else repr(word[:20])
            raise ExpressionFault(f"The expression has {found} where {sign!r} should be.")
        self.at += 1
        return word

    def _is(self, sign: str) -> bool:
        return self._word == sign and self._kind in ("sign", "word")

    def _expression(self, least: int) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionFault("The expression nests too deep.")
        tree, turns = self._signed(), 0
        while self._kind in ("sign", "word") and _BINDS.get(self._word, -1) >= max(least, 1):
            operator = self._take()
            if operator in ("is", "as"):
                tree = TypeTest(operator, tree, self._type_name())
                continue
            right = self._expression(_BINDS[operator] + 1)
            if isinstance(tree, Chain) and tree.operator == operator:
                tree = Chain(operator, (*tree.operands, right))
            else:
                turns += 1
                if turns > DEEPEST:
                    raise ExpressionFault("The expression joins too many operators.")
                tree = Chain(operator, (tree, right))
        self.depth -= 1
        return tree

    def _signed(self) -> Tree:
        if self._kind == "sign" and self._word in ("+", "-"):
            sign = "+"
            while self._kind == "sign" and self._word in ("+", "-"):
                sign = "-" if (self._take() == "-") is (sign == "+") else "+"
            return Sign(sign, self._path())
        return self._path()

    def _path(self) -> Tree:
        tree, count = self._term(), 0
        while self._kind == "sign" and self._word in (".", "["):
            count += 1
            if count > DEEPEST * 2:
                raise ExpressionFault("The expression has too many members one behind another.")
            if self._take() == "[":
                tree = Index(tree, self._expression(0))
                self._take("]")
            else:
                tree = self._invocation(tree)
        return tree

    def _invocation(self, target: Tree | None) -> Tree:
        if self._kind == "special":
            return Special(self._take()[1:])
        if self._kind not in ("word", "quoted"):
            raise ExpressionFault(f"The expression has {self._word[:20]!a} where a name should be.")
        quoted = self._kind == "quoted"
        name = self._take()
        name = _unescaped(name[1:-1]) if quoted else name
        if not (self._kind == "sign" and self._word == "("):
            return Member(target, name)
        self._take("(")
        arguments: list[Tree] = []
        while not self._is(")"):
            arguments.append(self._expression(0))
            if not self._is(")"):
                self._take(",")
                if self._is(")"):
                    raise ExpressionFault("The expression has a comma before a closing bracket.")
        self._take(")")
        return Call(target, name, tuple(arguments))

    def _term(self) -> Tree:
        kind, word = self._kind, self._word
        if kind == "sign" and word == "(":
            self._take()
            tree = self._expression(0)
            self._take(")")
            # In brackets it is one operand: a - (b - c) is no chain of three.
            return Chain("()", (tree,)) if isinstance(tree, Chain) else tree
        if kind == "sign" and word == "{":
            self._take()
            self._take("}")
            return Literal(None, empty=True)
        if kind in ("word", "quoted", "special"):
            if kind == "word" and word in ("true", "false"):
                return Literal(self._take() == "true")
            return self._invocation(None)
        self._take()
        if kind == "variable":
            name = word[1:]
            return Variable(_unescaped(name[1:-1]) if name[0] in "`'" else name)
        if kind == "text":
            return Literal(_unescaped(word[1:-1]))
        if kind == "number":
            return self._number(word)
        if kind == "moment":
            found = moment(word[2:], "Time") if word[1] == "T" else moment(word[1:])
            if found is None:
                raise ExpressionFault("The expression holds a date or time that no calendar has.")
            return Literal(found)
        raise ExpressionFault("The expression breaks off." if kind == "end" else f"It cannot hold {word[:20]!a} there.")

    def _number(self, word: str) -> Tree:
        if self._kind == "text":
            return Literal(Amount(Decimal(word), _unescaped(self._take()[1:-1])))
        if self._kind == "word" and self._word.removesuffix("s") in CALENDAR:
            return Literal(Amount(Decimal(word), self._take()))
        if len(word) > 40:
            raise ExpressionFault("The expression holds a number that is too long to be meant.")
        return Literal(Decimal(word) if "." in word or len(word) > 10 else int(word))

    def _type_name(self) -> str:
        bracket = self._is("(")
        if bracket:
            self._take()
        if self._kind not in ("word", "quoted"):
            raise ExpressionFault("The expression lacks the name of a type.")
        name = self._take().strip("`")
        while self._is("."):
            self._take()
            name = f"{name}.{self._take().strip('`')}"
        if bracket:
            self._take(")")
        return name
