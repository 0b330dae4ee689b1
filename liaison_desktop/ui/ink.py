"""Ink: how strokes of a pen become filled outlines. Pad and paper take them from here, so that one shows what the other does.

Pure geometry, without a window. Points are x and y (y grows downwards, as on a screen), milliseconds, pressure 0 to 1.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Sequence

Point = tuple[float, float, float, float]
Outline = list[tuple[float, float]]

_STEP = 1.6  # how far apart, in thicknesses, the points of a smoothed stroke lie
_TAPER = 3.0  # over how many thicknesses a stroke thins out at each end
_LEAST = 0.35  # of the thinnest: what is left at the very end


@dataclasses.dataclass(frozen=True)
class Nib:
    """How wide a slow and a fast pen writes, in the units of the points, and the speed (units a ms) at which it is thinnest."""

    thin: float
    thick: float
    fast: float


PAPER = Nib(1.0, 2.1, 0.9)  # points


def nib_for(scale: float) -> Nib:
    """The pen of paper on a pad whose pixels become `scale` points each."""
    return Nib(PAPER.thin / scale, PAPER.thick / scale, PAPER.fast / scale)


def smoothed(points: Sequence[Point], step: float) -> list[Point]:
    """A stroke through the midpoints of what the device reported, `step` apart: a mouse reports few and far between."""
    if len(points) < 3:
        return list(points)
    found, start = [points[0]], points[0]
    for number, (control, following) in enumerate(itertools.pairwise(points[1:]), start=2):
        last = number == len(points) - 1
        end = following if last else _between(control, following, 0.5)
        pieces = max(1, min(24, math.ceil((_far(start, control) + _far(control, end)) / max(1e-6, step))))
        for piece in range(1, pieces + 1):
            share = piece / pieces
            found.append(_between(_between(start, control, share), _between(control, end, share), share))
        start = end
    return found


def outline(points: Sequence[Point], nib: Nib = PAPER) -> Outline:
    """The closed outline of one stroke: thicker under pressure, thinner at speed, smooth, tapered at both ends.

    A single touch becomes a dot. Pressure 0 means the device does not know pressure; speed alone decides then.
    """
    if not points:
        return []
    if len(points) == 1 or all(point[:2] == points[0][:2] for point in points):
        return _dot(points[0][0], points[0][1], nib.thick / 2)
    line = smoothed(points, _STEP * nib.thin)
    reach = list(itertools.accumulate((_far(*pair) for pair in itertools.pairwise(line)), initial=0.0))
    taper = min(_TAPER * nib.thick, reach[-1] / 2)
    left: Outline = []
    right: Outline = []
    ink = 0.0
    for number, (x, y, _, pressure) in enumerate(line):
        before, after = line[max(0, number - 1)], line[min(len(line) - 1, number + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1e-6
        speed = length / max(0.2, after[2] - before[2])
        wanted = nib.thick - (nib.thick - nib.thin) * min(1.0, speed / nib.fast)
        if pressure > 0:
            wanted = (wanted + nib.thin + (nib.thick - nib.thin) * min(1.0, pressure)) / 2
        ink = wanted if number == 0 else ink * 0.85 + wanted * 0.15
        ends = min(reach[number], reach[-1] - reach[number]) / max(1e-6, taper)
        half = ink * max(_LEAST, min(1.0, ends)) / 2
        left.append((x - dy / length * half, y + dx / length * half))
        right.append((x + dy / length * half, y - dx / length * half))
    return left + right[::-1]


def _between(one: Point, other: Point, share: float) -> Point:
    x, y, moment, pressure = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return x, y, moment, pressure


def _far(one: Point, other: Point) -> float:
    return math.hypot(other[0] - one[0], other[1] - one[1])


def _dot(x: float, y: float, radius: float) -> Outline:
    return [
        (x + radius * math.cos(step * math.pi / 6), y + radius * math.sin(step * math.pi / 6)) for step in range(12)
    ]
