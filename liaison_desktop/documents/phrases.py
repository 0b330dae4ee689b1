"""A paragraph of what people wrote, in whatever script they wrote it."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from liaison_desktop.documents import fonts
from liaison_desktop.documents.shaping.paragraph import ShapedParagraph
from liaison_desktop.documents.shaping.scripts import guarded, runs_from_right, script_of
from liaison_desktop.documents.tagging.flowables import Words
from liaison_desktop.documents.text import markup, printable


def phrase(
    parts: Sequence[tuple[str, str]],
    style: ParagraphStyle,
    language: str = "",
    *,
    between: str = " ",
    one_way: bool = False,
) -> Flowable:
    """Stretches of text, each with the attributes of its font (such as `color="#0B4F63"`, or none), as one paragraph.

    Nothing in them is read as a tag. Where a script has to be shaped they are all set alike: what is said counts more
    than its weight. `language` is given where it is not the document's; a line that goes `one_way` begins at the left in
    any script.
    """
    shown = [(printable(text).strip(), look) for text, look in parts]
    whole = between.join(text for text, _look in shown)
    script = script_of(whole)
    if script is None:
        looks = (f"<font {look}>{markup(text)}</font>" if look else markup(text) for text, look in shown)
        return Words(between.replace("\n", "<br/>").join(looks), style, language)
    fonts.register_script(script)
    strong = style.fontName in (fonts.SEMIBOLD, fonts.BOLD)
    faces = (style.fontName, script.strong if strong else script.regular)
    return ShapedParagraph(
        guarded(whole), style, faces, language or script.language, from_right=not one_way and runs_from_right(whole)
    )
