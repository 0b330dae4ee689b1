"""Files that are kept with a record: what may come in, and what is taken out of it before it is stored.

A photo of a wound or a card carries the place where it was taken, the camera and often a second, uncropped picture. It
comes in without them, and with the same pixels. No Qt, no store: an action puts the bytes away.
"""

from liaison_desktop.documents.attached.admitting import Admitted, admit, attached_file

__all__ = ["Admitted", "admit", "attached_file"]
