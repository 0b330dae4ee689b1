"""The PDF of an inquiry or a standing request with its signature, and the evidence pack of everything that happened to it.

`content` lists what is printed, `layout` says where, `making` reads it back. Import the names below inside functions:
they load the PDF writer.
"""

from liaison_desktop.msl.inquiries.document.evidence import evidence_pack, sent_with
from liaison_desktop.msl.inquiries.document.making import inquiry_document
from liaison_desktop.msl.inquiries.document.standing import standing_document

__all__ = ["evidence_pack", "inquiry_document", "sent_with", "standing_document"]
