"""What becomes of records on the server: sealed ones, removed ones, files, moving, erasing, old cursors."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

import msgspec
import pytest
import sqlalchemy as sa

from liaison_desktop.records.moments import moment_text
from liaison_desktop.server import organisations, tending, verifying
from liaison_desktop.server.tables import feed, line, person, piece, unit
from liaison_desktop.sync import wire
from liaison_desktop.sync.wire import Outcome, RejectCode
from tests.server.conftest import Central
from tests.server.laptop import Laptop, Problem

VISIT = {"heading": "At the clinic", "notes": ""}


def pair(central: Central, workspace: str = "msl") -> tuple[Laptop, Laptop]:
    return central.laptop("Anna", workspace=workspace), central.laptop("Ben", workspace=workspace)


def shared(first: Laptop, second: Laptop, kind: str, body: dict[str, object]) -> uuid.UUID:
    subject = first.save(kind, body)
    first.sync()
    second.sync()
    return subject


def test_what_is_written_once_is_never_written_over(central: Central) -> None:
    anna, ben = pair(central, "clinical")
    subject = shared(anna, ben, "consent_withdrawal", {"reason": "I changed my mind."})
    ben.edit(subject, reason="She did not.")
    anna.remove(subject)
    (forged,) = ben.push()
    (removed,) = anna.push()
    assert (forged.outcome, forged.code) == (Outcome.REJECTED, RejectCode.IMMUTABLE)
    assert (removed.outcome, removed.code) == (Outcome.REJECTED, RejectCode.IMMUTABLE)
    third = central.laptop("Cleo", workspace="clinical")
    third.pull()
    assert third.rows[subject][2]["reason"] == "I changed my mind."


def test_a_consent_is_drafted_signed_and_then_stands(central: Central) -> None:
    anna, ben = pair(central, "clinical")
    subject = shared(anna, ben, "consent", {"state": "draft", "procedure_text": "a", "signatures": []})
    anna.edit(subject, procedure_text="appendix")
    anna.edit(subject, signatures=[{"meaning": "patient"}])
    anna.edit(subject, signatures=[{"meaning": "patient"}, {"meaning": "witness"}], state="active")
    ben.edit(subject, procedure_text="something else")
    assert [result.outcome for result in anna.push()] == [Outcome.APPLIED] * 3
    (late,) = ben.push()
    assert (late.outcome, late.code) == (Outcome.REJECTED, RejectCode.IMMUTABLE)
    anna.edit(subject, procedure_text="something else")
    assert anna.push()[0].code is RejectCode.IMMUTABLE


def test_two_drafts_of_a_consent_are_kept_both_and_never_spliced(central: Central) -> None:
    anna, ben = pair(central, "clinical")
    subject = shared(anna, ben, "consent", {"state": "draft", "procedure_text": "a", "site": "", "signatures": []})
    anna.edit(subject, procedure_text="left")
    ben.edit(subject, site="right")
    anna.push()
    (result,) = ben.push()
    assert (result.outcome, result.fields) == (Outcome.CONFLICT, ("procedure_text", "site"))


def test_a_safety_narrative_is_kept_both_whatever_was_changed(central: Central) -> None:
    anna, ben = pair(central)
    subject = shared(anna, ben, "safety_event", {"narrative": "He fell.", "lot": ""})
    anna.edit(subject, narrative="He fell twice.")
    ben.edit(subject, lot="L1")
    anna.push()
    assert ben.push()[0].outcome is Outcome.CONFLICT


def test_a_reference_record_of_the_server_stands_and_the_other_is_a_request(central: Central) -> None:
    anna, ben = pair(central)
    subject = shared(anna, ben, "product", {"name": "Zentafor", "generic": ""})
    anna.edit(subject, name="Zentafor XR")
    ben.edit(subject, generic="zentaforum")
    anna.push()
    assert ben.push()[0].outcome is Outcome.CONFLICT
    far = central.laptop("Far", unit="South")
    far.pull()
    assert far.rows[subject][2]["name"] == "Zentafor XR"  # reference records go to all of the organisation
    assert far.conflicts


def test_what_was_edited_survives_what_was_removed(central: Central) -> None:
    anna, ben = pair(central)
    first, second = (shared(anna, ben, "visit", VISIT) for _ in range(2))
    anna.remove(first)
    ben.edit(first, notes="still here")
    anna.edit(second, notes="still here")
    ben.remove(second)
    anna.push()
    assert [result.outcome for result in ben.push()] == [Outcome.CONFLICT] * 2
    for laptop in (anna, central.laptop("Cleo")):
        laptop.sync()
        assert laptop.rows[first][2]["notes"] == laptop.rows[second][2]["notes"] == "still here"
        assert len(laptop.conflicts) == 2
    for conflict in list(anna.conflicts.values()):
        anna.decide(conflict)
    anna.sync()
    assert anna.conflicts == {}


def test_an_old_version_of_the_application_erases_no_field_it_does_not_know(central: Central) -> None:
    new, old = pair(central)
    subject = shared(new, old, "visit", VISIT | {"added_later": "kept"})
    version, kind, body = old.rows[subject]
    old.rows[subject] = (version, kind, {name: value for name, value in body.items() if name != "added_later"})
    new.edit(subject, heading="changed")
    old.edit(subject, notes="by the old one")
    new.push()
    (result,) = old.push()
    merged = msgspec.json.decode(wire.bytes_of(result.body))
    assert (merged["added_later"], merged["notes"], merged["heading"]) == ("kept", "by the old one", "changed")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"schema": 99}, RejectCode.SCHEMA_TOO_NEW),
        ({"kind": "unheard_of"}, RejectCode.SCHEMA_TOO_NEW),
        ({"kind": "consent"}, RejectCode.SCHEMA_TOO_NEW),  # another workspace's kind is not known in this one
        ({"content": b"[]"}, RejectCode.INVALID),
        ({"content": b'{"id":"x"}'}, RejectCode.INVALID),
        ({"content": b'{"id":' + b"[" * 100_000}, RejectCode.INVALID),
        ({"content": b"\xff\xfe"}, RejectCode.INVALID),
        ({"act": "removed", "content": b""}, RejectCode.BAD_REFERENCE),
        ({"big": True}, RejectCode.TOO_LARGE),
    ],
)
def test_what_is_wrong_is_kept_in_quarantine_and_blocks_nothing(
    central: Central, change: dict[str, object], code: RejectCode
) -> None:
    anna = central.laptop()
    subject, version = anna.ids(), anna.ids()
    content = msgspec.json.encode(VISIT | {"id": str(subject), "version": str(version)})
    if change.get("big"):
        content = content[:-1] + b',"notes2":"' + b"x" * (1024 * 1024) + b'"}'
    made = {"act": "saved", "kind": "visit", "content": content} | change
    if made["content"] != content and change.get("act") is None and not is_json(made["content"]):
        # Such bytes cannot travel inside JSON at all: the whole push is refused, and nothing was taken from it.
        line_of = anna.append("saved", kind="visit", subject=subject, version=version, content=made["content"])
        op = wire.op_of(line_of, schema=1)
        with pytest.raises((Problem, msgspec.DecodeError, UnicodeDecodeError)):
            anna.call("POST", "/push", anna.pushed([op]), gives=wire.Pushed)
        return
    anna.append(
        str(made["act"]), kind=str(made["kind"]), subject=subject, version=version, content=bytes(made["content"])
    )
    anna.save("visit", VISIT)
    ops = anna.ops(0)
    if "schema" in change:
        ops[0] = msgspec.structs.replace(ops[0], schema=99)
    reply = anna.call("POST", "/push", anna.pushed(ops), gives=wire.Pushed)
    assert (reply.results[0].outcome, reply.results[0].code) == (Outcome.REJECTED, code)
    assert reply.results[1].outcome is Outcome.APPLIED  # I14
    with central.database.reading() as connection:
        kept = connection.execute(sa.select(line.c.body).where(line.c.version == version)).scalar_one()
    assert kept == made["content"]


def is_json(content: object) -> bool:
    try:
        msgspec.json.decode(bytes(content))  # type: ignore[call-overload]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def test_a_laptop_that_was_cloned_forks_and_nothing_is_lost(central: Central) -> None:
    anna = central.laptop()
    anna.save("visit", VISIT)
    anna.push()
    twin = anna.copied()
    one, two = anna.save("visit", VISIT | {"notes": "one"}), twin.save("visit", VISIT | {"notes": "two"})
    anna.push()
    with pytest.raises(Problem) as caught:
        twin.call("POST", "/push", twin.pushed(twin.ops(1)), gives=wire.Pushed)
    assert (caught.value.details.code, caught.value.details.at) == (wire.ProblemCode.FORK, 2)
    twin.push()
    assert (anna.incarnation, twin.incarnation) == (1, 2)
    anna.save("visit", VISIT)
    twin.save("visit", VISIT)
    anna.push()
    twin.push()
    anna.pull()
    assert {one, two} <= set(anna.rows)
    assert verifying.verify(central.database).findings == ()


def test_a_file_is_sent_in_pieces_and_read_in_parts(central: Central) -> None:
    content = b"".join(number.to_bytes(4, "big") for number in range(600_000)) + b"the end"
    name = hashlib.sha256(content).hexdigest()
    anna, ben = pair(central)
    far = central.laptop("Far", unit="South")
    subject = anna.save("visit", VISIT | {"notes": name}, files=(name,))
    (result,) = anna.push()
    assert result.missing == (name,)
    ben.pull()
    size = wire.LIMITS.chunk
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    offer = wire.FileOffer(
        sha256=name, size=len(content), pieces=tuple(hashlib.sha256(one).hexdigest() for one in pieces)
    )
    assert anna.call("POST", "/files", offer, gives=wire.FileWanted).missing == (0, 1, 2)
    assert refused(anna, "PUT", f"/files/{name}/0", content=pieces[1]) == "hash"
    anna.call("PUT", f"/files/{name}/1", content=pieces[1], gives=wire.Empty)
    anna.call("PUT", f"/files/{name}/1", content=pieces[1], gives=wire.Empty)
    assert anna.call("POST", "/files", offer, gives=wire.FileWanted).missing == (0, 2)
    assert refused(anna, "POST", f"/files/{name}/commit", content=b"") == "missing"
    assert refused(ben, "GET", f"/files/{name}", content=b"") == "not_found"
    anna.send_file(content)
    assert anna.call("POST", "/files", offer, gives=wire.FileWanted).complete
    read = b""
    while len(read) < len(content):
        part = ben.call("GET", f"/files/{name}", content=b"", Range=f"bytes={len(read)}-")
        assert part.status_code == 206
        read += part.content
    assert read == content
    tail = ben.call("GET", f"/files/{name}", content=b"", Range="bytes=-7")
    assert (tail.content, tail.headers["content-range"]) == (
        b"the end",
        f"bytes {len(content) - 7}-{len(content) - 1}/{len(content)}",
    )
    assert refused(ben, "GET", f"/files/{name}", content=b"", Range="bytes=9999999-") == "range"
    assert refused(ben, "GET", f"/files/{name}", content=b"", Range="bytes=-") == "range"
    assert refused(far, "GET", f"/files/{name}", content=b"") == "not_found"
    assert subject in ben.rows


def test_a_file_that_is_not_what_its_name_says_is_not_kept(central: Central) -> None:
    anna = central.laptop()
    name = hashlib.sha256(b"true").hexdigest()
    anna.save("visit", VISIT | {"notes": name}, files=(name,))
    anna.push()
    offer = wire.FileOffer(sha256=name, size=5, pieces=(hashlib.sha256(b"false").hexdigest(),))
    anna.call("POST", "/files", offer, gives=wire.FileWanted)
    anna.call("PUT", f"/files/{name}/0", content=b"false", gives=wire.Empty)
    assert refused(anna, "POST", f"/files/{name}/commit", content=b"") == "hash"
    with central.database.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(piece)).scalar() == 0
    assert anna.send_file(b"true") == name


def test_somebody_who_names_a_file_of_others_does_not_get_it(central: Central) -> None:
    far = central.laptop("Far", unit="South")
    far.save("visit", VISIT, files=("ab" * 32,))
    (result,) = far.push()
    assert (result.outcome, result.code) == (Outcome.REJECTED, RejectCode.INVALID)


def refused(laptop: Laptop, *request: object, **more: object) -> str:
    with pytest.raises(Problem) as caught:
        laptop.call(*request, **more)  # type: ignore[arg-type]
    return caught.value.details.code.value


def test_a_record_that_moves_leaves_one_feed_and_comes_in_the_other(central: Central) -> None:
    anna, ben = pair(central)
    far = central.laptop("Far", unit="South")
    moving, waiting = (shared(anna, ben, "visit", VISIT) for _ in range(2))
    base = central.database
    with base.reading() as connection:
        south = connection.execute(sa.select(unit.c.id).where(unit.c.name == "South")).scalar_one()
    for subject in (moving, waiting):
        base.writing(lambda connection, subject=subject: tending.move(connection, base, subject, south, "test"))
    ben.edit(waiting, notes="written before it heard")
    ben.pull()
    far.pull()
    assert moving not in ben.rows
    assert waiting in ben.rows  # I15: what waits to be sent is not taken away
    assert {moving, waiting} <= set(far.rows)
    (result,) = ben.push()
    assert result.code is RejectCode.FORBIDDEN


def test_who_left_a_unit_may_still_send_what_they_wrote(central: Central) -> None:
    anna, ben = pair(central)
    subject = shared(anna, ben, "visit", VISIT)
    base = central.database

    def leave(connection: sa.Connection) -> None:
        who = connection.execute(sa.select(person.c.id).where(person.c.name == "Ben")).scalar_one()
        north = connection.execute(sa.select(unit.c.id).where(unit.c.name == "North")).scalar_one()
        organisations.leave_unit(connection, base, who, north)

    base.writing(leave)
    ben.edit(subject, notes="on the last day")
    (result,) = ben.push()
    assert (result.outcome, result.review) == (Outcome.APPLIED, True)
    ben.pull()
    assert subject not in ben.rows
    anna.pull()
    assert anna.rows[subject][2]["notes"] == "on the last day"


def test_what_a_law_erases_is_gone_and_the_chain_is_whole(central: Central) -> None:
    anna, ben = pair(central)
    name = hashlib.sha256(b"photo").hexdigest()
    subject = anna.save("visit", VISIT | {"notes": f"secret {name}"}, files=(name,))
    anna.push()
    anna.send_file(b"photo")
    ben.pull()
    base = central.database
    assert base.writing(lambda connection: tending.erase(connection, base, subject, "test")) == 1
    ben.pull()
    assert subject not in ben.rows
    anna.edit(subject, notes="secret again")
    (result,) = anna.push()
    assert (result.code, result.detail) == (RejectCode.FORBIDDEN, "erased")
    with base.reading() as connection:
        bodies = (
            connection.execute(
                sa.select(line.c.body).where(line.c.subject == subject, line.c.kind == "visit", line.c.act == "saved")
            )
            .scalars()
            .all()
        )
        pieces = connection.execute(sa.select(sa.func.count()).select_from(piece)).scalar()
    assert (set(bodies), pieces) == ({None}, 0)
    assert verifying.verify(base).findings == ()


def test_a_cursor_from_long_ago_compares_and_loses_nothing(central: Central) -> None:
    anna, ben = pair(central)
    for laptop in (anna, ben):
        laptop.renewing = True
    gone, stays = (shared(anna, ben, "visit", VISIT) for _ in range(2))
    waits = ben.save("visit", VISIT)
    anna.remove(gone)
    anna.save("visit", VISIT)
    anna.push()
    base = central.database
    central.clock.tick(100 * 86400)
    done = base.writing(lambda connection: tending.compact(connection, base))
    assert done.entries
    anna.save("visit", VISIT)
    anna.push()
    feed_id = next(name for name in ben.feeds if "/t:" in name)
    assert refused(ben, "GET", f"/pull?feed={feed_id}&after=1", content=b"") == "cursor_expired"
    ben.cursors[feed_id] = 1
    ben.pull()
    assert gone not in ben.rows
    assert {stays, waits} <= set(ben.rows)
    fresh = central.laptop("Cleo")
    fresh.pull()
    assert len(fresh.rows) == 3
    with base.reading() as connection:
        assert connection.execute(sa.select(sa.func.max(feed.c.floor))).scalar()


def test_a_wrong_clock_changes_nothing(central: Central) -> None:
    anna, ben = pair(central)
    anna.skew, ben.skew = dt.timedelta(days=3650), dt.timedelta(days=-3650)
    subject = shared(anna, ben, "visit", VISIT | {"outcome": None})
    anna.edit(subject, notes="from the future")
    ben.edit(subject, outcome="from the past")
    anna.push()
    assert ben.push()[0].outcome is Outcome.MERGED


def test_how_far_a_clock_is_off_is_kept_beside_what_it_dated(central: Central) -> None:
    from liaison_desktop.server import overseeing
    from liaison_desktop.server.tables import organisation

    anna = central.laptop()
    anna.hello(clock="2020-01-01T00:00:00.000000Z+00:00")
    anna.hello(clock="no moment")
    anna.hello(clock=moment_text(central.clock() + dt.timedelta(minutes=43)))
    anna.save("visit", VISIT)
    op = msgspec.structs.replace(anna.ops(0)[0], skew_ms=2_580_000)
    anna.call("POST", "/push", anna.pushed([op]), gives=wire.Pushed)
    with central.database.reading() as connection:
        assert connection.execute(
            sa.select(line.c.skew_ms).where(line.c.number == 1, line.c.kind == "visit")
        ).scalar() == (2_580_000)
        owner = connection.execute(sa.select(organisation.c.id)).scalar_one()
        assert overseeing.devices(connection, owner).items[0].skew_ms == 2_580_000


def test_what_was_too_new_is_decided_once_the_server_knows_it(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    from liaison_desktop.server import retrying
    from liaison_desktop.sync.catalogue import Catalogue, KindEntry, catalogues

    anna, ben = pair(central)
    subject = shared(anna, ben, "visit", VISIT)
    older = catalogues()
    kinds = tuple(
        msgspec.structs.replace(entry, schema=2) if entry.kind == "visit" else entry for entry in older["msl"].kinds
    )
    newer = older | {"msl": Catalogue(workspace="msl", release=2, kinds=kinds)}
    anna.edit(subject, notes="by a newer version")
    op = msgspec.structs.replace(anna.ops(anna.acked)[0], schema=2)
    reply = anna.call("POST", "/push", anna.pushed([op]), gives=wire.Pushed)
    assert reply.results[0].code is RejectCode.SCHEMA_TOO_NEW
    anna.acked = reply.acked_op
    assert retrying.retry(central.database) == retrying.Retried(1, 0)
    assert isinstance(kinds[0], KindEntry)
    monkeypatch.setattr("liaison_desktop.server.applying.catalogues", lambda: newer)
    ben.edit(subject, heading="changed meanwhile")
    ben.push()
    assert retrying.retry(central.database) == retrying.Retried(1, 1)
    assert retrying.retry(central.database) == retrying.Retried(0, 0)
    ben.pull()
    assert (ben.rows[subject][2]["notes"], ben.rows[subject][2]["heading"]) == (
        "by a newer version",
        "changed meanwhile",
    )
    assert verifying.verify(central.database).findings == ()


def test_a_version_that_is_too_old_pushes_and_reads_no_more(central: Central) -> None:
    from liaison_desktop.server.authorising import LEAST_APP
    from liaison_desktop.server.database import put_value

    anna = central.laptop()
    central.database.writing(lambda connection: put_value(connection, LEAST_APP, "1.2.0"))
    welcome = anna.hello(app="1.1.9")
    assert (welcome.may_pull, welcome.min_app, welcome.feeds) == (False, "1.2.0", ())
    anna.save("visit", VISIT)
    assert anna.push()[0].outcome is Outcome.APPLIED
    feed_id = f"msl/u:{anna.enrolled.person}" if anna.enrolled else ""
    assert refused(anna, "GET", f"/pull?feed={feed_id}", content=b"") == "too_old"
    assert anna.hello(app="1.10.0").may_pull
    anna.pull()
