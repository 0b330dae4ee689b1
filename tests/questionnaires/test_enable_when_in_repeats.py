"""enableWhen inside repeating groups: each occurrence reads its own answers. No public test suite covers this."""

from __future__ import annotations

from typing import Any

import pytest

from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import validate
from tests.questionnaires.forms import answered, code, definition, item, response, shown, when

YES = code("yes")


def medicines(*more: dict[str, Any], prn_after: bool = False) -> Definition:
    """A list of medicines in which "as needed" asks for the reason."""
    prn = item("prn", "boolean")
    why = item("why", show=[when("prn", "=", True)], required=True)
    inner = [why, prn] if prn_after else [prn, why]
    return definition(item("med", "group", repeats=True, items=[item("name"), *inner]), *more)


def med(name: str, prn: bool | None = None, why: str | None = None, **more: Any) -> dict[str, Any]:
    items = [answered("name", name)]
    if prn is not None:
        items.append(answered("prn", prn))
    if why is not None:
        items.append(answered("why", why))
    return answered("med", items=items, **more)


# -- siblings of one occurrence ---------------------------------------------------------------------------------------


def test_each_occurrence_reads_its_own_sibling() -> None:
    assert shown(medicines(), med("a", True), med("b", False), med("c", True), of="why") == [True, False, True]


def test_a_blank_sibling_is_not_replaced_by_the_one_of_the_occurrence_before() -> None:
    assert shown(medicines(), med("a", True), med("b"), of="why") == [True, False]


def test_a_blank_sibling_is_not_replaced_by_the_one_of_the_occurrence_after() -> None:
    assert shown(medicines(), med("a"), med("b", True), of="why") == [False, True]


def test_a_sibling_that_stands_after_the_item_is_nearer_than_one_in_the_occurrence_before() -> None:
    assert shown(medicines(prn_after=True), med("a", True), med("b", False), of="why") == [True, False]
    assert shown(medicines(prn_after=True), med("a", False), med("b", True), of="why") == [False, True]


def test_three_occurrences_in_every_combination() -> None:
    for bits in range(8):
        wanted = [bool(bits >> place & 1) for place in range(3)]
        assert shown(medicines(), *(med(str(n), asked) for n, asked in enumerate(wanted)), of="why") == wanted


def test_not_equal_in_a_repeat_is_false_while_unanswered() -> None:
    held = definition(item("g", "group", repeats=True, items=[item("a"), item("b", show=[when("a", "!=", "x")])]))
    assert shown(
        held,
        answered("g", items=[answered("a", "x")]),
        answered("g", items=[answered("a", "y")]),
        answered("g", id="third"),
        of="b",
    ) == [False, True, False]


def test_exists_in_a_repeat() -> None:
    held = definition(item("g", "group", repeats=True, items=[item("a"), item("b", show=[when("a", "exists", True)])]))
    assert shown(held, answered("g", items=[answered("a", "x")]), answered("g", id="i2"), of="b") == [True, False]


def test_does_not_exist_in_a_repeat() -> None:
    held = definition(item("g", "group", repeats=True, items=[item("a"), item("b", show=[when("a", "exists", False)])]))
    assert shown(held, answered("g", items=[answered("a", "x")]), answered("g", id="i2"), of="b") == [False, True]


@pytest.mark.parametrize(
    ("operator", "wanted"),
    [
        (">", [False, False, True]),
        ("<", [True, False, False]),
        (">=", [False, True, True]),
        ("<=", [True, True, False]),
    ],
)
def test_order_in_a_repeat(operator: str, wanted: list[bool]) -> None:
    held = definition(
        item("g", "group", repeats=True, items=[item("n", "integer"), item("b", show=[when("n", operator, 5)])])
    )
    assert shown(held, *(answered("g", items=[answered("n", n)]) for n in (4, 5, 6)), of="b") == wanted


# -- any and all ------------------------------------------------------------------------------------------------------


