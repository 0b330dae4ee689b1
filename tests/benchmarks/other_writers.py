"""The same words set by other PDF writers, to compare with: `pip install "fpdf2>=2.8,<3" "weasyprint>=70,<71"`.

Neither is ever shipped, and what they make is poorer: no tags, no attached record, no drawn ink, no codes, no seal.
"""

from __future__ import annotations

import html
import importlib.util
from collections.abc import Callable, Sequence

from liaison_desktop.paths import resource

Pairs = Sequence[tuple[str, str]]
_FONT = resource("fonts", "source-sans-3")


def writers() -> dict[str, Callable[[Pairs], bytes] | None]:
    """What can be compared with here, by name; None for one that is not installed."""
    known = {"fpdf2": ("fpdf", _fpdf), "WeasyPrint": ("weasyprint", _weasyprint)}
    return {
        name: write if importlib.util.find_spec(module) is not None else None for name, (module, write) in known.items()
    }


def _fpdf(pairs: Pairs) -> bytes:
    import fpdf

    page = fpdf.FPDF(format="letter", unit="pt")
    page.set_margins(45, 34)
    page.set_auto_page_break(True, 50)
    page.add_font("paper", fname=str(next(_FONT.glob("*Regular*.ttf"))))
    page.add_font("paper", style="B", fname=str(next(_FONT.glob("*Bold.ttf"))))
    page.add_page()
    page.set_font("paper", size=10.4)
    with page.table(col_widths=(30, 70)) as table:
        for label, text in pairs:
            row = table.row()
            row.cell(label)
            row.cell(text)
    return bytes(page.output())


def _weasyprint(pairs: Pairs) -> bytes:
    import weasyprint

    face = next(_FONT.glob("*Regular*.ttf")).as_uri()
    rows = "".join(f"<tr><td>{html.escape(label)}<td>{html.escape(text)}" for label, text in pairs)
    style = (
        f"@font-face{{font-family:paper;src:url({face})}}@page{{size:letter;margin:34pt 45pt 50pt}}"
        "body{font:10.4pt/13.1pt paper}td{border-bottom:.5pt solid #bac6cd;padding:3pt}"
    )
    made: bytes = weasyprint.HTML(string=f"<style>{style}</style><table>{rows}</table>").write_pdf()
    return made
