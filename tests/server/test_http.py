"""What a server is sent that is no request: bombs, cuts, nonsense. It answers with a problem, and never fails."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import hypothesis
import msgspec
import pytest
import zstandard
from hypothesis import strategies as st

from liaison_desktop.errors import Refused
from liaison_desktop.server import authorising
from liaison_desktop.server.openapi import document
from liaison_desktop.server.organisations import Role
from liaison_desktop.server.routes import ROUTES
from liaison_desktop.server.serving import Address, is_loopback, settled
from liaison_desktop.sync import wire
from tests.server.conftest import Central
from tests.server.laptop import Laptop, Problem

JSON = {"Content-Type": wire.MEDIA_TYPE}


@pytest.fixture
def laptop(make_central: Callable[..., Central]) -> Laptop:
    return make_central().laptop(role=Role.ADMINISTRATOR)


def signed_send(laptop: Laptop, method: str, target: str, content: bytes, **headers: str) -> Any:
    """A signed request with whatever body and headers."""
    from liaison_desktop.sync import signed

    message = signed.request_message(method, target, content, laptop.token, "r1")
    given = {
        wire.TOKEN: f"Liaison {laptop.token}",
        wire.SIGNATURE: signed.sign(laptop.key, message),
        wire.REQUEST_ID: "r1",
        **JSON,
    }
    return laptop.wire.send(method, target, content, given | {k.replace("_", "-"): v for k, v in headers.items()})


def code_of(response: Any) -> tuple[int, str]:
    assert response.headers["content-type"] == wire.PROBLEM_TYPE
    details = msgspec.json.decode(response.content, type=wire.ProblemDetails)
    assert details.status == response.status_code
    return response.status_code, details.code.value


BOMB = b"0" * (wire.LIMITS.bytes * 40)


@pytest.mark.parametrize(
    ("content", "headers", "expected"),
    [
        (b"{", {}, (422, "invalid")),
        (b"\xff", {}, (422, "invalid")),
        (b"[]", {}, (422, "invalid")),
        (b"[" * 200_000, {}, (422, "invalid")),
        (b'{"device":' + b"[" * 200_000, {}, (422, "invalid")),
        (b'{"unknown":' + b'{"a":' * 200_000, {}, (422, "invalid")),
        (b"{}", {"Content_Type": "text/plain"}, (415, "media")),
        (b"{}", {"Content_Encoding": "br"}, (415, "media")),
        (b"not zstd", {"Content_Encoding": "zstd"}, (422, "invalid")),
        (b"not gzip", {"Content_Encoding": "gzip"}, (422, "invalid")),
        (zstandard.compress(BOMB), {"Content_Encoding": "zstd"}, (413, "too_large")),
        (gzip.compress(BOMB), {"Content_Encoding": "gzip"}, (413, "too_large")),
        (gzip.compress(b"{}" * 9999)[:-9], {"Content_Encoding": "gzip"}, (422, "invalid")),
        (b" " * (wire.LIMITS.bytes + 1), {}, (413, "too_large")),
    ],
    ids=lambda value: "",
)
def test_a_body_that_is_none_is_refused(
    laptop: Laptop, content: bytes, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    assert code_of(signed_send(laptop, "POST", f"{wire.ROOT}/hello", content, **headers)) == expected


def test_a_value_of_the_body_is_never_repeated(laptop: Laptop) -> None:
    body = b'{"device":"Jane Doe, born 1950"}'
    response = signed_send(laptop, "POST", f"{wire.ROOT}/hello", body)
    assert code_of(response) == (422, "invalid")
    assert b"Jane" not in response.content


@pytest.mark.parametrize("path", ["/nowhere", "/files/zz", "/files/zz/0", f"/files/{'0' * 64}", "/files/%00"])
def test_what_is_not_there_is_not_found(laptop: Laptop, path: str) -> None:
    method = "PUT" if path.endswith("/0") else "GET"
    assert code_of(signed_send(laptop, method, f"{wire.ROOT}{path}", b"")) == (404, "not_found")


def test_the_wrong_method_is_told(laptop: Laptop) -> None:
    response = laptop.wire.send("DELETE", f"{wire.ROOT}/hello")
    assert code_of(response) == (405, "method")
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize("query", ["after=-1", "after=1e3", "after=99999999999999999999", "limit=x", "after=%D9%A3"])
def test_a_number_that_is_none_is_refused(laptop: Laptop, query: str) -> None:
    assert code_of(signed_send(laptop, "GET", f"{wire.ROOT}/pull?{query}", b"")) == (422, "invalid")


@pytest.mark.expects_log
def test_a_fault_of_the_server_is_a_problem_and_says_nothing(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("Jane Doe")

    monkeypatch.setattr("liaison_desktop.server.greeting.organisations.feeds_of", fails)
    response = signed_send(laptop, "POST", f"{wire.ROOT}/hello", msgspec.json.encode(wire.Hello(device=laptop.device)))
    assert code_of(response) == (500, "failed")
    assert b"Jane" not in response.content


def test_a_reply_is_compressed_for_who_understands_it(laptop: Laptop) -> None:
    body = msgspec.json.encode(wire.Hello(device=laptop.device))
    plain = signed_send(laptop, "POST", f"{wire.ROOT}/hello", body, Accept_Encoding="gzip")
    packed = signed_send(laptop, "POST", f"{wire.ROOT}/hello", body, Accept_Encoding="zstd, gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "zstd"
    assert plain.headers["cache-control"] == "no-store"


def test_the_server_listens_to_others_over_tls_alone(make_central: Callable[..., Central]) -> None:
    central = make_central()
    for host in ("0.0.0.0", "192.0.2.1", "example.org", "::"):
        with pytest.raises(Refused, match="HTTPS"):
            settled(central.database, Address(host=host, port=1))
    assert settled(central.database, Address(host="127.0.0.1", port=1))
    assert is_loopback("::1")
    assert not is_loopback("localhost.example.org")


def test_the_document_tells_every_route_with_its_rule(central: Central) -> None:
    response = central.wire.send("GET", f"{wire.ROOT}/openapi.json")
    told = msgspec.json.decode(response.content)
    assert told == msgspec.json.decode(msgspec.json.encode(document()))
    operations = {(path, method.upper()) for path, methods in told["paths"].items() for method in methods}
    assert operations == {(route.path, route.method) for route in ROUTES}
    for route in ROUTES:
        secured = "security" in told["paths"][route.path][route.method.lower()]
        assert secured == (route.rule not in authorising.UNSIGNED)
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', response.text))
    assert references <= set(told["components"]["schemas"])


# -- what the document permits ------------------------------------------------------------------------------------------

_SCHEMATHESIS = pytest.importorskip("schemathesis", reason="schemathesis is not installed")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(120)
@pytest.mark.parametrize("path", sorted({(route.path, route.method) for route in ROUTES}), ids=" ".join)
def test_nothing_the_document_permits_makes_the_server_fail(laptop: Laptop, path: tuple[str, str]) -> None:
    """Signed as an administrator would sign it, so that it gets past the door."""
    schema = _SCHEMATHESIS.openapi.from_dict(document())
    operation = schema[path[0]][path[1]]

    @hypothesis.settings(
        max_examples=4,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(), own=st.booleans())
    def asked(case: Any, own: bool) -> None:
        request = case.as_transport_kwargs(base_url="http://server.test")
        import httpx2

        body = request.get("json")
        if isinstance(body, dict) and own and "device" in body:
            body = body | {"device": str(laptop.device)}
        content = msgspec.json.encode(body) if body is not None else request.get("data") or b""
        content = content.encode() if isinstance(content, str) else bytes(content or b"")
        url = httpx2.URL(request["url"], params=request.get("params") or {})
        target = url.raw_path.decode()
        if target.endswith("/revoke") or "/order" in target:
            target = target.replace(str(laptop.device), str(wire.NO_VERSION))
        response = signed_send(laptop, path[1], target, content)
        assert response.status_code < 500, response.content
        if response.status_code >= 400:
            code_of(response)

    asked()


def test_a_problem_of_the_client_is_raised_with_its_code(laptop: Laptop) -> None:
    with pytest.raises(Problem) as caught:
        laptop.call("POST", "/hello", wire.Hello(device=wire.NO_VERSION))
    assert caught.value.status == 404
