"""What takes a term out of account: denied, asked, supposed, past, told from paper, of another product, a manner of speech."""

from __future__ import annotations

from liaison_desktop.policies.carrying import before_treatment, carried, unhistoric
from liaison_desktop.policies.clauses import Clause
from liaison_desktop.policies.relief import no_longer, relieved, why_taken
from liaison_desktop.policies.sentence import Sentence
from liaison_desktop.policies.whose import EXPOSED, had_after_all, of_bystander, of_others, ours_in, their_level

LITERATURE = "literature"
_AFTER = 7  # how many words after a term may still deny it
_NEAR = 5  # words between "given for" and the illness
_EARLIER = frozenset("before prior pre pretreatment predates predated unchanged long years year".split())
_GOES_ON_ASKING = frozenset("about on for of with whether how what if or and in which when to".split())
_NONE = ("no", "negative", "neg", "zero")
_MAYBE = ("would", "might", "could", "should", "may", "can")
_MONTHLY = ("in", "since", "until", "of", "last", "by", "early", "late", "mid")
_FACT = ("despite", "although", "though")
_SPITE = ("in", "spite")
_INTO = ("in", "into", "at", "on", "of", "with", "from", "to")
_THE = ("the", "this", "that", "these", "those", "her", "his", "their")
_HIS = frozenset("his her my their our hers theirs pt patient".split())
_OWN = frozenset("his her my one two three".split())
_PEOPLE = frozenset("woman man lady gentleman patient pt female male gent girl boy".split())


