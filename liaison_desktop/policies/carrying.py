"""What is denied, asked, supposed or past at each word of a sentence: one pass from left to right.

Each scope has its own words that begin it and its own that end it: a comma ends a denial unless a list goes on, "but"
ends all of them, and somebody of whom something is told ends a question.
"""

from __future__ import annotations

from collections.abc import Mapping

from liaison_desktop.policies.clauses import Clause
from liaison_desktop.policies.sentence import Sentence

_LIST = 4  # a clause that only goes on with a list is short
_BEFORE_A_MONTH = ("in", "since", "until", "of", "last", "by", "early", "late", "mid")
_SHE_TOO = ("of", "no", "in", "any", "for", "not", "among", "with", "on")
_TELLS = ("who", "whose", "why")
_ENDING_AT_A_COMMA = ("negation", "history", "indication")
_ASKING = ("supposed", "hypothetical", "topical", "doubtful")
_SCOPES = (*_ENDING_AT_A_COMMA, *_ASKING)
_ITS = frozenset("suspected severe possible probable a her his the bad two three".split())
_WITHOUT = ("without", "o")
# "She cannot stop it, craves it": what somebody cannot do is no list of what there is not.
_UNABLE = frozenset("cannot can't couldn't won't wouldn't cant couldnt wont".split())
_OR = ("or", "nor", "and")
_LATER = frozenset("second third fourth next last stopping stopped".split())
_BEGINNING = (
    "start",
    "treat",
    "thera",
    "enrol",
    "screen",
    "study",
    "trial",
    "first",
    "dos",
    "given",
    "began",
    "begin",
    "was",
)
_LISTING = ("denies", "denied", "denying", "no", "neg", "negative", "for", "of", "history", "hx", "pmh", "pmhx")
_DASHES = ("-", "–", "—")
_HAVING = ("on", "since", "after", "with", "w")
_FINITE = frozenset("has have had is was were got gets does did".split())
_NOTHING: Mapping[str, int] = {}


def carried(sentence: Sentence) -> list[Mapping[str, int]]:
    """For each token the scopes it stands in, with the place of the word that began each."""
    found: list[Mapping[str, int]] = []
    beginnings, held = _beginnings(sentence), _NOTHING
    for clause in sentence.clauses:
        held = _over_the_edge(sentence, clause, held)
        for place in range(clause.start, clause.end):
            if held:
                held = _without(held, _ended(sentence, clause, place, held))
            found.append(held)
            if place in beginnings:
                held = {**held, **beginnings[place]}
    return found


def _without(held: Mapping[str, int], names: tuple[str, ...]) -> Mapping[str, int]:
    return {name: place for name, place in held.items() if name not in names} if names else held


def _beginnings(sentence: Sentence) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    unsupposed, no_history = sentence.covered("not_supposed"), unhistoric(sentence)
    for name in _SCOPES:
        for place, end in sentence.at(name).items():
            if name == "negation" and place in sentence.harmless:
                continue
            if name == "supposed" and place in unsupposed:
                continue
            if name in ("negation", "history") and place in no_history:
                continue
            if (
                name == "history"
                and sentence.word(place) in ("before", "prior")
                and not before_treatment(sentence, place)
            ):
                continue
            if name == "hypothetical" and sentence.word(place) == "should" and sentence.word(place + 1) == "have":
                # "It should have been the half" says what went wrong.
                continue
            if sentence.word(place) == "may" and sentence.word(place - 1) in _BEFORE_A_MONTH:
                continue
            if name == "hypothetical" and sentence.word(end) in ("not", "no", "hardly", "barely", "never"):
                # "Could not sleep" happened.
                continue
            found.setdefault(place, {})[name] = end - 1 if name in _ENDING_AT_A_COMMA else place
    ends = set(sentence.product.values())
    for place in ends:
        # "Velacor for heart failure", unless it was stopped for it.
        clause = sentence.clause_of(place) if place < len(sentence.tokens) else None
        if (
            clause
            and sentence.word(place) == "for"
            and sentence.word(place + 1) not in _ITS
            and not any(one in sentence.at("stopping") for one in range(clause.start, place))
        ):
            found.setdefault(place, {})["indication"] = place
    return found


