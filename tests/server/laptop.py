"""A small reference client: a journal in memory, an outbox, feeds. It is the other side of the contract, not the product's.

It speaks to the server in this process. What it does by the protocol it does as `sync` says; what it may get wrong
(sending twice, forgetting replies, being restored from a copy) the tests tell it to.
"""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import hashlib
import uuid
from collections.abc import Callable
from typing import Any

import httpx2
import msgspec
import zstandard

from liaison_desktop.records import Line, line_hash, new_id, to_bytes
from liaison_desktop.records.moments import moment_text
from liaison_desktop.sync import signed, wire
from liaison_desktop.sync.merge import differing

HOST = "server.test"


class Problem(Exception):
    """The server said no."""

    def __init__(self, status: int, details: wire.ProblemDetails) -> None:
        self.status, self.details = status, details
        super().__init__(f"{status} {details.code} {details.detail}")


class Wire:
    """Requests into an ASGI application, one after the other. `lose` drops the reply of a request that was done."""

    def __init__(self, application: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self._client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=application, raise_app_exceptions=False), base_url=f"http://{HOST}"
        )
        self.last: tuple[Any, ...] = ()

    def send(
        self, method: str, target: str, content: bytes = b"", headers: dict[str, str] | None = None
    ) -> httpx2.Response:
        """One request."""
        self.last = (method, target, content, headers)
        return self._loop.run_until_complete(
            self._client.request(method, target, content=content, headers=headers or {})
        )

    def close(self) -> None:
        """Let go of the loop."""
        if self._loop.is_closed():
            return
        self._loop.run_until_complete(self._client.aclose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


class NamedIds:
    """Ids that follow from a name and a count."""

    def __init__(self, name: str) -> None:
        self.name, self.count = name, 0

    def __call__(self) -> uuid.UUID:
        self.count += 1
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{self.name} {self.count}")


class Laptop:
    """One device of one person, with what it holds."""

    def __init__(self, line: Wire, *, skew: dt.timedelta = dt.timedelta()) -> None:
        self.wire, self.skew = line, skew
        self.key, self.journal = signed.new_key(), new_id()
        self.device: uuid.UUID = wire.NO_VERSION
        self.token, self.workspace = "", ""
        self.enrolled: wire.Enrolled | None = None
        self.actor = new_id()
        self.incarnation, self.acked, self.epoch = 1, 0, ""
        self.lines: list[Line] = []
        self.files: dict[int, tuple[str, ...]] = {}
        self.results: dict[int, wire.Result] = {}
        self.rows: dict[uuid.UUID, tuple[uuid.UUID, str, dict[str, Any]]] = {}  # subject -> version, kind, body
        self.gone: dict[uuid.UUID, uuid.UUID] = {}
        self.remote: dict[uuid.UUID, wire.Change] = {}  # heads that came while ours waited
        self.feeds: dict[str, dict[uuid.UUID, uuid.UUID]] = {}
        self.cursors: dict[str, int] = {}
        self.conflicts: dict[uuid.UUID, wire.Conflict] = {}
        self.renewing = False  # whether it gets another token by itself when one runs out
        self.ids: Callable[[], uuid.UUID] = new_id
        self.moment = dt.datetime(2026, 11, 28, 8, 0, tzinfo=dt.UTC)

    def name_ids(self, name: str) -> None:
        """Make ids that follow from a name, so that two worlds can be compared."""
        self.ids = NamedIds(name)

    # -- talking ------------------------------------------------------------------------------------------------------
    def call(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """A signed request; the reply as a struct. Raises Problem."""
        try:
            return self._call(method, path, body, **more)
        except Problem as problem:
            if not self.renewing or problem.details.code is not wire.ProblemCode.TOKEN:
                raise
            self.sign_in()
            return self._call(method, path, body, **more)

    def _call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        gives: Any = None,
        content: bytes | None = None,
        **headers: str,
    ) -> Any:
        """A signed request; the reply as a struct. Raises Problem."""
        sent = wire_bytes(body) if content is None else content
        target, request_id = f"{wire.ROOT}{path}", uuid.uuid4().hex
        message = signed.request_message(method, target, sent, self.token, request_id)
        given = {
            wire.TOKEN: f"Liaison {self.token}",
            wire.SIGNATURE: signed.sign(self.key, message),
            wire.REQUEST_ID: request_id,
            "Content-Type": wire.MEDIA_TYPE,
        }
        if sent and content is None:
            given["Content-Encoding"] = "zstd"
        response = self.wire.send(
            method, target, sent, given | {name.replace("_", "-"): text for name, text in headers.items()}
        )
        assert response.headers[wire.REQUEST_ID] == request_id
        return understood(response, gives)

    def enrol(self, code: str, workspace: str = "msl") -> wire.Enrolled:
        """Come in by a one-time code."""
        self.workspace = workspace
        request = wire.Enrolment(
            code=code, key=signed.public_of(self.key), journal=self.journal, workspace=workspace, name="Laptop"
        )
        self.enrolled = post(self.wire, "/enrol", request, wire.Enrolled)
        self.device, self.epoch = self.enrolled.device, self.enrolled.epoch
        self.sign_in()
        return self.enrolled

    def sign_in(self) -> None:
        """Get a token by signing a nonce."""
        try:
            post(self.wire, "/token", wire.TokenRequest(device=self.device), wire.Token)
        except Problem as problem:
            nonce = problem.details.nonce
        signature = signed.sign(self.key, signed.token_message(nonce, self.device, HOST))
        request = wire.TokenRequest(device=self.device, nonce=nonce, signature=signature)
        self.token = post(self.wire, "/token", request, wire.Token).access

    # -- writing ------------------------------------------------------------------------------------------------------
    def append(
        self,
        act: str,
        *,
        kind: str = "",
        subject: uuid.UUID | None = None,
        version: uuid.UUID | None = None,
        parents: tuple[uuid.UUID, ...] = (),
        content: bytes = b"",
        files: tuple[str, ...] = (),
    ) -> Line:
        """Write the next line."""
        self.moment += dt.timedelta(seconds=1)
        line = Line(
            device=self.journal,
            number=len(self.lines) + 1,
            version=version or self.ids(),
            parents=parents,
            act=act,
            kind=kind,
            subject=subject,
            actor=self.actor,
            actor_name="Anna",
            at=moment_text(self.moment + self.skew),
            reason="",
            content=content,
            previous=self.lines[-1].hash if self.lines else bytes(32),
            hash=b"",
        )
        line = msgspec.structs.replace(line, hash=line_hash(line))
        self.lines.append(line)
        self.files[line.number] = files
        return line

    def save(
        self,
        kind: str,
        body: dict[str, Any],
        subject: uuid.UUID | None = None,
        *,
        parents: tuple[uuid.UUID, ...] | None = None,
        files: tuple[str, ...] = (),
    ) -> uuid.UUID:
        """Save a version of a record; its subject. Parents are the version held, unless others are given."""
        subject, version = subject or self.ids(), self.ids()
        if parents is None:
            held = self.rows.get(subject)
            parents = (held[0],) if held else (self.gone[subject],) if subject in self.gone else ()
        whole = body | {"id": str(subject), "version": str(version)}
        self.append(
            wire.SAVED,
            kind=kind,
            subject=subject,
            version=version,
            parents=parents,
            content=to_bytes(whole),
            files=files,
        )
        self.rows[subject] = (version, kind, whole)
        self.gone.pop(subject, None)
        return subject

    def edit(self, subject: uuid.UUID, **fields: Any) -> None:
        """Change fields of a record held."""
        _version, kind, body = self.rows[subject]
        self.save(kind, body | fields, subject)

    def remove(self, subject: uuid.UUID) -> None:
        """Take a record away."""
        version, kind, _body = self.rows.pop(subject)
        self.gone[subject] = self.append(wire.REMOVED, kind=kind, subject=subject, parents=(version,)).version

    def decide(self, conflict: wire.Conflict, **fields: Any) -> None:
        """Settle a conflict: a version whose parents are the head as held and the side."""
        version, kind, body = self.rows[conflict.subject]
        self.save(kind, body | fields, conflict.subject, parents=(version, conflict.side))

    # -- synchronising ------------------------------------------------------------------------------------------------
    def hello(self, **more: Any) -> wire.Welcome:
        """Say hello."""
        known = self.chain_at(self.acked)
        request = wire.Hello(
            device=self.device,
            incarnation=self.incarnation,
            epoch=self.epoch,
            last_op=len(self.lines),
            acked_op=self.acked,
            chain=known,
            outbox=wire.OutboxState(pending=len(self.lines) - self.acked),
            feeds={name: wire.FeedState(cursor=at) for name, at in self.cursors.items()},
            **more,
        )
        return self.call("POST", "/hello", request, gives=wire.Welcome)

    def chain_at(self, number: int) -> str:
        """The hash of a line."""
        return self.lines[number - 1].hash.hex() if number else wire.NOTHING

    def pushed(self, ops: list[wire.Op]) -> wire.Push:
        """A push of these operations."""
        message = signed.chain_message(self.device, self.incarnation, ops[-1].number, ops[-1].hash)
        return wire.Push(
            device=self.device, incarnation=self.incarnation, ops=tuple(ops), signature=signed.sign(self.key, message)
        )

    def ops(self, after: int, most: int = 500) -> list[wire.Op]:
        """The operations after a number."""
        return [
            wire.op_of(line, schema=1 if line.kind else 0, files=self.files[line.number])
            for line in self.lines[after : after + most]
        ]

    def push(self, most: int = 500) -> list[wire.Result]:
        """Send what waits, as the decision table of the protocol says."""
        found: list[wire.Result] = []
        self.settle_chain()
        while self.acked < len(self.lines):
            reply = self.call("POST", "/push", self.pushed(self.ops(self.acked, most)), gives=wire.Pushed)
            assert reply.chain == self.chain_at(reply.acked_op)
            self.take_results(reply.results)
            self.acked = reply.acked_op
            found += reply.results
        return found

    def settle_chain(self) -> None:
        """Find out how far the server is, and whether the chain has forked."""
        try:
            welcome = self.hello()
        except Problem as problem:
            if problem.details.code is not wire.ProblemCode.NOT_FOUND:
                raise
            # A server that was restored does not know this incarnation: begin again from the first.
            self.incarnation = 1
            welcome = self.hello()
        self.epoch = welcome.epoch
        if welcome.acked_op <= len(self.lines) and welcome.chain == self.chain_at(welcome.acked_op):
            self.acked = welcome.acked_op
            return
        low, high = 0, min(welcome.acked_op, len(self.lines))
        while low < high:
            middle = (low + high + 1) // 2
            hashes = self.hello(probe=(middle,)).hashes
            low, high = (middle, high) if hashes.get(middle) == self.chain_at(middle) else (low, middle - 1)
        request = wire.Incarnate(
            device=self.device, incarnation=self.incarnation, after=low, chain=self.chain_at(low), reason="fork"
        )
        made = self.call("POST", "/incarnate", request, gives=wire.Incarnated)
        self.incarnation, self.acked = made.incarnation, made.acked_op

    def take_results(self, results: tuple[wire.Result, ...]) -> None:
        """What the server made of ours."""
        for result in results:
            self.results[result.number] = result
            line = self.lines[result.number - 1]
            held = self.rows.get(line.subject) if line.subject else None
            if result.outcome is wire.Outcome.MERGED and line.subject and held and held[0] == line.version:
                assert result.version is not None
                self.rows[line.subject] = (result.version, line.kind, msgspec.json.decode(wire.bytes_of(result.body)))

    def pending(self, subject: uuid.UUID) -> bool:
        """Whether something of a record waits to be sent."""
        return any(line.subject == subject for line in self.lines[self.acked :])

    def pull(self, limit: int = 500) -> None:
        """Read every feed to its end."""
        try:
            welcome = self.hello()
        except Problem as problem:
            if problem.details.code is not wire.ProblemCode.NOT_FOUND:
                raise
            self.settle_chain()
            welcome = self.hello()
        for name in welcome.dropped_feeds:
            for subject in self.feeds.pop(name, {}):
                self._leave(subject)
            self.cursors.pop(name, None)
        for head in welcome.feeds:
            self._pull_feed(head, limit)

    def _pull_feed(self, head: wire.FeedHead, limit: int) -> None:
        held = self.feeds.setdefault(head.id, {})
        while True:
            after = self.cursors.get(head.id, 0)
            try:
                page = self.call("GET", f"/pull?feed={head.id}&after={after}&limit={limit}", gives=wire.Pulled)
            except Problem as problem:
                if problem.details.code is not wire.ProblemCode.CURSOR_EXPIRED:
                    raise
                self.reconcile(head.id)
                return
            for change in page.changes:
                self.take_change(change, held)
            self.cursors[head.id] = page.next
            if not page.more:
                assert digest_of(held) == page.digest, "what is held is not what the server has"
                return

    def reconcile(self, feed: str) -> None:
        """Compare what is held with what the server has, and fetch what differs. Nothing that waits is dropped."""
        held = self.feeds.setdefault(feed, {})
        buckets: dict[int, str] = {}
        for subject, version in held.items():
            bucket = wire.bucket_of(subject)
            buckets[bucket] = wire.added(buckets.get(bucket, wire.NOTHING), come=wire.head_digest(subject, version))
        reply = self.call("POST", "/reconcile", wire.Reconcile(feed=feed, buckets=buckets), gives=wire.Reconciled)
        wanted: list[uuid.UUID] = []
        for bucket, heads in reply.buckets.items():
            there = {head.subject: head.version for head in heads}
            for subject in [one for one in held if wire.bucket_of(one) == bucket and one not in there]:
                del held[subject]
                self._leave(subject)
            wanted += [subject for subject, version in there.items() if held.get(subject) != version]
        for at in range(0, len(wanted), 100):
            request = wire.Fetch(feed=feed, subjects=tuple(wanted[at : at + 100]))
            for change in self.call("POST", "/fetch", request, gives=wire.Fetched).changes:
                self.take_change(change, held)
        self.cursors[feed] = reply.head
        assert digest_of(held) == reply.digest

    def take_change(self, change: wire.Change, held: dict[uuid.UUID, uuid.UUID]) -> None:
        """One entry of a feed."""
        kind = wire.ChangeKind
        if change.change in (kind.PUT, kind.DELETE):
            line = wire.line_of_change(change)
            assert line_hash(line) == line.hash, "a version came that is not as it was written"
        if change.change is kind.PUT:
            held[change.subject] = change.version
            self._put(change)
        elif change.change in (kind.DELETE, kind.LEAVE, kind.PURGE):
            held.pop(change.subject, None)
            self._leave(change.subject)
            if change.change is kind.DELETE and not self.pending(change.subject):
                self.gone[change.subject] = change.version
        elif change.conflict is not None:
            if change.change is kind.CONFLICT and not change.conflict.resolved:
                self.conflicts[change.conflict.id] = change.conflict
            else:
                self.conflicts.pop(change.conflict.id, None)

    def _put(self, change: wire.Change) -> None:
        if self.pending(change.subject):
            self.remote[change.subject] = change
            return
        self.remote.pop(change.subject, None)
        body = msgspec.json.decode(wire.bytes_of(change.body))
        mine = self.rows.get(change.subject)
        if mine is not None and mine[0] == change.version:
            assert not differing(mine[2], body)
        self.rows[change.subject] = (change.version, change.kind, body)

    def _leave(self, subject: uuid.UUID) -> None:
        if not self.pending(subject):
            self.rows.pop(subject, None)
            self.remote.pop(subject, None)

    def sync(self) -> None:
        """Push, then pull."""
        self.push()
        self.pull()

    # -- what may befall it -------------------------------------------------------------------------------------------
    def copied(self) -> Laptop:
        """The same laptop again, as a backup or a clone has it."""
        line, self.wire = self.wire, None  # type: ignore[assignment]
        twin = copy.deepcopy(self)
        self.wire = twin.wire = line
        return twin

    def has(self, line: Line) -> bool:
        """Whether this very line is in its journal."""
        return line.number <= len(self.lines) and self.lines[line.number - 1].hash == line.hash

    def forget_server(self) -> None:
        """Another epoch: what was read of feeds is read again; nothing of its own is dropped."""
        self.cursors.clear()
        self.feeds = {name: {} for name in self.feeds}
        self.conflicts.clear()

    # -- files --------------------------------------------------------------------------------------------------------
    def send_file(self, content: bytes) -> str:
        """Send a file in pieces, those that are missing."""
        size = wire.LIMITS.chunk
        pieces = [content[at : at + size] for at in range(0, len(content), size)]
        name = hashlib.sha256(content).hexdigest()
        offer = wire.FileOffer(
            sha256=name, size=len(content), pieces=tuple(hashlib.sha256(one).hexdigest() for one in pieces)
        )
        wanted = self.call("POST", "/files", offer, gives=wire.FileWanted)
        for number in wanted.missing:
            self.call("PUT", f"/files/{name}/{number}", content=pieces[number], gives=wire.Empty)
        self.call("POST", f"/files/{name}/commit", content=b"", gives=wire.FileWanted)
        return name


def digest_of(held: dict[uuid.UUID, uuid.UUID]) -> str:
    """The digest of heads."""
    digest = wire.NOTHING
    for subject, version in held.items():
        digest = wire.added(digest, come=wire.head_digest(subject, version))
    return digest


def wire_bytes(body: Any) -> bytes:
    """A body as it travels."""
    return b"" if body is None else zstandard.ZstdCompressor(level=3).compress(msgspec.json.encode(body))


def post(line: Wire, path: str, body: Any, gives: Any) -> Any:
    """An unsigned request."""
    headers = {"Content-Type": wire.MEDIA_TYPE}
    return understood(line.send("POST", f"{wire.ROOT}{path}", msgspec.json.encode(body), headers), gives)


def understood(response: httpx2.Response, gives: Any) -> Any:
    """The struct of a reply. Raises Problem."""
    content = response.content
    if response.headers.get("content-encoding") == "zstd" and content[:4] == b"\x28\xb5\x2f\xfd":
        content = zstandard.ZstdDecompressor().decompress(content, max_output_size=64 * 1024 * 1024)
    if response.headers.get("content-type", "").startswith(wire.PROBLEM_TYPE):
        raise Problem(response.status_code, msgspec.json.decode(content, type=wire.ProblemDetails))
    assert response.status_code < 300, (response.status_code, content[:200])
    return response if gives is None else msgspec.json.decode(content, type=gives)