class Scopes:
    """The scopes of one sentence, each token's set found in one pass."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.held = carried(sentence)
        self._unhistoric = unhistoric(sentence)
        self.ours = ours_in(sentence, self.held)

    @property
    def denies(self) -> bool:
        """Whether something is denied: "no fever, no rash" is said of somebody, though nobody is named."""
        return any("negation" in self.held[place] for place in self.sentence.at("reaction"))

    @property
    def many_tell(self) -> bool:
        """Whether patients, nobody in particular, are said to have or report something: "pts keep getting reflux"."""
        sentence = self.sentence
        return bool(sentence.at("onset")) and any(
            sentence.clause_of(place) is sentence.clause_of(one)
            for place in sentence.at("many")
            for one in sentence.at("onset")
            if one > place
        )

    # -- the verdict -----------------------------------------------------------------------------------------------

    def silence(self, start: int, end: int) -> str:
        """Why a term at these tokens is not marked: the name of its scope; empty if nothing stands against it."""
        sentence, held = self.sentence, self.held[start]
        number = sentence.number_of(start)
        clause = sentence.clauses[number]
        if start in sentence.figures or self._figure(clause, start):
            return "figure of speech"
        if self._names_a_place(end):
            return "name of a group or paper"
        if any(place in sentence.at("practice") for place in sentence.segment_of(number)):
            return "practice"
        if "negation" in held or self._denied_after(number, end) or no_longer(sentence, clause, start, end):
            return "negation"
        if self._in_question(clause, start, end):
            return "hypothetical"
        if start in sentence.at("benefits") and sentence.at("unexpected"):
            return ""
        if "history" in held or self._past_after(number, end) or self._not_yet(number):
            return "history"
        if start - (given := held.get("indication", -9)) < _NEAR and not any(
            given < one <= start for one in sentence.persons
        ):
            return "indication"
        if why_taken(sentence, number, start, end):
            return "indication"
        if (of_others(sentence, self.ours, number) and not their_level(sentence, self.ours, number, start)) or (
            sentence.at("unexposed") and not had_after_all(sentence, self.ours)
        ):
            return "another product"
        if self._of_many(clause, start):
            return "illness"
        if of_bystander(sentence, self.ours, clause):
            return "bystander"
        if relieved(sentence, self.ours, clause, start, end):
            return "relieved"
        if self._from_paper(number):
            return LITERATURE
        return ""

    def _figure(self, clause: Clause, start: int) -> bool:
        """Whether an everyday word of harm is said of paperwork: nobody is in the clause, and nothing was taken."""
        sentence, inside = self.sentence, range(clause.start, clause.end)
        if start not in sentence.at("lay") or any(one in inside for one in sentence.persons):
            return False
        if any(one in inside and (not named or sentence.word(one - 1) in EXPOSED) for one, named in self.ours.items()):
            return False
        around = range(max(clause.start - 6, 0), min(clause.end + 6, len(sentence.tokens)))
        return any(place in around for place in sentence.at("office"))

    def _names_a_place(self, end: int) -> bool:
        sentence, heads = self.sentence, self.sentence.at("heads")
        if end >= len(sentence.tokens) or sentence.marks[end]:
            return False
        if sentence.word(end - 1) in _INTO:
            return False
        # "Seizure clinic", "injection reaction leaflet"; not "fainted outside the clinic".
        names = end in sentence.at("reaction") or end in sentence.at("parts")
        return end in heads or (names and end + 1 in heads and not sentence.marks[end + 1])

    def _denied_after(self, number: int, end: int) -> bool:
        sentence, clause = self.sentence, self.sentence.clauses[number]
        after = sentence.at("negation_after")
        # "The seizure was not on Velacor."
        if any(
            end < place < clause.end and sentence.word(place - 1) in EXPOSED and sentence.word(place - 2) == "not"
            for place in sentence.product
        ):
            return True
        for place in range(end, min(end + _AFTER, clause.end)):
            if place in after and place not in sentence.harmless:
                return True
        # As in "AE heard: none", where a denial stands alone behind its list.
        if number + 1 < len(sentence.clauses):
            follows = sentence.clauses[number + 1]
            length, word = follows.end - follows.start, sentence.word(follows.start)
            return (length <= 4 and word in ("none", "nil")) or (length <= 2 and word in _NONE)
        return False

    def _in_question(self, clause: Clause, start: int, end: int) -> bool:
        sentence, held = self.sentence, self.held[start]
        if "supposed" in held:
            return True
        asking = [name for name in ("hypothetical", "topical") if name in held]
        if sentence.asked and not asking and self._before_the_question(clause):
            return False
        told = bool(asking or sentence.asked) and (self._told_of(clause, start) or self._likewise(clause))
        if sentence.asked and not told:
            return True
        if not told and any(not self._told_since(clause, held[name]) for name in asking):
            return True
        nobody = not self._concrete(clause)
        if "doubtful" in held and nobody and not any(place in range(clause.start, clause.end) for place in self.ours):
            return True
        return nobody and any(
            sentence.word(place) in _MAYBE and sentence.word(place - 1) not in _MONTHLY
            for place in range(end, min(end + 3, clause.end))
        )

    def _before_the_question(self, clause: Clause) -> bool:
        """Whether the clause tells of somebody, and only a later one asks: "his patient's counts fell, is that known?"."""
        sentence, inside = self.sentence, range(clause.start, clause.end)
        asking = sentence.at("interrogatives")
        return not any(one.start in asking for one in sentence.clauses if one.start <= clause.start) and any(
            definite and place in inside for place, definite in sentence.persons.items()
        )

    def _likewise(self, clause: Clause) -> bool:
        """Whether a later clause says that somebody has what was asked about: "because three of his have it"."""
        sentence = self.sentence
        return any(
            place >= clause.end
            and not any(sentence.clause_of(place).start <= one < place for one in sentence.at("negation"))
            and any(clause.end <= one <= place for one in sentence.persons)
            for place in sentence.at("likewise")
        )

    def _told_since(self, clause: Clause, cue: int) -> bool:
        """Whether the question lies in a clause before, and this one tells of somebody, or begins with what happened."""
        sentence = self.sentence
        if cue >= clause.start or sentence.asked:
            return False
        if (
            sentence.word(clause.start) in _FACT
            or (sentence.word(clause.start), sentence.word(clause.start + 1)) == _SPITE
        ):
            return True
        inside = range(clause.start, clause.end)
        onset = [place for place in sentence.at("onset") if place in inside]
        if any(place in inside for place in sentence.persons):
            if sentence.supposes(clause):
                return False
            return bool(onset) or any(place in inside for place in self.ours)
        if onset and onset[0] - clause.start < 3:
            return True
        if sentence.word(clause.start) in _GOES_ON_ASKING:
            return False
        # "Her patient would like to stop, nausea daily"; "would like advice, rash on it since Monday".
        wished = sentence.clause_of(cue)
        return any(definite and wished.start <= place < cue for place, definite in sentence.persons.items()) or any(
            place in inside and sentence.word(place - 1) in EXPOSED for place in self.ours
        )

    def _told_of(self, clause: Clause, start: int) -> bool:
        """Whether the clause tells of somebody definite that something happened: "her patient who had a seizure".

        "The rash in her patient" is there, whatever is asked about it; so is what somebody wants to know the reason of.
        """
        sentence, inside = self.sentence, range(clause.start, clause.end)
        persons = [place for place in sentence.persons if place in inside]
        someone = [place for place in persons if sentence.persons[place]]
        if persons and any(sentence.word(place) == "why" for place in range(clause.start, persons[0])):
            return True
        if persons and sentence.word(start - 1) in _THE:
            return True
        if not someone:
            return False
        if someone[0] < start and sentence.word(someone[0]) in _OWN and sentence.word(start - 1) != "for":
            # "Ask about his lady with neuritis on it": she is there, and so is her neuritis.
            if any(start < place < clause.end and sentence.word(place - 1) in EXPOSED for place in self.ours):
                return True
        return any(someone[0] < place < clause.end for place in sentence.at("onset")) or any(
            sentence.word(place) in ("who", "whose") for place in range(someone[0], start)
        )

    def _concrete(self, clause: Clause) -> bool:
        """Whether somebody is in the clause, or was before it in the sentence; or the doctor tells what he saw."""
        sentence = self.sentence
        return any(place < clause.end for place in sentence.persons) or any(
            clause.start <= place < clause.end for place in sentence.at("seen")
        )

    def _past_after(self, number: int, end: int) -> bool:
        """Whether a word behind the term puts it before the treatment: "a stroke in 2015, long before treatment"."""
        sentence, clause = self.sentence, self.sentence.clauses[number]
        past = sentence.at("history_after")
        places = [place for place in past if self._earlier(place) and place not in self._unhistoric] if past else []
        if number + 1 < len(sentence.clauses):
            follows = sentence.clauses[number + 1]
            if not follows.turns and any(place in places for place in (follows.start, follows.start + 1)):
                return True
        # "A rash two years ago on our drug" is no history.
        had = any(clause.start <= one < clause.end and sentence.word(one - 1) in EXPOSED for one in self.ours)
        return any(end <= place < clause.end and not (had and sentence.word(place) not in _EARLIER) for place in places)

    def _earlier(self, place: int) -> bool:
        sentence = self.sentence
        if sentence.word(place - 1) in _PEOPLE or sentence.word(place - 1) == "than":
            return False
        return sentence.word(place) not in ("before", "prior") or before_treatment(sentence, place)

    def _of_many(self, clause: Clause, start: int) -> bool:
        """Whether it is what patients in general have: "patients with stiff fingers"; nobody among them is counted."""
        sentence = self.sentence
        for place in (start - 1, start - 2):
            if sentence.word(place) in ("with", "w") and place - 1 in sentence.at("many"):
                inside = range(clause.start, clause.end)
                return not any(one in inside for one in (*sentence.persons, *sentence.at("onset")))
        return False

    def _not_yet(self, number: int) -> bool:
        """Whether treatment is only to begin, and nothing of ours was had before."""
        places = self.sentence.at("not_yet")
        if places and not self.ours:
            return True
        within = [place for place in places if place in self.sentence.segment_of(number)]
        return bool(within) and not any(place < within[0] for place in self.ours)

    def _from_paper(self, number: int) -> bool:
        """Whether the sentence quotes: in this clause or before it, or after it with nobody taking anything meanwhile."""
        sentence, clause = self.sentence, self.sentence.clauses[number]
        segment = sentence.segment_of(number)
        quoted = [place for place in sentence.paper if place in segment]
        if not quoted or self._likewise(clause):
            return False
        if self._concrete(clause):
            # "Two patients in the poster"; not "two of his patients, as in the poster".
            printed = any(place in sentence.at("printed") and place < clause.end for place in quoted)
            return (
                printed
                and not any(place < clause.end for place in sentence.at("seen"))
                and not any(
                    sentence.word(one) in _HIS or any(sentence.word(one + far) in _HIS for far in (2, 3))
                    for one in sentence.persons
                    if one < clause.end
                )
            )
        if quoted[0] < clause.end:
            return True
        return not any(clause.start <= place < quoted[0] and sentence.word(place - 1) in EXPOSED for place in self.ours)
