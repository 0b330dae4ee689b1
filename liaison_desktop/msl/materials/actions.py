"""Writes the taxonomy and the materials: a version comes in with its file, and is withdrawn; never changed."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from liaison_desktop.errors import Fault, Missing, Refused
from liaison_desktop.msl.materials.record import (
    Material,
    MaterialKind,
    MaterialVersion,
    Product,
    ScientificTopic,
    Use,
    VersionStatus,
)
from liaison_desktop.msl.materials.rules import clean_name, material_faults, product_faults, topic_faults
from liaison_desktop.paths import resource
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Act

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def save_topic(store: Store, topic: ScientificTopic) -> ScientificTopic:
    """Save a new or changed topic. Raises Refused, as when another has its short name, and Stale."""
    kept = _typed(topic)
    if faults := topic_faults(kept, store.all(ScientificTopic)):
        raise Refused(faults)
    return store.save(kept)


def save_product(store: Store, product: Product) -> Product:
    """Save a new or changed product. Raises Refused, as when another has its name, and Stale."""
    if faults := product_faults(product, store.all(Product)):
        raise Refused(faults)
    return store.save(product)


def save_taxonomy(store: Store, products: Iterable[Product], topics: Iterable[ScientificTopic]) -> None:
    """Save products and topics together. Raises Refused if one of them lacks what it needs, or two are called alike."""
    all_products, all_topics = tuple(products), tuple(_typed(topic) for topic in topics)
    here = (*store.all(Product), *all_products)
    spoken = (*store.all(ScientificTopic), *all_topics)
    faults = [
        *(fault for product in all_products for fault in product_faults(product, here)),
        *(fault for topic in all_topics for fault in topic_faults(topic, spoken)),
    ]
    if faults:
        raise Refused(faults)
    with store.transaction("taxonomy") as transaction:
        for record in (*all_products, *all_topics):
            transaction.save(record)


def _typed(topic: ScientificTopic) -> ScientificTopic:
    """The short name as it is kept: whoever writes the # along with it means the same."""
    return msgspec.structs.replace(topic, code=topic.code.strip().removeprefix("#"))


def most_bytes(store: Store) -> int:
    """The greatest size of a file that is kept, from the policy in force."""
    return round(policy_of(store).number("attachment_megabytes") * 1_000_000)


def save_material(store: Store, material: Material) -> Material:
    """Save a new or changed material without touching its files. Raises Refused and Stale."""
    checked = msgspec.structs.replace(material, policy_version=policy_of(store).version)
    if faults := material_faults(checked, store.clock().date()):
        raise Refused(faults)
    return store.save(checked)


def add_version(store: Store, material: Material, version: MaterialVersion, content: bytes, file_name: str) -> Material:
    """Save a material with one more version and its file, all of it or nothing. Raises Refused, Stale or Damaged."""
    policy = policy_of(store)
    with store.transaction("version added") as transaction:
        name = transaction.attach(content, most=most_bytes(store)) if content else ""
        added = msgspec.structs.replace(
            version, sha256=name, size=len(content), file_name=clean_name(file_name), status=VersionStatus.APPROVED
        )
        grown = msgspec.structs.replace(material, versions=(*material.versions, added), policy_version=policy.version)
        if faults := material_faults(grown, store.clock().date()):
            raise Refused(faults)
        return transaction.save(grown)


def withdraw_version(store: Store, material_id: uuid.UUID, version_id: uuid.UUID, reason: str) -> Material:
    """Withdraw a version from today on; its file stays, because visits show it was used. Raises Refused."""
    if not reason.strip():
        raise Refused((Fault(field="withdrawn_reason", message="Say why it is withdrawn."),))
    material = store.get(Material, material_id)
    versions = tuple(
        msgspec.structs.replace(
            one, status=VersionStatus.WITHDRAWN, withdrawn_on=store.clock().date(), withdrawn_reason=reason.strip()
        )
        if one.id == version_id
        else one
        for one in material.versions
    )
    return store.save(msgspec.structs.replace(material, versions=versions), reason="version withdrawn")


def open_version(
    store: Store, material: Material, version: MaterialVersion, act: Act = Act.VIEWED, how: str = ""
) -> bytes:
    """The file of a version, checked; the journal says that it was read, exported or printed. Raises Missing, Damaged."""
    if not version.sha256:
        raise Missing("This version has no file.")
    content = store.attachments.get(version.sha256)
    store.note(act, kind=Material.kind, subject=material.id, detail=": ".join(filter(None, ("file of a version", how))))
    return content


def save_practice(
    store: Store,
    rows: Iterable[Mapping[str, Any]],
    products: Mapping[str, Product],
    topics: Mapping[str, ScientificTopic],
) -> None:
    """Save the invented materials of a practice store, their days counted from its clock."""
    today = store.clock().date()
    for one in rows:
        material = Material(
            name=one["name"],
            material_kind=MaterialKind(one["kind"]),
            product_id=products[one["product"]].id if one["product"] else None,
            topic_id=topics[one["topic"]].id if one["topic"] else None,
            use=Use(one["use"]),
        )
        content = resource("practice", one["file"]).read_bytes()
        for row in one["versions"]:
            version = MaterialVersion(
                number=row["number"],
                approval_ref=row["ref"],
                approved_on=today - datetime.timedelta(days=row["approved_days_ago"]),
                expires_on=today + datetime.timedelta(days=row["expires_in"]),
            )
            material = add_version(store, material, version, content, one["file"])
            if row["withdrawn"]:
                material = withdraw_version(store, material.id, version.id, row["withdrawn"])
