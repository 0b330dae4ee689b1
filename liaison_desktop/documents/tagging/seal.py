"""The place of the seal: an empty signature field without size, which a signature fills later without moving a letter."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from liaison_desktop.documents.tagging.structure import Element, Structure
from liaison_desktop.documents.tagging.tree import Indirect, page_reference

SEAL_FIELD = "LiaisonSeal"
_SPOKEN = "Digital seal of this document"
_PRINT_AND_LOCKED = 4 + 128  # annotation flags; PDF/A-3 6.3.2 wants Print and neither Hidden nor NoView


def seal_place(document: Any, structure: Structure, last_page: int) -> tuple[Any, dict[Element, Any]]:
    """The widget for the last page's annotations, and its element for the tree.

    Made here and not by the signer: a signer's own field stands in no Form element, which PDF/UA-1 7.18.4 asks for.
    """
    nothing = PDFArray([0, 0, 0, 0])
    look = PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("XObject"),
                "Subtype": PDFName("Form"),
                "BBox": nothing,
                "Resources": PDFDictionary({}),
            }
        ),
        b" ",
    )
    widget = Indirect(
        {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Widget"),
            "FT": PDFName("Sig"),
            "T": PDFString(SEAL_FIELD),
            "TU": PDFString(_SPOKEN),
            "Rect": nothing,
            "F": _PRINT_AND_LOCKED,
            "P": page_reference(last_page),
            "AP": PDFDictionary({"N": document.Reference(look, "SealLook")}),
            "StructParent": last_page + 1,
        }
    )
    reference = document.Reference(widget, "SealWidget")
    document.Catalog.AcroForm = PDFDictionary({"Fields": PDFArray([reference])})
    element = structure.root.child("Form", alternative=_SPOKEN)
    return reference, {element: (reference, last_page)}
