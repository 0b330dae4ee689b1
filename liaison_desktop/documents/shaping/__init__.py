"""Scripts the PDF writer cannot set: Arabic from right to left, joined Hindi, Chinese without spaces.

`levels` says which way each letter runs (UAX #9), `glyphs` which shapes stand for the letters, `paragraph` breaks lines.
"""