def two_conditions(any_of: bool) -> Definition:
    return definition(
        item(
            "g",
            "group",
            repeats=True,
            items=[
                item("a", "boolean"),
                item("b", "boolean"),
                item("c", show=[when("a", "=", True), when("b", "=", True)], any=any_of),
            ],
        )
    )


def pair(a: bool, b: bool) -> dict[str, Any]:
    return answered("g", items=[answered("a", a), answered("b", b)])


def test_all_conditions_are_met_within_one_occurrence() -> None:
    assert shown(two_conditions(False), pair(True, False), pair(False, True), of="c") == [False, False]
    assert shown(two_conditions(False), pair(True, False), pair(True, True), of="c") == [False, True]


def test_any_condition_is_met_within_one_occurrence() -> None:
    assert shown(two_conditions(True), pair(True, False), pair(False, False), of="c") == [True, False]


def test_one_condition_inside_and_one_outside() -> None:
    held = definition(
        item("whole", "boolean"),
        item(
            "g",
            "group",
            repeats=True,
            items=[item("a", "boolean"), item("c", show=[when("whole", "=", True), when("a", "=", True)])],
        ),
    )
    groups = [answered("g", items=[answered("a", True)]), answered("g", items=[answered("a", False)])]
    assert shown(held, answered("whole", True), *groups, of="c") == [True, False]
    assert shown(held, answered("whole", False), *groups, of="c") == [False, False]


# -- looking out of the repeat ----------------------------------------------------------------------------------------


def test_every_occurrence_reads_a_question_before_the_group() -> None:
    held = definition(
        item("q"), item("g", "group", repeats=True, items=[item("a"), item("b", show=[when("q", "=", "x")])])
    )
    groups = [answered("g", items=[answered("a", "1")]), answered("g", items=[answered("a", "2")])]
    assert shown(held, answered("q", "x"), *groups, of="b") == [True, True]


def test_every_occurrence_reads_a_question_after_the_group() -> None:
    held = definition(
        item("g", "group", repeats=True, items=[item("a"), item("b", show=[when("q", "=", "x")])]), item("q")
    )
    groups = [answered("g", items=[answered("a", "1")]), answered("g", items=[answered("a", "2")])]
    assert shown(held, *groups, answered("q", "x"), of="b") == [True, True]


def test_a_condition_on_the_repeating_group_itself_holds_for_all_occurrences() -> None:
    held = definition(item("q"), item("g", "group", repeats=True, show=[when("q", "=", "x")], items=[item("a")]))
    groups = [answered("g", items=[answered("a", "1")]), answered("g", items=[answered("a", "2")])]
    assert shown(held, answered("q", "x"), *groups, of="g") == [True, True]
    assert shown(held, answered("q", "y"), *groups, of="a") == [False, False]


# -- looking into a repeat from outside -------------------------------------------------------------------------------


def test_an_item_after_the_group_reads_the_last_occurrence() -> None:
    held = definition(item("g", "group", repeats=True, items=[item("a")]), item("after", show=[when("a", "=", "x")]))
    one, other = answered("g", items=[answered("a", "x")]), answered("g", items=[answered("a", "y")])
    assert shown(held, one, other, of="after") == [False]
    assert shown(held, other, one, of="after") == [True]


def test_an_item_before_the_group_reads_the_first_occurrence() -> None:
    held = definition(item("before", show=[when("a", "=", "x")]), item("g", "group", repeats=True, items=[item("a")]))
    one, other = answered("g", items=[answered("a", "x")]), answered("g", items=[answered("a", "y")])
    assert shown(held, one, other, of="before") == [True]
    assert shown(held, other, one, of="before") == [False]


def test_a_blank_occurrence_offered_on_the_screen_changes_nothing_outside() -> None:
    held = definition(item("g", "group", repeats=True, items=[item("a")]), item("after", show=[when("a", "=", "x")]))
    sheet = Sheet.read(held, response(answered("g", items=[answered("a", "x")])))
    sheet.add(sheet.nodes("g")[0])
    assert [node.enabled for node in sheet.nodes("after")] == [True]


