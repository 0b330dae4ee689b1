"""Who may do what: every route, asked by every role and by everybody who should get nothing. Complete, or it fails."""

from __future__ import annotations

import hashlib
import itertools
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from liaison_desktop.records import new_id
from liaison_desktop.server import orders, organisations, tables
from liaison_desktop.server.authorising import ROLES, UNSIGNED, Rule
from liaison_desktop.server.organisations import Role
from liaison_desktop.server.routes import ROUTES, Route
from liaison_desktop.sync import signed, wire
from tests.server.conftest import Central
from tests.server.laptop import Laptop, Problem

CONTENT = b"a photograph"
NAME = hashlib.sha256(CONTENT).hexdigest()
CALLERS = (*Role, "other unit", "other organisation", "deleted", "revoked", "none")


class World:
    """An organisation with one of each, another organisation, and one record with a file to ask for."""

    def __init__(self, central: Central) -> None:
        self.central = central
        self.owner = central.laptop("Owner")
        self.subject = self.owner.save("visit", {"heading": "x", "notes": NAME}, files=(NAME,))
        self.owner.push()
        self.owner.send_file(CONTENT)
        self.feed = next(head.id for head in self.owner.hello().feeds if "/t:" in head.id)
        self.victim = central.laptop("Victim")
        self.foreign = central.laptop("Stranger", organisation="Other")
        self.foreign_subject = self.foreign.save("visit", {"heading": "y"})
        self.foreign.push()
        self._callers: dict[str, Laptop] = {}

    def caller(self, who: str) -> Laptop:
        """The laptop of such a caller, made when it is first asked for."""
        if who not in self._callers:
            self._callers[who] = self._made(who)
        return self._callers[who]

    def _made(self, who: str) -> Laptop:
        base = self.central.database
        if who == "none":
            nobody = Laptop(self.central.wire)
            nobody.device = new_id()
            return nobody
        if who == "other unit":
            return self.central.laptop("Southerner", unit="South")
        if who == "other organisation":
            return self.central.laptop("Outsider", organisation="Other", role=Role.ADMINISTRATOR)
        if who in ("deleted", "revoked"):
            made = self.central.laptop(who, role=Role.ADMINISTRATOR)
            enrolled = made.enrolled
            assert enrolled is not None
            if who == "deleted":
                base.writing(lambda connection: organisations.remove_person(connection, base, enrolled.person))
            else:
                base.writing(lambda connection: orders.revoke(connection, base, made.device, "test"))
            return made
        return self.central.laptop(who.title(), role=Role(who))


@pytest.fixture
def world(make_central: Callable[[str], Central]) -> World:
    return World(make_central())


def asked(world: World, route: Route, who: Laptop) -> dict[str, Any]:
    """A well-formed request to a route about what the owner's organisation has."""
    path = route.path.removeprefix(wire.ROOT)
    offer = wire.FileOffer(sha256=NAME, size=len(CONTENT), pieces=(NAME,))
    bodies: dict[str, Any] = {
        "/hello": wire.Hello(device=who.device),
        "/incarnate": wire.Incarnate(device=who.device, incarnation=1, after=0, chain=wire.NOTHING),
        "/reconcile": wire.Reconcile(feed=world.feed),
        "/fetch": wire.Fetch(feed=world.feed, subjects=(world.subject,)),
        "/files": offer,
        "/oversight/codes": wire.CodeRequest(owner="New", workspace="msl"),
        "/oversight/devices/{id}/order": wire.OrderAsked(act="wipe"),
    }
    if path == "/push":
        who.append("viewed")
        bodies[path] = who.pushed(who.ops(len(who.lines) - 1))
    target = path.replace("{name}", NAME).replace("{piece}", "0").replace("{id}", str(world.victim.device))
    if path == "/pull":
        target += f"?feed={world.feed}&after=0"
    if route.pieces:
        return {"method": route.method, "path": target, "content": CONTENT}
    if path in bodies:
        return {"method": route.method, "path": target, "body": bodies[path]}
    return {"method": route.method, "path": target, "content": b""}


# Routes about records of the owner's unit: whoever belongs to no such unit is told that they are not there.
OF_THE_UNIT = (
    "/pull",
    "/reconcile",
    "/fetch",
    "/files",
    "/files/{name}/{piece}",
    "/files/{name}/commit",
    "/files/{name}",
)
SIGNED = [route for route in ROUTES if route.rule not in UNSIGNED]


def expected(route: Route, who: str) -> str:
    """What the caller must be told: the code of the problem, or nothing if it is done."""
    path = route.path.removeprefix(wire.ROOT)
    if who in ("none", "deleted", "revoked"):
        return "token"
    role = {"other unit": Role.LIAISON, "other organisation": Role.ADMINISTRATOR}.get(who) or Role(who)
    if role not in ROLES[route.rule]:
        return "forbidden"
    if path in OF_THE_UNIT and who in ("other unit", "other organisation"):
        return "not_found"
    if who == "other organisation" and "{id}" in path:
        return "not_found"
    if path.endswith("/confirm"):
        return "forbidden"  # the wipe that waits was asked for by the same person
    return ""


