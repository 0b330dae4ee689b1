"""What an archive asks of a file: metadata in XML, the meaning of its colours, and the record it was made from inside."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import XMP, PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress

from liaison_desktop.paths import resource

if TYPE_CHECKING:
    from liaison_desktop.documents.furniture import About

CREATOR = "Liaison Desktop"
RECORD_NAME = "record.json"
_RECORD_WORDS = "The record this document was made from"
_SRGB = "sRGB IEC61966-2.1"

_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# PDF/A knows no pdfuaid, so the file itself says what that name means (ISO 19005-3, 6.6.2.3).
_UNIVERSAL = (
    "<pdfuaid:part>1</pdfuaid:part>"
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of PDF/UA this file follows</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)


def write_archive(document: Any, about: About) -> None:
    """Put metadata, colours and the record into the document's catalogue."""
    catalogue = document.Catalog
    # The writer leaves keys out that it has not heard of.
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents", "AF"]
    catalogue.Lang = PDFString(about.language)
    catalogue.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
    metadata = _metadata(about).encode("utf-8")
    catalogue.Metadata = XMP(creator=lambda _document: metadata)
    profile = PDFStream(PDFDictionary({"N": 3}), _profile(), filters=[PDFZCompress])
    meant = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString(_SRGB),
        "Info": PDFString(_SRGB),
        "DestOutputProfile": document.Reference(profile, "Colours"),
    }
    catalogue.OutputIntents = PDFArray([PDFDictionary(meant)])
    # PDF/A-1 (ISO 19005-1, 6.1.11) forbids files inside the file.
    if about.record and about.archive == "3a":
        _attach(document, about)


@functools.cache
def _profile() -> bytes:
    return resource("colour", "sRGB.icc").read_bytes()


def _attach(document: Any, about: About) -> None:
    content = about.record
    moment = about.made.strftime("D:%Y%m%d%H%M%S%z")
    zone = f"{moment[-5:-2]}'{moment[-2:]}'" if about.made.utcoffset() is not None else "Z"
    stream = PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("EmbeddedFile"),
                "Subtype": PDFName("application#2Fjson"),
                "Params": PDFDictionary(
                    {
                        "Size": len(content),
                        "ModDate": PDFString(f"{moment[:16]}{zone}"),
                        "CheckSum": PDFString(hashlib.md5(content, usedforsecurity=False).digest(), enc="raw"),
                    }
                ),
            }
        ),
        content,
        filters=[PDFZCompress],
    )
    inside = document.Reference(stream, "RecordContent")
    file = PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(RECORD_NAME),
            "UF": PDFString(RECORD_NAME),
            "Desc": PDFString(_RECORD_WORDS),
            "AFRelationship": PDFName("Data"),
            "EF": PDFDictionary({"F": inside, "UF": inside}),
        }
    )
    reference = document.Reference(file, "Record")
    names = PDFDictionary({"Names": PDFArray([PDFString(RECORD_NAME), reference])})
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": names})
    document.Catalog.AF = PDFArray([reference])


@functools.cache
def producer() -> str:
    """The program that wrote the last byte. A signer puts itself there, in one place of two; so it stands in both before."""
    try:
        return f"pyHanko {importlib.metadata.version('pyHanko')}"
    except importlib.metadata.PackageNotFoundError:
        return CREATOR


def _metadata(about: About) -> str:
    moment = about.made.isoformat(timespec="seconds")
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
    described = "".join(
        (
            "<dc:format>application/pdf</dc:format>",
            f"<dc:title>{_in_any_language(about.title)}</dc:title>",
            f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>",
            f"<dc:description>{_in_any_language(about.subject)}</dc:description>",
            f"<dc:language><rdf:Bag><rdf:li>{escape(about.language)}</rdf:li></rdf:Bag></dc:language>",
            f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>",
            f"<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>",
            f"<pdf:Producer>{escape(producer())}</pdf:Producer><pdf:Keywords>{escape(about.subject)}</pdf:Keywords>",
            f"<pdfaid:part>{about.archive[0]}</pdfaid:part><pdfaid:conformance>{about.archive[1].upper()}</pdfaid:conformance>",
            _UNIVERSAL if about.archive == "3a" else "",
        )
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {names}>{described}</rdf:Description></rdf:RDF></x:xmpmeta>\n'
        '<?xpacket end="w"?>'
    )


def _in_any_language(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


_stream_format = pdfdoc.PDFStream.format


def _with_line_end(self: pdfdoc.PDFStream, document: Any) -> bytes:
    written: bytes = _stream_format(self, document)
    end = b"endstream\n"
    if written.endswith(end) and written[-len(end) - 1 : -len(end)] not in (b"\n", b"\r"):
        return written[: -len(end)] + b"\n" + end
    return written


# The writer puts no line end between compressed content and its closing word; ISO 19005-1, 6.1.7, asks for one. Streams
# are made all over the writer, so the one place that writes them is told.
pdfdoc.PDFStream.format = _with_line_end  # type: ignore[method-assign]