def test_no_occurrence_at_all_counts_as_unanswered() -> None:
    held = definition(
        item("g", "group", repeats=True, items=[item("a")]),
        item("no", show=[when("a", "=", "x")]),
        item("none", show=[when("a", "exists", False)]),
    )
    assert shown(held, of="no") == [False]
    assert shown(held, of="none") == [True]


def test_a_repeat_beside_another_reads_the_last_occurrence_of_the_one_before() -> None:
    held = definition(
        item("g", "group", repeats=True, items=[item("a")]),
        item("h", "group", repeats=True, items=[item("n"), item("b", show=[when("a", "=", "x")])]),
    )
    gs = [answered("g", items=[answered("a", "y")]), answered("g", items=[answered("a", "x")])]
    hs = [answered("h", items=[answered("n", "1")]), answered("h", items=[answered("n", "2")])]
    assert shown(held, *gs, *hs, of="b") == [True, True]


# -- repeats in repeats -----------------------------------------------------------------------------------------------


def visits() -> Definition:
    inner = item(
        "dose", "group", repeats=True, items=[item("late", "boolean"), item("why", show=[when("late", "=", True)])]
    )
    reason = item("summary", show=[when("late", "=", True)])
    return definition(item("visit", "group", repeats=True, items=[item("by"), inner, reason]))


def dose(late: bool) -> dict[str, Any]:
    return answered("dose", items=[answered("late", late)])


def test_inner_occurrences_read_their_own() -> None:
    groups = [answered("visit", items=[dose(True), dose(False)]), answered("visit", items=[dose(False), dose(True)])]
    assert shown(visits(), *groups, of="why") == [True, False, False, True]


def test_an_item_of_the_outer_occurrence_reads_the_last_inner_one_of_its_own() -> None:
    groups = [answered("visit", items=[dose(True), dose(False)]), answered("visit", items=[dose(False), dose(True)])]
    assert shown(visits(), *groups, of="summary") == [False, True]


def test_an_inner_item_reads_a_question_of_its_outer_occurrence() -> None:
    held = definition(
        item(
            "outer",
            "group",
            repeats=True,
            items=[
                item("kind"),
                item("inner", "group", repeats=True, items=[item("n"), item("b", show=[when("kind", "=", "x")])]),
            ],
        )
    )
    inner = answered("inner", items=[answered("n", "1")])
    groups = [
        answered("outer", items=[answered("kind", "x"), inner, inner]),
        answered("outer", items=[answered("kind", "y"), inner]),
    ]
    assert shown(held, *groups, of="b") == [True, True, False]


def test_an_outer_occurrence_without_inner_ones_does_not_read_its_neighbour() -> None:
    groups = [answered("visit", items=[dose(True)]), answered("visit", items=[answered("by", "x")])]
    assert shown(visits(), *groups, of="summary") == [True, False]


def test_a_plain_group_between_repeat_and_question_changes_nothing() -> None:
    held = definition(
        item(
            "g",
            "group",
            repeats=True,
            items=[
                item("box", "group", items=[item("a", "boolean")]),
                item("other", "group", items=[item("b", show=[when("a", "=", True)])]),
            ],
        )
    )
    groups = [
        answered("g", items=[answered("box", items=[answered("a", True)])]),
        answered("g", items=[answered("box", items=[answered("a", False)])]),
    ]
    assert shown(held, *groups, of="b") == [True, False]


def test_three_levels_of_repeats() -> None:
    deepest = item("c", "group", repeats=True, items=[item("x", "boolean"), item("y", show=[when("x", "=", True)])])
    held = definition(item("a", "group", repeats=True, items=[item("b", "group", repeats=True, items=[deepest])]))

    def c(value: bool) -> dict[str, Any]:
        return answered("c", items=[answered("x", value)])

    groups = [
        answered("a", items=[answered("b", items=[c(True)]), answered("b", items=[c(False), c(True)])]),
        answered("a", items=[answered("b", items=[c(False)])]),
    ]
    assert shown(held, *groups, of="y") == [True, False, True, False]


# -- disabled sources and parents -------------------------------------------------------------------------------------


