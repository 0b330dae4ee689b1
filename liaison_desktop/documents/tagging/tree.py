"""Writing the structure into the file: the tree of elements and the way back from each page's content to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString

from liaison_desktop.documents.tagging.structure import Element, Structure
from liaison_desktop.documents.text import printable

_ROOT = "StructTreeRoot"


class Indirect(PDFDictionary):
    """A dictionary that is written once and referred to from elsewhere."""

    __RefOnly__ = 1


class _Tree:
    def __init__(self, document: Any, forms: dict[Element, Any]) -> None:
        self._document, self._forms = document, forms
        self._names: dict[Element, str] = {}

    def reference(self, element: Element) -> PDFObjectReference:
        return PDFObjectReference(self._names.setdefault(element, f"Element{len(self._names)}"))

    def write(self, element: Element, around: PDFObjectReference) -> PDFObjectReference:
        """The element and all in it; the reference to it."""
        me = self.reference(element)
        written = Indirect({"Type": PDFName("StructElem"), "S": PDFName(element.role), "P": around})
        kids = [*self._kids(element, me, written), *self._form(element, written)]
        if kids:
            written["K"] = kids[0] if len(kids) == 1 and not isinstance(kids[0], PDFDictionary) else PDFArray(kids)
        texts = (("Alt", element.alternative), ("ActualText", element.spoken), ("Lang", element.language))
        for key, text in texts:
            if text:
                written[key] = PDFString(printable(text))
        if element.attributes:
            written["A"] = PDFDictionary(element.attributes)
        self._document.Reference(written, me.name)
        return me

    def _kids(self, element: Element, me: PDFObjectReference, written: PDFDictionary) -> Iterator[Any]:
        first: int | None = None
        for kid in element.kids:
            if isinstance(kid, Element):
                yield self.write(kid, me)
                continue
            page, number = kid
            if first is None:
                first = page
                written["Pg"] = page_reference(page)
            if page == first:
                yield number
            else:
                yield PDFDictionary({"Type": PDFName("MCR"), "Pg": page_reference(page), "MCID": number})

    def _form(self, element: Element, written: PDFDictionary) -> Iterator[Any]:
        if element in self._forms:
            widget, page = self._forms[element]
            written["Pg"] = page_reference(page)
            yield PDFDictionary({"Type": PDFName("OBJR"), "Obj": widget, "Pg": page_reference(page)})


def page_reference(page: int) -> PDFObjectReference:
    """The page of that number, from 0. The writer names its pages from 1."""
    return PDFObjectReference(f"Page{page + 1}")


def write_tree(document: Any, structure: Structure, forms: dict[Element, Any]) -> None:
    """Put the structure into the document's catalogue. `forms` are the elements of fields, with widget and page."""
    structure.root.prune()
    tree = _Tree(document, forms)
    root = PDFDictionary({"Type": PDFName(_ROOT)})
    root["K"] = PDFArray([tree.write(structure.root, PDFObjectReference(_ROOT))])
    numbers: list[Any] = []
    for page, elements in enumerate(structure.pages):
        numbers += [page, PDFArray([tree.reference(element) for element in elements])]
    # A widget's number follows those of the pages (`StructParent` in `seal.py`).
    for number, element in enumerate(forms, start=len(structure.pages)):
        numbers += [number, tree.reference(element)]
    root["ParentTree"] = PDFDictionary({"Nums": PDFArray(numbers)})
    root["ParentTreeNextKey"] = len(structure.pages) + len(forms)
    catalogue = document.Catalog
    catalogue.StructTreeRoot = document.Reference(root, _ROOT)
    vars(catalogue)["MarkInfo"] = PDFDictionary({"Marked": "true"})
