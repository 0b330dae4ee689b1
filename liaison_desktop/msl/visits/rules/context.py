"""What the rules of a visit need to know beside the visit itself."""

from __future__ import annotations

import datetime
import types
import uuid
from collections.abc import Mapping

import msgspec

from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.inquiries.record import SiuuPackage, StandingRequest
from liaison_desktop.msl.materials.record import LabelStatus, Lifecycle, Material, Product, ScientificTopic
from liaison_desktop.msl.visits.record import Topic, Visit
from liaison_desktop.policies import Policy


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """The rest of the world at one moment: the person, the taxonomy, the visits around that day."""

    now: datetime.datetime
    policy: Policy
    person: Person | None = None
    topics: Mapping[uuid.UUID, ScientificTopic]
    products: Mapping[uuid.UUID, Product]
    materials: Mapping[uuid.UUID, Material] = types.MappingProxyType({})
    nearby: tuple[Visit, ...] = ()
    requests: Mapping[uuid.UUID, StandingRequest] = {}
    packages: Mapping[uuid.UUID, SiuuPackage] = {}

    def label_of(self, topic: Topic) -> LabelStatus | None:
        """How a topic stands to the label. None if it is not in the taxonomy."""
        known = self.topics.get(topic.topic_id) if topic.topic_id else None
        return known.label_status if known else None

    def product_of(self, topic: Topic) -> Product | None:
        """The product of a topic: the one chosen in the visit, else the one of the taxonomy."""
        known = self.topics.get(topic.topic_id) if topic.topic_id else None
        chosen = topic.product_id or (known.product_id if known else None)
        return self.products.get(chosen) if chosen else None

    def is_off_label(self, topic: Topic) -> bool:
        """Whether a topic lies outside the label, whether the product is approved or not."""
        return self.label_of(topic) in (LabelStatus.OFF_LABEL, LabelStatus.INVESTIGATIONAL) or self.is_unapproved(topic)

    def is_unapproved(self, topic: Topic) -> bool:
        """Whether a topic is about a product that is not approved."""
        product = self.product_of(topic)
        return bool(product and product.lifecycle is Lifecycle.INVESTIGATIONAL)


def local(moment: datetime.datetime, now: datetime.datetime) -> datetime.datetime:
    """The moment on the wall clock of `now`."""
    return moment.astimezone(now.tzinfo)


def when(moment: datetime.datetime, now: datetime.datetime) -> str:
    """A moment in words: `Thu 19 Nov, 16:30`, with the year if it is another one."""
    there = local(moment, now)
    year = f" {there.year}" if there.year != now.year else ""
    return f"{there:%a} {there.day} {there:%b}{year}, {there:%H:%M}"
