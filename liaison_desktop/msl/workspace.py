"""The medical science workspace: its kinds and its pages. Pages are imported when they are first shown."""

from __future__ import annotations

from liaison_desktop.msl.directory.record import Affiliation, Institution, Person
from liaison_desktop.msl.materials.record import Product, ScientificTopic
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.store import Schema

KINDS = (Person, Institution, Affiliation, Product, ScientificTopic, Visit)

SCHEMA = Schema(name="msl", kinds=KINDS)