def unhistoric(sentence: Sentence) -> frozenset[int]:
    """The words of "no cardiac history" where nothing is said of what."""
    return frozenset(
        place
        for start, end in sentence.at("not_history").items()
        if sentence.word(end) not in ("of", "for", "with")
        for place in range(start, end)
    )


def before_treatment(sentence: Sentence, place: int) -> bool:
    """Whether "before" at this place means before our product: the product, or a beginning, or nothing, follows."""
    if sentence.word(place + 2) in _LATER or sentence.word(place + 1) in _LATER:
        return False
    after = range(place + 1, min(place + 5, len(sentence.tokens)))
    end = sentence.clause_of(place).end
    if place + 1 >= end:
        return not any(sentence.clause_of(place).start <= one < end for one in sentence.at("ours"))
    return any(
        one in sentence.product or one in sentence.at("ours") or sentence.word(one).startswith(_BEGINNING)
        for one in after
    )


def _over_the_edge(sentence: Sentence, clause: Clause, held: Mapping[str, int]) -> Mapping[str, int]:
    if clause.turns or not held:
        return _NOTHING
    # "Denies: rash, fever" goes on over its colon; "none prescribed to him: took his wife's" does not.
    if "negation" in held and sentence.word(held["negation"]) in _UNABLE and sentence.word(clause.start) not in _OR:
        held = _without(held, ("negation",))
    begun = max((held[name] for name in _ENDING_AT_A_COMMA if name in held), default=clause.start)
    ends = clause.mark in _DASHES or (clause.mark in (":", "(", ")") and sentence.word(begun) not in _LISTING)
    if ends or not _goes_on(sentence, clause):
        # "Before we met Velacor, he says, nobody could sleep" is past to its end.
        before = held.get("history", 1) == 0 and sentence.word(0) in ("before", "until")
        held = _without(held, ("negation", "indication") if before else _ENDING_AT_A_COMMA)
    if (
        clause.mark != ","
        and not sentence.supposes(clause)
        and any(clause.start <= place < clause.end for place in sentence.persons)
    ):
        held = _without(held, _ASKING)
    return held


def _goes_on(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause only goes on with the list before it: ", fever or cough"."""
    inside = range(clause.start, clause.end)
    if any(place in sentence.persons or place in sentence.at("onset") for place in inside):
        return False
    if sentence.word(clause.start) in _OR:
        return True
    if clause.start in sentence.product:
        return False
    first = range(clause.start, min(clause.start + _LIST, clause.end))
    if any(sentence.word(place) in _FINITE for place in first):
        return False
    return any(place in sentence.at(name) for name in ("reaction", "serious", "situation") for place in first)


def _ended(sentence: Sentence, clause: Clause, place: int, held: Mapping[str, int]) -> tuple[str, ...]:
    """Which scopes end at a word."""
    begun = held.get("negation")
    if begun is not None and place > begun + 1 and place not in sentence.harmless:
        # "Never had a patient with a rash" denies; "not keen since her patient had a rash" does not.
        somebody = sentence.persons.get(place, False) and sentence.word(place - 1) not in _SHE_TOO
        if somebody or place in sentence.at("reasons"):
            return ("negation",)
    if "history" in held and place in sentence.product and sentence.word(place - 1) in _HAVING:
        return ("history",)
    if "history" in held and sentence.word(place) == "and" and sentence.word(place + 1) in _FINITE:
        return ("history",)
    if begun is not None and sentence.word(begun) in _WITHOUT and place > begun + 1:
        # "Without any prescription has been taking it": what was lacking ends at the verb.
        if place in sentence.at("onset") or place in sentence.at("takings"):
            return ("negation",)
    if place in sentence.at("telling"):
        return tuple(name for name in ("hypothetical", "topical", "doubtful") if name in held)
    if place > clause.start and sentence.word(place) in _TELLS:
        # "Asked about a man who had a seizure" tells of a man, whatever was asked.
        return tuple(
            name
            for name in ("hypothetical", "topical")
            if name in held and any(held[name] <= one < place for one in sentence.persons)
        )
    return ()