@pytest.mark.timeout(180)
def test_every_route_by_every_caller(world: World) -> None:
    for who, route in itertools.product(CALLERS, SIGNED):
        laptop = world.caller(who)
        request = asked(world, route, laptop)
        told = ""
        try:
            laptop.call(request.pop("method"), request.pop("path"), **request)
        except Problem as problem:
            told = problem.details.code.value
        except KeyError:
            pytest.fail(f"{route.path}: no reply")
        assert told == expected(route, who), f"{route.method} {route.path} by {who}"
        if route.path.endswith("/revoke") and not told:
            world.victim = world.central.laptop(f"Victim {new_id()}")


def test_every_route_was_asked() -> None:
    assert {route.rule for route in SIGNED} == set(ROLES)
    assert set(Rule) == set(ROLES) | UNSIGNED
    assert {route.path.removeprefix(wire.ROOT) for route in ROUTES if route.rule in UNSIGNED} == {
        "/health",
        "/enrol",
        "/token",
        "/order",
        "/order/{id}/done",
    }


def test_a_route_without_a_rule_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="rule"):
        Route(method="GET", path="/x", does=lambda _ask: None, gives=wire.Empty)  # type: ignore[call-arg]


def test_nothing_else_is_served(central: Central) -> None:
    served = {(route.path, method) for route in central.application.routes for method in route.methods - {"HEAD"}}
    described = {(f"{wire.ROOT}/openapi.json", "GET")}
    assert served == {(route.path, route.method) for route in ROUTES} | described


def refused(laptop: Laptop, *request: Any, **more: Any) -> str:
    with pytest.raises(Problem) as caught:
        laptop.call(*request, **more)
    return caught.value.details.code.value


def test_a_device_speaks_for_itself_alone(world: World) -> None:
    liaison, victim = world.caller("liaison"), world.victim
    assert refused(liaison, "POST", "/hello", wire.Hello(device=victim.device)) == "not_found"
    victim.append("viewed")
    assert refused(liaison, "POST", "/push", victim.pushed(victim.ops(0))) == "not_found"
    request = wire.Incarnate(device=victim.device, incarnation=1, after=0, chain=wire.NOTHING)
    assert refused(liaison, "POST", "/incarnate", request) == "not_found"


def test_a_record_of_another_organisation_cannot_be_told_from_one_that_is_not_there(world: World) -> None:
    liaison = world.caller("liaison")
    feeds = [f"msl/u:{uuid.uuid4()}", world.foreign.hello().feeds[0].id, "clinical/ref:" + world.feed[-36:]]
    assert {refused(liaison, "GET", f"/pull?feed={feed}") for feed in feeds} == {"not_found"}
    # The same id in another organisation is another record: nothing is revealed and nothing overwritten.
    liaison.save("visit", {"heading": "z"}, world.foreign_subject)
    (result,) = liaison.push()[-1:]
    assert result.outcome is wire.Outcome.APPLIED
    world.foreign.pull()
    assert world.foreign.rows[world.foreign_subject][2]["heading"] == "y"


def test_a_record_of_another_unit_is_refused_and_kept_in_quarantine(world: World) -> None:
    stranger = world.caller("other unit")
    stranger.save("visit", {"heading": "mine now"}, world.subject)
    later = stranger.save("visit", {"heading": "own"})
    first, second = stranger.push()[-2:]
    assert (first.outcome, first.code) == (wire.Outcome.REJECTED, wire.RejectCode.FORBIDDEN)
    assert second.outcome is wire.Outcome.APPLIED  # what was rejected blocks nothing
    (kept,) = stranger.call("GET", "/quarantine", content=b"", gives=wire.QuarantineList).items
    assert (kept.subject, kept.number) == (world.subject, first.number)
    world.owner.pull()
    assert world.owner.rows[world.subject][2]["heading"] == "x"
    assert later in stranger.rows


def test_a_token_alone_opens_nothing(world: World) -> None:
    thief, liaison = Laptop(world.central.wire), world.caller("liaison")
    thief.token, thief.device = liaison.token, liaison.device
    assert refused(thief, "POST", "/hello", wire.Hello(device=liaison.device)) == "signature"


def test_a_request_changed_on_the_way_is_refused(world: World) -> None:
    liaison = world.caller("liaison")
    liaison.hello()
    method, target, content, headers = world.central.wire.last
    assert world.central.wire.send(method, target, content, headers).status_code == 200
    assert world.central.wire.send(method, target, content + b" ", headers).status_code == 422
    assert world.central.wire.send(method, target + "?x=1", content, headers).status_code == 422
    assert world.central.wire.send(method, target, content, headers | {wire.REQUEST_ID: "other"}).status_code == 422


