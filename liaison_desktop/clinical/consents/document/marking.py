"""What is drawn over a copy of a consent: whose it is, and that it does not hold or is not complete."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from liaison_desktop.clinical.consents.record import Consent, ConsentState, ConsentWithdrawal
from liaison_desktop.clinical.consents.rules import roles_left, standing
from liaison_desktop.clinical.patients.record import day_text
from liaison_desktop.documents.copies import Mark
from liaison_desktop.documents.moments import moment_text

S = ConsentState
_WORDS = {
    S.REVOKED: ("WITHDRAWN", "Withdrawn by the patient {when}. This consent no longer holds."),
    S.SUPERSEDED: ("REPLACED", "Replaced by a newer consent {when}. This one no longer holds."),
    S.WITHDRAWN_BY_PRACTITIONER: ("CALLED OFF", "Called off by the practitioner {when}. This consent no longer holds."),
    S.ENTERED_IN_ERROR: ("ENTERED IN ERROR", "Entered in error, recorded {when}. This consent does not hold."),
    S.EXPIRED: ("EXPIRED", "Counted until {when}. This consent no longer holds."),
}
_UNSIGNED = (S.SIGNED, S.WITNESSED)


def mark_for(consent: Consent, endings: Iterable[ConsentWithdrawal], today: datetime.date) -> Mark | None:
    """The mark over a consent that ended, ran out or still waits for a signature; None for one that holds."""
    ended = tuple(endings)
    state = standing(consent, ended, today)
    if state in _UNSIGNED:
        left = ", ".join(role.label.lower() for role in roles_left(consent))
        return Mark(word="NOT COMPLETE", sentence=f"Not complete. Not signed yet: {left}.")
    if state not in _WORDS:
        return None
    word, sentence = _WORDS[state]
    if state is S.EXPIRED and consent.valid_until is not None:
        when = day_text(consent.valid_until)
    else:
        last = max(ended, key=lambda ending: str(ending.id), default=None)
        when = moment_text(last.withdrawn_at, last.zone) if last is not None else ""
    return Mark(word=word, sentence=sentence.format(when=when).replace(" .", "."))


def label_for(whose: str, now: datetime.datetime) -> str:
    """The line above a copy: whose it is and when it was made."""
    return f"{whose} · {moment_text(now, now.tzname() or '')}"
