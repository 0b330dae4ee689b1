"""Where a stay stands, as four stages with a few words each."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.ui.dates import near_day

S = EpisodeState
_AT = {
    S.REFERRED: 0,
    S.PRE_ADMISSION: 1,
    S.NOT_ADMITTED: 1,
    S.ADMITTED: 2,
    S.DISCHARGE_PLANNING: 2,
    S.TRANSFERRED_OUT: 3,
    S.EXPIRED: 3,
    S.LEFT_AMA: 3,
    S.DISCHARGED: 3,
    S.FOLLOW_UP: 3,
    S.CLOSED: 4,
}
_SHARE = {S.DISCHARGE_PLANNING: 0.8, S.ADMITTED: 0.4, S.FOLLOW_UP: 0.7, S.DISCHARGED: 0.3}


def stages_of(episode: Episode, now: datetime.datetime) -> tuple[tuple[tuple[str, str], ...], int, float]:
    """The stages with their words, which is the present one (4: all done), and how far it is, 0 to 1."""
    here = _AT[episode.state]
    since = _since(episode, now)
    planned = _day("planned", episode.admit_planned_at, now)
    admitted = _day("", episode.admitted_at, now)
    gone = _day("", episode.discharged_at, now)
    names = ("Referral", "Pre-admission", "Admitted", "Discharge")
    words = ["", "", admitted or planned, gone]
    if here < len(words):
        other = episode.state.label if episode.state.label != names[here] else ""
        words[here] = ", ".join(filter(None, (other, words[here] or since)))
    return tuple(zip(names, words, strict=True)), here, _SHARE.get(episode.state, 0.6)


def _since(episode: Episode, now: datetime.datetime) -> str:
    if episode.state_since is None:
        return ""
    hours = int((now - episode.state_since).total_seconds() // 3600)
    return f"{hours} h so far" if hours < 72 else f"{hours // 24} d so far"


def _day(word: str, at: datetime.datetime | None, now: datetime.datetime) -> str:
    if at is None:
        return ""
    return " ".join(filter(None, (word, near_day(at.astimezone(now.tzinfo).date(), now.date()))))
