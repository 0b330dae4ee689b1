"""A line of a real journal travels and comes back as it was, and nothing can be changed on the way."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from liaison_desktop.msl.materials.record import Product
from liaison_desktop.records import line_hash
from liaison_desktop.store import Store
from liaison_desktop.sync import signed
from liaison_desktop.sync.wire import (
    NOTHING,
    Op,
    Push,
    added,
    bucket_of,
    chained,
    content_hash,
    head_digest,
    line_of,
    op_of,
)


def travelled(op: Op) -> Op:
    return msgspec.json.decode(msgspec.json.encode(op), type=Op)


def test_every_line_of_a_journal_travels_and_keeps_its_hash(msl_store: Store) -> None:
    product = msl_store.save(Product(name="Zentafor"))
    product = msl_store.save(msgspec.structs.replace(product, generic="zentaforum ünïcode \u2028"))
    msl_store.remove(product, reason="a mistake")
    lines = list(reversed(msl_store.lines()))
    assert [line.act for line in lines] == ["created", "saved", "saved", "removed"]
    previous = bytes(32)
    for line in lines:
        op = travelled(op_of(line, schema=1))
        assert line_of(op, line.device, previous) == line
        assert chained(op, line.device, previous)
        previous = line.hash


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("actor_name", "Somebody else"),
        ("at", "2020-01-01T00:00:00.000000Z+00:00"),
        ("reason", "another"),
        ("kind", "other"),
        ("number", 7),
        ("parents", ()),
        ("body", msgspec.Raw(b'{"name":"Other"}')),
    ],
)
def test_what_was_changed_on_the_way_is_no_longer_chained(msl_store: Store, name: str, value: object) -> None:
    product = msl_store.save(Product(name="Zentafor"))
    msl_store.save(msgspec.structs.replace(product, generic="zentaforum"))
    line = msl_store.lines()[0]
    op = travelled(msgspec.structs.replace(op_of(line), **{name: value}))
    assert not chained(op, line.device, line.previous)


def test_a_body_that_was_blanked_by_law_leaves_the_chain_whole(msl_store: Store) -> None:
    msl_store.save(Product(name="Zentafor"))
    line = msl_store.lines()[0]
    digest = hashlib.sha256(line.content).hexdigest()
    op = travelled(msgspec.structs.replace(op_of(line), body=msgspec.UNSET, body_hash=digest))
    assert chained(op, line.device, line.previous)
    assert line_hash(line, content_hash(op)) == line.hash
    with pytest.raises(ValueError):
        content_hash(msgspec.structs.replace(op, body_hash="ab"))


def test_a_batch_is_bounded() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"device":"%s","ops":[],"signature":"%s"}' % (b"0" * 32, b"0" * 128), type=Push)


def test_the_digest_of_a_feed_does_not_depend_on_the_order(msl_store: Store) -> None:
    one, two = (msl_store.save(Product(name=name)) for name in ("One", "Two"))
    assert one.version is not None
    assert two.version is not None
    first, second = head_digest(one.id, one.version), head_digest(two.id, two.version)
    assert added(added(NOTHING, come=first), come=second) == added(added(NOTHING, come=second), come=first)
    assert added(added(NOTHING, come=first), gone=first) == NOTHING
    assert bucket_of(one.id) in range(256)


def test_a_signature_is_for_one_purpose() -> None:
    private, device = signed.new_key(), msgspec.json.decode(b'"0192f0c1-2b3c-7d4e-8f50-617283940a1b"', type=str)
    message = signed.token_message("nonce", device, "Host")
    signature = signed.sign(private, message)
    assert signed.is_signed(signed.public_of(private), message, signature)
    assert not signed.is_signed(signed.public_of(private), signed.order_request("nonce", device), signature)
    assert not signed.is_signed(signed.public_of(signed.new_key()), message, signature)
    assert not signed.is_signed("not a key", message, signature)
