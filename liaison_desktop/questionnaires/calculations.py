"""Named calculations of the short notation, each written out as the FHIRPath expression it stands for.

`bmi` of weight and height; `contains`: whether a multiple choice holds a code; `count` of answers, or of those codes;
`answered`: how many fields of groups; `rows`, `rows-not` and `open-rows`: over the rows of a repeating group; `days-since`
of a day, up to another day; `hours-between`, `minutes-between` and `later` of moments; `sum` of whole numbers; `left`:
what remains of an amount; `more`: whether one amount is above another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _items(link_id: str) -> str:
    return f"%resource.descendants().where(linkId = {_quoted(link_id)})" if link_id else "%resource"


def _values(*of: str) -> str:
    first, *more = (f"{_items(one)}.answer.value" for one in of)
    return first + "".join(f".combine({one})" for one in more)


def _codes(*of: str) -> str:
    return f"{_values(*of)}.select(iif($this is Coding, code, $this))"


def _among(codes: tuple[str, ...]) -> str:
    return f"($this in ({' | '.join(map(_quoted, codes))}))"


def _amount(link_id: str, unit: str) -> str:
    return f"{_values(link_id)}.first().toQuantity('{unit}').value"


def _bmi(of: tuple[str, ...], codes: tuple[str, ...], holder: str) -> str:
    return f"({_amount(of[0], 'kg')} / ({_amount(of[1], 'cm')}.where($this > 0) / 100).power(2)).round(1)"


def _count(of: tuple[str, ...], codes: tuple[str, ...], holder: str) -> str:
    return f"{_codes(*of)}.where({_among(codes)}).count()" if codes else f"{_values(*of)}.count()"


def _answered(of: tuple[str, ...], codes: tuple[str, ...], holder: str) -> str:
    return " + ".join(f"{_items(one)}.item.where(answer.exists()).count()" for one in of)


def _rows(of: tuple[str, ...], codes: tuple[str, ...], holder: str) -> str:
    return " + ".join(f"{_items(one)}.where(answer.exists()).count()" for one in of)


def _open_rows(of: tuple[str, ...], codes: tuple[str, ...], holder: str) -> str:
    """Occurrences whose first field says something else than the code, and whose second field is blank."""
    first, second = (f"item.where(linkId = {_quoted(one)}).answer" for one in of[:2])
    said = f"{first}.value.first().select(iif($this is Coding, code, $this))"
    other = f"{said}.where({_among(codes)}.not())" if codes else said
    return f"{_items(holder)}.where({other}.exists() and {second}.empty()).count()"


def _left(of: tuple[str, ...], codes: tuple[str, ...], holder: str) -> str:
    return f"({_values(of[0])}.first() - {_values(of[1])}.first()).select(iif($this < 0, 0, $this))"


def _later(of: tuple[str, ...], codes: tuple[str, ...], holder: str) -> str:
    return f"{_values(of[0])}.max() > ({_values(*of[1:])}).max()"


def _between(unit: str, tail: str) -> Callable[[tuple[str, ...], tuple[str, ...], str], str]:
    return lambda of, codes, holder: f"({_values(of[0])}.max().duration({_values(of[1])}.max(), '{unit}'){tail})"


def _days(of: tuple[str, ...], codes: tuple[str, ...], holder: str) -> str:
    return f"{_values(of[0])}.first().toDate().duration({_values(of[1])}.first().toDate(), 'days')"


# name -> how it is written, and the fewest questions it reads.
NAMED: Mapping[str, tuple[Callable[[tuple[str, ...], tuple[str, ...], str], str], int]] = {
    "bmi": (_bmi, 2),
    "answered": (_answered, 1),
    "contains": (lambda of, codes, holder: f"{_codes(*of)}.where({_among(codes)}).exists()" if codes else "false", 1),
    "count": (_count, 1),
    "hours-between": (lambda of, codes, holder: f"({_between('seconds', '')(of, codes, holder)} / 3600).round(1)", 2),
    "later": (_later, 2),
    "left": (_left, 2),
    "minutes-between": (_between("minutes", ""), 2),
    "more": (lambda of, codes, holder: f"{_values(of[0])}.first() > {_values(of[1])}.first()", 2),
    "open-rows": (_open_rows, 2),
    "rows": (_rows, 1),
    "rows-not": (lambda of, codes, holder: f"{_codes(*of)}.where({_among(codes)}.not()).count()", 1),
    "days-since": (_days, 2),
    "sum": (lambda of, codes, holder: f"({_values(*of)}).sum()", 1),
}


def expression_of(name: str, of: tuple[str, ...], codes: tuple[str, ...], holder: str) -> str:
    """The expression; blank for a name that is not known or too few questions. `holder` is the group of the first."""
    written, fewest = NAMED.get(name, (None, 0))
    return written(of, codes, holder) if written is not None and len(of) >= fewest else ""
