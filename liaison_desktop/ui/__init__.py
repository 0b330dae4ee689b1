"""The Qt kit every screen is built from. It knows fields, not kinds: tokens, theme, text, buttons, forms, lists, frame.

May use records, store and the floors below. Nothing here names a kind, writes to a store or holds a record after its
widget is gone. Fonts are set by `setFont`, colours by palette, style sheet or paint, never both on one widget.
"""
