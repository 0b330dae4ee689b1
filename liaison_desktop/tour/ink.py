"""Invented hands for signing: curves as a person draws them, and initials for those who sign in a hurry."""

from __future__ import annotations

from PySide6.QtCore import QPointF

Curve = tuple[tuple[float, float], ...]

# Cubic curves that share their ends, in px from the pad's left upper corner.
_MARIA = (
    (96, 128), (106, 86), (116, 48), (126, 42), (134, 40), (126, 96), (130, 108), (136, 86), (154, 44), (164, 42),
    (174, 40), (160, 106), (168, 110), (174, 112), (182, 100), (188, 94), (196, 84), (208, 86), (204, 100),
    (200, 112), (186, 112), (192, 98), (198, 86), (210, 88), (208, 100), (208, 110), (218, 108), (224, 96),
    (228, 90), (230, 88), (232, 90), (230, 106), (226, 112), (236, 108), (242, 104), (246, 90), (250, 88),
    (248, 106), (246, 112), (254, 108), (262, 104), (270, 84), (264, 90), (254, 100), (256, 112), (268, 108),
    (276, 106), (278, 92), (280, 88), (278, 106), (278, 114), (290, 102),
)  # fmt: skip
_ALVAREZ = (
    (310, 118), (326, 86), (342, 44), (358, 32), (364, 30), (354, 86), (358, 114), (362, 122), (372, 106), (376, 86),
    (380, 56), (388, 32), (382, 36), (372, 46), (372, 106), (382, 110), (390, 112), (396, 96), (400, 88),
    (404, 106), (406, 116), (414, 96), (418, 88), (420, 88), (428, 90), (424, 102), (418, 112), (408, 108),
    (418, 96), (428, 86), (436, 90), (432, 102), (434, 112), (442, 106), (446, 96), (448, 88), (452, 90),
    (456, 92), (454, 106), (452, 110), (462, 106), (496, 92), (532, 86), (566, 94),
)  # fmt: skip
_BAR = ((336, 80), (348, 78), (362, 76), (378, 78))
_ACCENT = ((238, 76), (240, 72), (243, 68), (247, 65))
_ACUTE = ((346, 26), (350, 20), (354, 16), (360, 12))
PATIENT: tuple[Curve, ...] = (_MARIA, _ALVAREZ, _BAR, _ACCENT, _ACUTE)


def moved(curves: tuple[Curve, ...], right: float, down: float, scale: float) -> tuple[Curve, ...]:
    """The same curves elsewhere and at another size."""
    return tuple(tuple((right + x * scale, down + y * scale) for x, y in curve) for curve in curves)


NURSE = moved((_ALVAREZ, _BAR), -180.0, 6.0, 0.9)
DOCTOR = moved((_MARIA,), 40.0, -18.0, 1.15)


def strokes(curves: tuple[Curve, ...], steps: int = 9) -> list[list[QPointF]]:
    """The points a pen passes, stroke by stroke."""
    drawn = []
    for curve in curves:
        points = []
        for start in range(0, len(curve) - 3, 3):
            part = curve[start : start + 4]
            for step in range(steps):
                t = step / steps
                weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
                x, y = (sum(w * p[axis] for w, p in zip(weights, part, strict=True)) for axis in (0, 1))
                points.append(QPointF(x, y))
        points.append(QPointF(*curve[-1]))
        drawn.append(points)
    return drawn
