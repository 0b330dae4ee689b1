"""The papers that are sealed: each through the page's own way, kept once, tagged, and checked by the command line."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.__main__ import main
from liaison_desktop.clinical.consents.actions import new_day_check
from liaison_desktop.clinical.consents.form.papers import day_paper
from liaison_desktop.clinical.consents.record import Answer
from liaison_desktop.clinical.research.actions import give_copy, leave_study
from liaison_desktop.clinical.research.form.papers import leaving_paper, research_consent_paper
from liaison_desktop.documents.sealing.seal import FIELD
from liaison_desktop.msl import practice
from liaison_desktop.msl.inquiries.form.papers import inquiry_paper, standing_paper
from liaison_desktop.msl.inquiries.record import MedicalInquiry, StandingRequest
from liaison_desktop.sealed.actions import sealer_of
from liaison_desktop.sealed.form import Paper, fetch_paper
from liaison_desktop.sealed.queries import sealed_of
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents.test_actions import active as active_consent
from tests.clinical.consents.test_day_of import filled_check, signed
from tests.clinical.research.test_actions import active, ready
from tests.documents.test_tagging import attached
from tests.fakes import Clock

pytestmark = pytest.mark.timeout(180)  # the library of the seal is loaded once, which a busy machine takes its time for


def research_consent(store: Store, clock: Clock) -> Paper:
    return research_consent_paper(active(store))


def leaving(store: Store, clock: Clock) -> Paper:
    done = active(store)
    gone = leave_study(
        store, done, said_by=done.shown_name, look_on=Answer.NO, destroy_samples=Answer.YES, reason="Too far"
    )
    return leaving_paper(gone, done)


def day(store: Store, clock: Clock) -> Paper:
    consent = active_consent(store, clock)
    return day_paper(signed(store, filled_check(new_day_check(store, consent), consent)), consent)


def inquiry(store: Store, clock: Clock) -> Paper:
    practice.fill(store)
    return inquiry_paper(next(one for one in store.all(MedicalInquiry) if one.signature is not None))


def standing(store: Store, clock: Clock) -> Paper:
    practice.fill(store)
    return standing_paper(next(one for one in store.all(StandingRequest) if one.is_signed))


def fetched(desk: Desk, qtbot: QtBot, paper: Paper) -> bytes:
    landed: list[object] = []
    fetch_paper(desk, paper, owner=desk.jobs, then=landed.append, otherwise=landed.append)
    qtbot.waitUntil(lambda: bool(landed), timeout=90_000)
    assert isinstance(landed[0], bytes), landed[0]
    return landed[0]


@pytest.mark.parametrize(
    ("recorded", "workspace", "variant"),
    [
        (research_consent, "clinical", "research consent, letter"),
        (leaving, "clinical", "withdrawal from a study, letter"),
        (day, "clinical", "verification on the day, letter"),
        (inquiry, "msl", "medical inquiry, letter"),
        (standing, "msl", "standing request, letter"),
    ],
)
def test_it_is_sealed_kept_once_tagged_and_verified(
    recorded: Callable[[Store, Clock], Paper],
    workspace: str,
    variant: str,
    request: pytest.FixtureRequest,
    clock: Clock,
    qtbot: QtBot,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk: Desk = request.getfixturevalue(f"{workspace}_desk")
    store = desk.store
    paper = recorded(store, clock)
    content = fetched(desk, qtbot, paper)

    (kept,) = sealed_of(store, paper.about.id)
    assert (kept.variant, kept.about_kind, kept.record_sha256) == (variant, paper.about.kind, paper.fingerprint)
    assert store.attachments.get(kept.file) == content
    assert ("sealed", variant) in [(line.act, line.reason) for line in store.lines()]
    clock.tick(3_600)
    assert fetched(desk, qtbot, paper) == content
    assert len(sealed_of(store, paper.about.id)) == 1

    check_tags(content, paper.fingerprint)

    file, authority = tmp_path / "paper.pdf", tmp_path / "authority.der"
    authority.write_bytes(sealer_of(store).authorities()[0])
    file.write_bytes(content)
    assert main(["verify", str(file), "--authority", str(authority)]) == 0
    assert "the one whose fingerprint is printed" in capsys.readouterr().out
    changed = bytearray(content)
    changed[content.index(b"stream") + 40] ^= 1
    file.write_bytes(changed)
    assert main(["verify", str(file), "--authority", str(authority)]) == 1
    assert "was changed after it was sealed" in capsys.readouterr().out


def check_tags(content: bytes, fingerprint: str) -> None:
    """A tagged document with its title, language, record, pictures in words, and one place of a seal."""
    ((_name, record),) = attached(content)
    assert hashlib.sha256(record).hexdigest() == fingerprint
    with pikepdf.open(io.BytesIO(content)) as file:
        assert file.Root.Lang == "en-US"
        assert file.Root.MarkInfo.Marked
        assert str(file.docinfo.Title)
        elements = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert elements
        assert all(str(one.get("/Alt", "")).strip() for one in elements)
        assert [str(field.T) for field in file.Root.AcroForm.Fields] == [FIELD]


def test_a_research_consent_that_is_not_complete_is_not_sealed(clinical_desk: Desk, clock: Clock, qtbot: QtBot) -> None:
    consent = ready(clinical_desk.store)
    assert fetched(clinical_desk, qtbot, research_consent_paper(consent)).startswith(b"%PDF")
    assert sealed_of(clinical_desk.store, consent.id) == ()


def test_the_copy_that_is_given_leaves_the_sealed_document_as_it_was(
    clinical_desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    store = clinical_desk.store
    consent = active(store)
    first = fetched(clinical_desk, qtbot, research_consent_paper(consent))
    assert fetched(clinical_desk, qtbot, research_consent_paper(give_copy(store, consent))) == first