def test_a_token_runs_out_and_another_is_given(world: World) -> None:
    liaison = world.caller("liaison")
    world.central.clock.tick(601)
    assert refused(liaison, "POST", "/hello", wire.Hello(device=liaison.device)) == "token"
    liaison.sign_in()
    liaison.hello()


def test_a_nonce_is_good_once_and_for_its_device_alone(world: World) -> None:
    liaison, other = world.caller("liaison"), world.caller("supervisor")
    liaison.sign_in()
    method, target, content, headers = world.central.wire.last
    assert world.central.wire.send(method, target, content, headers).status_code == 401
    request = wire.TokenRequest(device=liaison.device)
    with pytest.raises(Problem) as caught:
        liaison.call("POST", "/token", request)
    nonce = caught.value.details.nonce
    signature = signed.sign(other.key, signed.token_message(nonce, other.device, "server.test"))
    request = wire.TokenRequest(device=other.device, nonce=nonce, signature=signature)
    assert refused(other, "POST", "/token", request) == "nonce"
    # Signed for another host: somebody in between gains nothing.
    signature = signed.sign(liaison.key, signed.token_message(nonce, liaison.device, "evil.test"))
    request = wire.TokenRequest(device=liaison.device, nonce=nonce, signature=signature)
    assert refused(liaison, "POST", "/token", request) == "signature"


def test_a_wipe_needs_two_people_and_a_revoked_device_has_its_order_alone(world: World) -> None:
    one, two = world.caller("administrator"), world.central.laptop("Second", role=Role.ADMINISTRATOR)
    victim = world.victim
    path = f"/oversight/devices/{victim.device}"
    given = one.call("POST", f"{path}/order", wire.OrderAsked(act="wipe"), gives=wire.OrderGiven)
    assert given.waits
    assert refused(one, "POST", f"{path}/confirm", content=b"") == "forbidden"
    assert victim.hello().order is None
    two.call("POST", f"{path}/confirm", content=b"", gives=wire.Empty)
    one.call("POST", f"{path}/revoke", content=b"", gives=wire.Empty)
    assert refused(victim, "POST", "/hello", wire.Hello(device=victim.device)) == "token"
    with pytest.raises(Problem) as caught:
        victim.sign_in()
    assert caught.value.details.code is wire.ProblemCode.REVOKED
    with pytest.raises(Problem) as caught:
        victim.call("POST", "/order", wire.OrderRequest(device=victim.device))
    nonce = caught.value.details.nonce
    request = wire.OrderRequest(
        device=victim.device, nonce=nonce, signature=signed.sign(victim.key, signed.order_request(nonce, victim.device))
    )
    order = victim.call("POST", "/order", request, gives=wire.OrderReply).order
    assert order is not None
    assert order.act == "wipe"
    assert victim.enrolled is not None
    assert signed.is_signed(victim.enrolled.server_key, signed.order_message(order), order.signature)
    done = wire.OrderDone(
        device=victim.device, signature=signed.sign(victim.key, signed.order_done(order.id, victim.device))
    )
    victim.call("POST", f"/order/{order.id}/done", done, gives=wire.Empty)
    victim.call("POST", f"/order/{order.id}/done", done, gives=wire.Empty)
    devices = one.call("GET", "/oversight/devices", content=b"", gives=wire.DeviceList).items
    assert [entry.state for entry in devices if entry.device == victim.device] == ["wiped"]


@pytest.mark.parametrize(("table", "state"), [(tables.device, "revoked"), (tables.person, "removed")])
def test_a_token_that_was_forgotten_opens_nothing_either(world: World, table: sa.Table, state: str) -> None:
    """I18: the state is asked at every request, not only where tokens are given and taken away."""
    liaison = world.caller("liaison")
    assert liaison.enrolled is not None
    owner = liaison.device if table is tables.device else liaison.enrolled.person
    world.central.database.writing(
        lambda connection: connection.execute(sa.update(table).where(table.c.id == owner).values(state=state))
    )
    for route in SIGNED:
        request = asked(world, route, liaison)
        assert refused(liaison, request.pop("method"), request.pop("path"), **request) == "revoked"


def test_what_somebody_may_not_know_is_not_in_what_they_are_told(world: World) -> None:
    auditor = world.caller("auditor")
    assert auditor.hello().feeds == ()
    page = auditor.call("GET", "/oversight/journal", content=b"", gives=wire.JournalPage)
    assert {"device enrolled", "received", "sent"} <= {entry.act for entry in page.items} | {"sent"}
    assert b"heading" not in b"".join(bytes(entry.about) for entry in page.items)
