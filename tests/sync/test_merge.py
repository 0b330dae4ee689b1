"""The three-way merge: what one side left alone is the other's, sets take both, and no text is ever spliced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desktop.records import Merging, Seal
from liaison_desktop.sync.merge import Shape, broken_seals, differing, is_sealed, merge

SHAPES = {"topics": Shape.SET, "rows": Shape.ROWS}

values = st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(["", "a", "b"]))
bodies = st.fixed_dictionaries(
    {"id": st.just("1"), "version": st.uuids().map(str), "one": values, "two": values},
    optional={"topics": st.lists(st.sampled_from("abcd"), unique=True), "three": values},
)


def test_each_side_keeps_what_it_alone_changed() -> None:
    base = {"notes": "a", "outcome": "x", "version": "0"}
    merged = merge(base, base | {"notes": "theirs", "version": "1"}, base | {"outcome": "ours", "version": "2"}, {})
    assert merged.body == {"notes": "theirs", "outcome": "ours", "version": "1"}
    assert (merged.took, merged.clashes) == (("notes",), ())


def test_the_same_field_changed_twice_is_a_clash_and_is_never_spliced() -> None:
    base = {"notes": "She slept well."}
    merged = merge(base, {"notes": "She slept well. Pain 3."}, {"notes": "She slept badly."}, {})
    assert merged.clashes == ("notes",)
    assert merged.body == {"notes": "She slept well. Pain 3."}


def test_a_set_takes_what_each_added_and_loses_what_each_removed() -> None:
    base = {"topics": ["a", "b", "c"]}
    merged = merge(base, {"topics": ["b", "c", "d"]}, {"topics": ["a", "b", "e"]}, SHAPES)
    assert merged.body["topics"] == ["b", "d", "e"]
    assert merged.took == ("topics",)


def test_rows_with_an_id_are_merged_one_by_one() -> None:
    base = {"rows": [{"id": "1", "said": "a", "done": False}, {"id": "2", "said": "b", "done": False}]}
    head = {"rows": [{"id": "1", "said": "A", "done": False}, {"id": "2", "said": "b", "done": False}]}
    ours = {"rows": [{"id": "1", "said": "a", "done": True}, {"id": "3", "said": "c", "done": False}]}
    assert merge(base, head, ours, SHAPES).body["rows"] == [
        {"id": "1", "said": "A", "done": True},
        {"id": "3", "said": "c", "done": False},
    ]
    ours["rows"][0]["said"] = "other"
    assert merge(base, head, ours, SHAPES).clashes == ("rows",)


def test_a_row_that_one_removed_and_the_other_changed_is_a_clash() -> None:
    base = {"rows": [{"id": "1", "said": "a"}]}
    assert merge(base, {"rows": []}, {"rows": [{"id": "1", "said": "b"}]}, SHAPES).clashes == ("rows",)


def test_a_list_both_only_added_to_takes_both() -> None:
    base = {"rows": [{"at": 1}]}
    merged = merge(base, {"rows": [{"at": 1}, {"at": 2}]}, {"rows": [{"at": 1}, {"at": 3}]}, SHAPES)
    assert merged.body["rows"] == [{"at": 1}, {"at": 2}, {"at": 3}]
    assert merge(base, {"rows": [{"at": 0}]}, {"rows": [{"at": 1}, {"at": 3}]}, SHAPES).clashes == ("rows",)


def test_an_older_version_does_not_erase_a_field_it_does_not_know() -> None:
    base = {"notes": "a", "new": "kept"}
    assert merge(base, base | {"new": "changed"}, {"notes": "b"}, {}).body == {"notes": "b", "new": "changed"}


@given(bodies, bodies)
def test_against_what_was_left_alone_ours_is_the_result(base: dict, ours: dict) -> None:
    merged = merge(base, base, ours, SHAPES)
    assert merged.clashes == ()
    assert differing(merged.body, {**base, **ours}) == ()
    assert merge(base, ours, base, SHAPES).clashes == ()


@given(bodies, bodies, bodies)
def test_both_orders_find_the_same_clashes_and_the_same_values(base: dict, one: dict, two: dict) -> None:
    first, second = merge(base, one, two, SHAPES), merge(base, two, one, SHAPES)
    assert first.clashes == second.clashes
    for name in set(first.body) - {"version"} - set(first.clashes):
        left, right = first.body[name], second.body[name]
        assert (sorted(left), left == right)[0] == sorted(right) if isinstance(left, list) else left == right


@given(bodies, bodies, bodies)
def test_no_value_comes_from_nowhere(base: dict, head: dict, ours: dict) -> None:
    merged = merge(base, head, ours, SHAPES)
    for name, value in merged.body.items():
        sides = [side[name] for side in (base, head, ours) if name in side]
        assert value in sides or (isinstance(value, list) and set(value) <= {one for side in sides for one in side})


SIGNED = Seal(field="signatures", may_change=("signatures", "state"))
FINAL = Seal(field="state", values=("active",))


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        ({"text": "a", "signatures": []}, {"text": "b", "signatures": []}, ()),
        ({"text": "a", "signatures": ["x"]}, {"text": "b", "signatures": ["x"]}, ("text",)),
        ({"text": "a", "signatures": ["x"]}, {"text": "a", "signatures": ["x", "y"]}, ()),
        ({"text": "a", "signatures": ["x"]}, {"text": "a", "signatures": ["y"]}, ("signatures",)),
        ({"state": "active", "signatures": ["x"]}, {"state": "active", "signatures": ["x", "y"]}, ("signatures",)),
        ({"state": "active", "version": "1"}, {"state": "active", "version": "2"}, ()),
    ],
)
def test_a_seal_holds(before: dict, after: dict, broken: tuple[str, ...]) -> None:
    assert broken_seals(before, after, Merging.IMMUTABLE, (SIGNED, FINAL)) == broken


def test_what_is_immutable_without_a_seal_is_sealed_from_the_beginning() -> None:
    assert broken_seals({"text": "a"}, {"text": "b"}, Merging.IMMUTABLE, ()) == ("text",)
    assert broken_seals({"text": "a"}, {"text": "b"}, Merging.MERGE, ()) == ()
    assert is_sealed({"text": "a"}, Merging.IMMUTABLE, ())
    assert not is_sealed({"signatures": []}, Merging.IMMUTABLE, (SIGNED,))


def test_a_seal_on_some_fields_leaves_the_others() -> None:
    seal = Seal(field="signature", stands=("text",))
    before = {"signature": {"at": 1}, "text": "a", "status": "open"}
    assert broken_seals(before, before | {"status": "done"}, Merging.KEEP_BOTH, (seal,)) == ()
    assert broken_seals(before, before | {"text": "b"}, Merging.KEEP_BOTH, (seal,)) == ("text",)
