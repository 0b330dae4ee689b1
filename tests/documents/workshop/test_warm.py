"""Documents made in a process of its own: the same bytes, no key, no window; dead, hanging and closed it is survived."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.documents.sealing.verifying import Verdict, check
from liaison_desktop.documents.styles import sheet
from liaison_desktop.documents.workshop.order import Order
from liaison_desktop.documents.workshop.warm import WarmWorkshop
from liaison_desktop.documents.workshop.workshop import Workshop
from liaison_desktop.errors import Locked, Unprintable
from tests.documents.samples import a_summary
from tests.documents.sealing.examples import ROOTS, a_sealing, plain, the_identity
from tests.documents.workshop.makers import SECRET

pytestmark = pytest.mark.timeout(180)
SUMMARY = Order(
    module="liaison_desktop.clinical.consents.document.making",
    maker="make_summary",
    of=(a_summary(), sheet("letter"), "Patient copy"),
)


def of(maker: str, text: str = SECRET) -> Order:
    return Order(module="tests.documents.workshop.makers", maker=maker, of=(text,))


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmWorkshop]:
    made = WarmWorkshop()
    yield made
    made.close()
    assert made.worker_id is None


def test_it_makes_the_same_bytes_as_this_process(warm: WarmWorkshop) -> None:
    assert warm.make(SUMMARY) == Workshop().make(SUMMARY)
    assert warm.make(SUMMARY).content == plain()


def test_a_seal_is_put_on_without_the_key_ever_being_there(warm: WarmWorkshop) -> None:
    asked: list[bytes] = []

    def sign(attributes: bytes) -> bytes:
        asked.append(attributes)
        return the_identity().sign_document(attributes)

    made = warm.make(SUMMARY, a_sealing(), sign)
    assert check(made.content, ROOTS).verdict is Verdict.GOOD
    assert len(asked) == 1
    assert len(asked[0]) < 1000
    # The 32 bytes of the key itself, wherever they stand in the process's memory.
    scalar = the_identity().key[36:68]
    assert scalar in the_identity().key
    assert not stands_in(warm, scalar)


def stands_in(warm: WarmWorkshop, wanted: bytes) -> bool:
    place = Path(f"/proc/{warm.worker_id}")
    try:
        maps = (place / "maps").read_text(encoding="utf-8").splitlines()
        with (place / "mem").open("rb", 0) as memory:
            return any(wanted in part for part in written_to(maps, memory))
    except OSError:
        pytest.skip("this system does not let a test read the memory of its own child")


def written_to(maps: list[str], memory: io.FileIO) -> Iterator[bytes]:
    for line in maps:
        bounds, rights = line.split()[:2]
        start, end = (int(each, 16) for each in bounds.split("-"))
        if rights.startswith("rw"):
            with contextlib.suppress(OSError):
                memory.seek(start)
                yield memory.read(end - start)


def test_the_search_for_a_key_would_find_one(warm: WarmWorkshop) -> None:
    warm.make(of("small", "x"))
    certificate = a_sealing().certificate
    warm.make(SUMMARY, a_sealing(), the_identity().sign_document)
    assert stands_in(warm, certificate[:40]), "the certificate, which it does get, is found the same way"


def test_what_cannot_be_printed_is_said_in_the_same_words(warm: WarmWorkshop) -> None:
    with pytest.raises(Unprintable, match="a letter that cannot be printed"):
        warm.make(of("refused"))


def test_a_bug_is_a_bug_here_too_and_says_no_record_s_value(warm: WarmWorkshop) -> None:
    with pytest.raises(RuntimeError, match=r"ValueError at makers\.py") as caught:
        warm.make(of("faulty"))
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(of("faulty"))


def test_what_a_library_prints_stands_between_no_two_answers(warm: WarmWorkshop) -> None:
    assert warm.make(of("noisy", "x")).content == b"x"
    assert warm.make(of("small", "y")).content == b"y"


def test_it_has_no_window_no_keyring_and_a_low_priority(warm: WarmWorkshop) -> None:
    loaded = warm.make(of("loaded")).content.decode().split()
    assert not {"PySide6", "keyring"} & set(loaded)
    if sys.platform != "win32":
        assert int(warm.make(of("nice")).content) >= 10


def test_a_process_that_died_between_two_orders_is_replaced(warm: WarmWorkshop) -> None:
    warm.make(of("small", "x"))
    first = warm.worker_id
    assert first is not None
    os.kill(first, 9)
    assert warm.make(of("small", "y")).content == b"y"
    assert warm.worker_id != first


def test_a_process_that_died_over_an_order_gets_it_once_more(warm: WarmWorkshop, tmp_path: Path) -> None:
    mark = str(tmp_path / "died")
    assert warm.make(of("dying_once", mark)).content == mark.encode()
    with pytest.raises(Unprintable, match="Try again"):
        warm.make(of("dying"))
    assert warm.make(of("small", "x")).content == b"x"


def test_a_process_that_hangs_is_ended() -> None:
    hasty = WarmWorkshop(patience=0.2)
    with pytest.raises(Unprintable, match="Try again"):
        hasty.make(of("hanging"))
    hasty.close()


def test_closing_ends_it_over_an_order_and_starts_none_again(qtbot: QtBot) -> None:
    made, said = WarmWorkshop(), []

    def ask() -> None:
        try:
            made.make(of("hanging"))
        except (Locked, Unprintable) as error:
            said.append(error)

    waiting = threading.Thread(target=ask)
    waiting.start()
    qtbot.waitUntil(lambda: made.worker_id is not None, timeout=60_000)
    made.close()
    waiting.join(20)
    assert isinstance(said[0], Locked)
    assert made.worker_id is None
    made.warm()
    with pytest.raises(Locked):
        made.make(of("small"))


def test_warming_starts_it_and_does_not_wait(qtbot: QtBot) -> None:
    made = WarmWorkshop()
    made.warm()
    qtbot.waitUntil(lambda: made.worker_id is not None, timeout=60_000)
    made.close()


def test_it_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "TEMP", "TMP", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    made = WarmWorkshop()
    made.make(SUMMARY, a_sealing(), the_identity().sign_document)
    made.close()
    assert [*tmp_path.rglob("*")] == []
