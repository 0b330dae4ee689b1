"""XLSX files made by hand: small honest ones, and hostile ones no spreadsheet program would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def sheet(rows: Sequence[Sequence[str | float]]) -> str:
    """The XML of a sheet; texts are inline, a text that begins with = is a formula with a cached value."""
    lines = []
    for number, cells in enumerate(rows, 1):
        parts = []
        for place, cell in enumerate(cells):
            at = f"{chr(65 + place)}{number}"
            if isinstance(cell, str) and cell.startswith("="):
                parts.append(f'<c r="{at}" t="str"><f>{escape(cell[1:])}</f><v>cached</v></c>')
            elif isinstance(cell, str):
                parts.append(f'<c r="{at}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
            else:
                parts.append(f'<c r="{at}"><v>{cell}</v></c>')
        lines.append(f'<row r="{number}">{"".join(parts)}</row>')
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )


def workbook(content: str, *, more: dict[str, bytes] | None = None) -> bytes:
    """A workbook with one sheet of this XML and more parts beside it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS.format(kind="officeDocument", target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELS.format(kind="worksheet", target="worksheets/sheet1.xml"))
        archive.writestr("xl/worksheets/sheet1.xml", content)
        for name, part in (more or {}).items():
            archive.writestr(name, part)
    return made.getvalue()
