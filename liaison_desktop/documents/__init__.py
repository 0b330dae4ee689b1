"""The PDF kit: fonts, styles, page furniture, tables, drawn signatures, codes, reading back, finishing, preview.

It knows paper, not records: a feature's `document.py` says what stands where, this package says how it looks and
proves that it came out. reportlab and pypdfium2 are loaded when a document is made or shown, not before: import the
modules of this package inside functions. Qt only in `preview`.
"""