def chain() -> Definition:
    return definition(
        item(
            "g",
            "group",
            repeats=True,
            items=[
                item("a", "boolean"),
                item("b", "boolean", show=[when("a", "=", True)]),
                item("c", show=[when("b", "=", True)]),
                item("d", show=[when("b", "exists", False)]),
            ],
        )
    )


def abc(a: bool, b: bool) -> dict[str, Any]:
    return answered("g", items=[answered("a", a), answered("b", b), answered("c", "kept")])


def test_a_question_that_is_not_asked_counts_as_unanswered_in_its_occurrence() -> None:
    assert shown(chain(), abc(False, True), abc(True, True), of="c") == [False, True]
    assert shown(chain(), abc(False, True), abc(True, True), of="d") == [True, False]


def test_answering_again_in_one_occurrence_leaves_the_other_alone() -> None:
    sheet = Sheet.read(chain(), response(abc(True, True), abc(True, True)))
    changed = sheet.answer(sheet.nodes("a")[1], ("valueBoolean", False))
    assert {(node.item.link_id, node.parent.id if node.parent else "") for node in changed} == {
        ("b", sheet.nodes("g")[1].id),
        ("c", sheet.nodes("g")[1].id),
        ("d", sheet.nodes("g")[1].id),
    }
    assert [node.enabled for node in sheet.nodes("c")] == [True, False]


def test_an_answer_under_something_not_asked_comes_back_with_it() -> None:
    sheet = Sheet.read(chain(), response(abc(True, True)))
    sheet.answer(sheet.nodes("a")[0], ("valueBoolean", False))
    sheet.answer(sheet.nodes("a")[0], ("valueBoolean", True))
    assert sheet.nodes("c")[0].enabled
    assert sheet.nodes("c")[0].value == "kept"


def test_a_group_that_is_not_asked_in_one_occurrence_hides_all_below_there_only() -> None:
    held = definition(
        item(
            "g",
            "group",
            repeats=True,
            items=[
                item("a", "boolean"),
                item("box", "group", show=[when("a", "=", True)], items=[item("deep", "group", items=[item("x")])]),
            ],
        )
    )
    groups = [answered("g", items=[answered("a", True)]), answered("g", items=[answered("a", False)])]
    assert shown(held, *groups, of="x") == [True, False]


# -- questions with answers that repeat, and items under answers ------------------------------------------------------


def test_any_of_several_answers_is_enough() -> None:
    held = definition(
        item(
            "g", "group", repeats=True, items=[item("a", "choice", repeats=True), item("b", show=[when("a", "=", YES)])]
        )
    )
    groups = [
        answered("g", items=[answered("a", code("no"), YES)]),
        answered("g", items=[answered("a", code("no"), code("maybe"))]),
    ]
    assert shown(held, *groups, of="b") == [True, False]


def test_not_equal_is_met_by_one_answer_that_differs() -> None:
    held = definition(item("a", "choice", repeats=True), item("b", show=[when("a", "!=", YES)]))
    assert shown(held, answered("a", YES, code("no")), of="b") == [True]
    assert shown(held, answered("a", YES), of="b") == [False]


def test_an_item_under_an_answer_reads_that_answer_only() -> None:
    held = definition(item("a", "choice", repeats=True, items=[item("b", show=[when("a", "=", YES)])]))
    made = answered("a")
    made["answer"] = [
        {"valueCoding": YES, "item": [answered("b", "1")]},
        {"valueCoding": code("no"), "item": [answered("b", "2")]},
    ]
    assert shown(held, made, of="b") == [True, False]


def test_items_under_one_answer_read_each_other_and_not_those_of_the_next() -> None:
    held = definition(item("a", repeats=True, items=[item("x", "boolean"), item("y", show=[when("x", "=", True)])]))
    made = answered("a")
    made["answer"] = [
        {"valueString": "1", "item": [answered("x", True)]},
        {"valueString": "2", "item": [answered("x", False)]},
        {"valueString": "3"},
    ]
    assert shown(held, made, of="y") == [True, False, False]


