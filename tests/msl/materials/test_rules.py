"""What topics and products must be beside one another."""

from __future__ import annotations

import pytest

from liaison_desktop.errors import Refused
from liaison_desktop.msl.materials.actions import save_product, save_taxonomy, save_topic
from liaison_desktop.msl.materials.record import LabelStatus, Lifecycle, Product, ScientificTopic
from liaison_desktop.store import Store


def a_topic(code: str, label: str = "Renal dosing", active: bool = True) -> ScientificTopic:
    return ScientificTopic(code=code, label=label, label_status=LabelStatus.OFF_LABEL, active=active)


def refused(store: Store, topic: ScientificTopic) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        save_topic(store, topic)
    return {fault.field: fault.message for fault in caught.value.faults}


@pytest.mark.parametrize("same", ["dosing", "DOSING", " #dosing ", "dösing"])
def test_a_short_name_is_there_once(msl_store: Store, same: str) -> None:
    kept = save_topic(msl_store, a_topic("#dosing"))
    assert kept.code == "dosing"
    assert refused(msl_store, a_topic(same)) == {"code": "Another topic has this short name. Choose another."}
    assert save_topic(msl_store, kept).code == "dosing", "a topic does not stand in its own way"


def test_an_old_short_name_stays_with_its_old_visits(msl_store: Store) -> None:
    save_topic(msl_store, a_topic("dosing", active=False))
    assert "no longer in use" in refused(msl_store, a_topic("dosing"))["code"]


def test_topics_without_a_short_name_do_not_clash(msl_store: Store) -> None:
    save_topic(msl_store, a_topic("", "One"))
    save_topic(msl_store, a_topic("", "Two"))
    assert len(msl_store.all(ScientificTopic)) == 2


@pytest.mark.parametrize("code", ["renal dosing", "a\tb", "renal#dosing"])
def test_a_short_name_is_one_word(msl_store: Store, code: str) -> None:
    assert "one word" in refused(msl_store, a_topic(code))["code"]


def test_a_product_is_there_once(msl_store: Store) -> None:
    kept = save_product(msl_store, Product(name="Velacor", lifecycle=Lifecycle.APPROVED))
    with pytest.raises(Refused) as caught:
        save_product(msl_store, Product(name="velacor ", lifecycle=Lifecycle.INVESTIGATIONAL))
    assert [fault.field for fault in caught.value.faults] == ["name"]
    assert "velacor" not in str(caught.value).casefold()
    assert msl_store.all(Product) == (kept,)


def test_a_list_with_two_alike_is_refused_whole(msl_store: Store) -> None:
    with pytest.raises(Refused):
        save_taxonomy(msl_store, (), (a_topic("itch", "Itch"), a_topic("ITCH", "Another")))
    assert msl_store.all(ScientificTopic) == ()
