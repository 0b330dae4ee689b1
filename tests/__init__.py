"""Tests: gestures in, store state out. Real encrypted stores, real widgets, real files; fakes only at real borders."""