def test_an_item_below_a_question_in_a_repeat_reads_its_own_ancestor() -> None:
    held = definition(
        item("g", "group", repeats=True, items=[item("a", items=[item("b", show=[when("a", "=", "x")])])])
    )
    one, other = answered("a"), answered("a")
    one["answer"], other["answer"] = [{"valueString": "x"}], [{"valueString": "y"}]
    assert shown(held, answered("g", items=[one]), answered("g", items=[other]), of="b") == [True, False]


# -- adding, removing, saving -----------------------------------------------------------------------------------------


def test_a_new_occurrence_starts_with_nothing_shown() -> None:
    sheet = Sheet.read(medicines(), response(med("a", True, "pain")))
    fresh = sheet.add(sheet.nodes("med")[0])
    assert [node.enabled for node in sheet.nodes("why")] == [True, False]
    sheet.answer(fresh.children["prn"][0], ("valueBoolean", True))
    assert [node.enabled for node in sheet.nodes("why")] == [True, True]


def test_removing_an_occurrence_keeps_the_answers_and_ids_of_the_others() -> None:
    sheet = Sheet.read(medicines(), response(med("a", True, "pain", id="one"), med("b", False, id="two")))
    sheet.add(sheet.nodes("med")[0])
    sheet.remove(sheet.nodes("med")[0])
    assert [node.id for node in sheet.nodes("med")][0] == "two"
    assert [node.value for node in sheet.nodes("name")][0] == "b"
    assert [node.enabled for node in sheet.nodes("why")] == [False, False]


def test_removing_the_last_occurrence_leaves_a_blank_one() -> None:
    sheet = Sheet.read(medicines(), response(med("a", True, "pain")))
    sheet.remove(sheet.nodes("med")[0])
    assert [node.value for node in sheet.nodes("name")] == [None]
    assert "item" not in sheet.write()


def test_ids_survive_writing_and_reading() -> None:
    sheet = Sheet.read(medicines(), response(med("a"), med("b")))
    again = Sheet.read(medicines(), sheet.write())
    assert [node.id for node in sheet.nodes("med")] == [node.id for node in again.nodes("med")]
    assert len({node.id for node in again.nodes("med")}) == 2


def test_saved_and_live_agree_for_every_pattern() -> None:
    for bits in range(16):
        sheet = Sheet.read(medicines(), response(med("a"), med("b"), med("c"), med("d")))
        for place, node in enumerate(sheet.nodes("prn")):
            if bits >> place & 1:
                sheet.answer(node, ("valueBoolean", True))
        live = [node.enabled for node in sheet.nodes("why")]
        assert live == [node.enabled for node in Sheet.read(medicines(), sheet.write()).nodes("why")]
        assert live == [bool(bits >> place & 1) for place in range(4)]


# -- what is required where -------------------------------------------------------------------------------------------


def required(held: Definition, *items: dict[str, Any]) -> list[tuple[str, str]]:
    sheet = Sheet.read(held, response(*items))
    return [(issue.link_id, issue.where) for issue in validate(sheet) if issue.code == "required"]


def test_required_is_asked_only_in_the_occurrence_where_the_item_is_asked() -> None:
    assert required(medicines(), med("a", False), med("b", True, id="two"), med("c")) == [("why", "med:two/why")]


def test_the_second_medicine_is_not_asked_because_of_the_first() -> None:
    assert required(medicines(), med("a", True, "pain"), med("b")) == []


def test_required_is_asked_again_in_each_occurrence() -> None:
    assert [link_id for link_id, _ in required(medicines(), med("a", True), med("b", True))] == ["why", "why"]


def test_a_blank_occurrence_asks_for_nothing() -> None:
    assert required(medicines()) == []


def test_an_answer_not_asked_does_not_fill_a_required_group() -> None:
    held = definition(
        item("a", "boolean"),
        item("g", "group", required=True, items=[item("x", show=[when("a", "=", True)]), item("y")]),
    )
    assert required(held, answered("a", False), answered("g", items=[answered("x", "kept")])) == [("g", "g")]
    assert required(held, answered("a", True), answered("g", items=[answered("x", "kept")])) == []
