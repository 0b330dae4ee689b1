from __future__ import annotations

import math

from liaison_desktop.documents.ink import Point, fitted, outline
from tests.documents.samples import strokes


def _line(step_ms: float, pressure: float = 0.5) -> list[Point]:
    return [(10.0 * number, 50.0, step_ms * number, pressure) for number in range(20)]


def _thickness(points: list[Point]) -> float:
    shape = outline(points)
    middle = len(points) // 2
    return math.dist(shape[middle], shape[-1 - middle])


def test_a_fast_pen_is_thinner_than_a_slow_one() -> None:
    assert _thickness(_line(step_ms=5)) < _thickness(_line(step_ms=100))


def test_pressure_thickens() -> None:
    assert _thickness(_line(20, pressure=1.0)) > _thickness(_line(20, pressure=0.1))


def test_both_ends_are_tapered() -> None:
    points = _line(50)
    shape = outline(points)
    assert math.dist(shape[0], shape[-1]) < _thickness(points)


def test_a_touch_is_a_dot_and_nothing_is_nothing() -> None:
    dot = outline([(5, 5, 0, 0.5)])
    assert len(dot) == 12
    assert outline([(5, 5, 0, 0.5), (5, 5, 9, 0.5)]) == dot
    assert outline([]) == []


def test_points_at_one_moment_do_not_divide_by_zero() -> None:
    assert all(math.isfinite(part) for corner in outline([(0, 0, 0, 0), (1, 1, 0, 0), (1, 1, 0, 0)]) for part in corner)


def test_the_shape_is_kept_and_turned_right_way_up() -> None:
    corner: list[list[Point]] = [[(0, 0, 0, 0.5), (0, 100, 1, 0.5), (300, 100, 2, 0.5)]]
    (stroke,) = fitted(corner, 60, 40)
    assert [(round(x, 6), round(y, 6)) for x, y, *_ in stroke] == [(0, 20), (0, 0), (60, 0)]


def test_every_point_lies_in_the_box() -> None:
    for stroke in fitted(strokes(3), 180, 33):
        assert all(-1e-6 <= x <= 180.001 and -1e-6 <= y <= 33.001 for x, y, *_ in stroke)


def test_a_hair_fine_mark_is_not_blown_up() -> None:
    (stroke,) = fitted([[(0, 0, 0, 0.5), (2, 0, 1, 0.5)]], 180, 33)
    assert stroke[1][0] <= 4
