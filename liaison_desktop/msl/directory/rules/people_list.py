"""From a row of somebody's list to a person: which column is what, and what is wrong with a row."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.directory.queries import Known
from liaison_desktop.msl.directory.record import Credential, Person, PersonType, plain
from liaison_desktop.msl.directory.rules.person import duplicates, person_faults
from liaison_desktop.policies import Policy

FULL_NAME, PLACE, CITY, REGION = "full_name", "place", "city", "region"

# What a column may hold: key, label, other names people give such a column.
TARGETS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (FULL_NAME, "Full name", ("name", "physician", "doctor", "hcp", "hcp name", "provider", "provider name", "contact")),
    ("prefix", "Title", ("salutation", "prefix", "honorific", "anrede")),
    ("first_name", "First name", ("first", "given name", "forename", "firstname", "fname", "vorname", "prénom", "nombre")),
    ("middle_name", "Middle name", ("middle", "middle initial", "mi")),
    ("last_name", "Last name", ("last", "surname", "family name", "lastname", "lname", "nachname", "nom", "apellido")),
    ("suffix", "Suffix", ("jr sr",)),
    ("credential", "Credentials", ("credential", "degree", "degrees", "designation")),
    ("person_type", "Profession", ("type", "role", "person type", "hcp type", "provider type")),
    ("specialty", "Specialty", ("speciality", "primary specialty", "discipline", "fachgebiet", "taxonomy")),
    ("subspecialty", "Subspecialty", ("sub specialty", "secondary specialty")),
    ("npi", "NPI", ("npi number", "npi id", "national provider identifier")),
    ("state_license_no", "State licence", ("license", "license number", "licence number", "state license")),
    ("email", "E-mail", ("email", "mail", "email address", "e mail")),
    ("phone", "Phone", ("telephone", "tel", "phone number", "office phone", "mobile")),
    ("language", "Language", ("languages", "spoken language")),
    ("orcid", "ORCID", ("orcid id",)),
    (PLACE, "Institution", ("hospital", "organisation", "organization", "facility", "affiliation", "practice", "site", "center", "account")),
    (CITY, "City", ("town", "location", "ort", "ville")),
    (REGION, "State or region", ("state", "province", "region", "county")),
    ("country", "Country", ("country code", "nation", "land")),
    ("scientific_summary", "Scientific summary", ("summary", "notes", "interests", "research interests")),
)  # fmt: skip

LABELS: Mapping[str, str] = {key: label for key, label, _ in TARGETS}
_LETTERS = {one.value: one for one in Credential if one is not Credential.OTHER}
_BY_LETTER = {
    Credential.MD: PersonType.PHYSICIAN,
    Credential.DO: PersonType.PHYSICIAN,
    Credential.PHARMD: PersonType.PHARMACIST,
    Credential.NP: PersonType.NURSE_PRACTITIONER,
    Credential.PA: PersonType.PHYSICIAN_ASSISTANT,
    Credential.RN: PersonType.NURSE,
    Credential.PHD: PersonType.RESEARCHER,
}
_PREFIX = re.compile(r"^(dr|prof|professor|mr|mrs|ms|mx)\b\.?\s*", re.IGNORECASE)


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One row as a person to be, with what is wrong and whom it may be already."""

    number: int
    person: Person
    place: str = ""
    city: str = ""
    region: str = ""
    faults: tuple[Fault, ...] = ()
    alike: tuple[Known, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it may be imported."""
        return not any(fault.severity is Severity.REFUSE for fault in self.faults)


def guess(headers: Sequence[str]) -> dict[str, int]:
    """Which column most likely holds what: target to column. Every column is used once at most."""
    from rapidfuzz import fuzz

    scores: list[tuple[float, int, str]] = []
    for column, header in enumerate(headers):
        said = plain(re.sub(r"[_\-./]+", " ", header))
        for key, label, others in TARGETS:
            best = max(fuzz.ratio(said, plain(name)) for name in (key.replace("_", " "), label, *others))
            if best >= 88:
                scores.append((best, column, key))
    found: dict[str, int] = {}
    for _score, column, key in sorted(scores, key=lambda one: (-one[0], one[1])):
        if key not in found and column not in found.values():
            found[key] = column
    if "first_name" in found and "last_name" in found:
        found.pop(FULL_NAME, None)
    return found


def missing_columns(matching: Mapping[str, int]) -> tuple[str, ...]:
    """What a list cannot do without and no column holds, in words."""
    named = FULL_NAME in matching or ("first_name" in matching and "last_name" in matching)
    return tuple(words for words, there in (("a name", named), ("a specialty", "specialty" in matching)) if not there)


def candidate(
    number: int, cells: Sequence[str], matching: Mapping[str, int], policy: Policy, *, fault: str = ""
) -> Candidate:
    """One row as a person, with its faults; the duplicates are looked for by `with_duplicates`."""
    texts = {key: cells[column].strip() for key, column in matching.items() if column < len(cells)}
    faults = [Fault(field="", message=fault)] if fault else []
    values: dict[str, object] = split_name(texts[FULL_NAME]) if texts.get(FULL_NAME) else {}
    for key, text in texts.items():
        if not text or key in (FULL_NAME, PLACE, CITY, REGION):
            continue
        if key == "credential":
            values[key] = _credentials(text)
        elif key == "person_type":
            values[key] = _type(text, faults)
        elif key == "country":
            values[key] = _country(text, faults)
        elif key == "npi":
            values[key] = re.sub(r"[\s-]", "", text)
        else:
            values[key] = text
    person = msgspec.structs.replace(Person(), **values)
    if person.person_type is None and not any(one.field == "person_type" for one in faults):
        person = msgspec.structs.replace(person, person_type=_profession(person))
    place = texts.get(PLACE, "")
    if len(place) > 200:
        faults.append(Fault(field=PLACE, message="Institution holds more than 200 characters."))
    return Candidate(
        number=number,
        person=person,
        place=place,
        city=texts.get(CITY, "")[:120],
        region=texts.get(REGION, "")[:80],
        faults=(*faults, *person_faults(person, policy)),
    )


def with_duplicates(candidates: Iterable[Candidate], known: Iterable[Known], policy: Policy) -> tuple[Candidate, ...]:
    """The candidates with whom they may be: people already there, and people further up in the same list."""
    by_initials: dict[str, list[Known]] = {}
    by_npi: dict[str, Known] = {}

    def remember(new: Known) -> None:
        for pair in _initials(new.name):
            by_initials.setdefault(pair, []).append(new)
        if new.npi:
            by_npi.setdefault(new.npi, new)

    for old in known:
        remember(old)
    checked = []
    for one in candidates:
        name = f"{one.person.first_name} {one.person.last_name}"
        near = [old for pair in _initials(name) for old in by_initials.get(pair, ())]
        if one.person.npi in by_npi:
            near.append(by_npi[one.person.npi])
        alike = duplicates(one.person, one.place, dict.fromkeys(near), policy)
        checked.append(msgspec.structs.replace(one, alike=alike))
        if one.sound:
            remember(Known(one.person.id, name, one.place, one.person.npi))
    return tuple(checked)


def _initials(name: str) -> set[str]:
    """The pairs of first letters by which alike names find each other, so that not everyone is compared with everyone."""
    letters = sorted(word[:1] for word in plain(name).split())
    return {a + b for a, b in itertools.combinations(letters, 2)} or set(letters)


def split_name(text: str) -> dict[str, object]:
    """The parts of a full name: `Dr. Hannah A. Okonkwo, MD` or `Okonkwo, Hannah`."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    letters: list[Credential] = []
    while len(parts) > 1 and (found := _credentials(parts[-1])):
        letters[:0] = found
        parts.pop()
    name = f"{parts[1]} {parts[0]}" if len(parts) > 1 else (parts[0] if parts else "")
    values: dict[str, object] = {"credential": tuple(letters)} if letters else {}
    if title := _PREFIX.match(name):
        word = title.group(1).capitalize()
        values["prefix"] = word if word == "Professor" else f"{word}."
        name = name[title.end() :]
    words = name.split()
    if len(words) > 1:
        last = len(parts[0].split()) if len(parts) > 1 else _last_words(words)
        values["first_name"], values["last_name"] = words[0], " ".join(words[-last:])
        values["middle_name"] = " ".join(words[1:-last])
    elif words:
        values["last_name"] = words[0]
    return values


def _last_words(words: Sequence[str]) -> int:
    """How many words the last name has: particles such as `de` or `van der` belong to it."""
    particles = {
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ter",
    }
    count = 1
    while count < len(words) - 1 and words[-count - 1].casefold() in particles:
        count += 1
    return count


def _credentials(text: str) -> tuple[Credential, ...]:
    words = [
        re.sub(r"[^a-z]", "", word)
        for word in plain(text).replace("/", " ").replace(";", " ").replace(",", " ").split()
    ]
    if not all(word in _LETTERS for word in words if word):
        return ()  # Some other words: a first name, or letters nobody told us about.
    return tuple(dict.fromkeys(_LETTERS[word] for word in words if word))


def _type(text: str, faults: list[Fault]) -> PersonType | None:
    said = plain(text)
    for one in PersonType:
        if said in (one.value, plain(one.label), one.value.replace("_", " ")):
            return one
    if said in ("doctor", "md", "dr"):
        return PersonType.PHYSICIAN
    faults.append(
        Fault(field="person_type", message="This profession is not one we know. Write Physician, Nurse or such.")
    )
    return None


def _country(text: str, faults: list[Fault]) -> str:
    known = {
        "usa": "US",
        "united states": "US",
        "united states of america": "US",
        "uk": "GB",
        "germany": "DE",
        "canada": "CA",
    }
    code = known.get(plain(text), text.upper())
    if not re.fullmatch(r"[A-Z]{2}", code):
        faults.append(Fault(field="country", message="Country has two letters, such as US."))
        return "US"
    return code


def _profession(person: Person) -> PersonType | None:
    """What the letters after the name say; a doctor with a specialty is a physician."""
    for letter in person.credential:
        if letter in _BY_LETTER:
            return _BY_LETTER[letter]
    return PersonType.PHYSICIAN if person.prefix.startswith("Dr") and person.specialty else None
