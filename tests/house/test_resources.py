"""What the code names among the resources is there, readable, and comes with its licence."""

from __future__ import annotations

import ast
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from tests.house.reading import ROOT, modules, name_of, tree

RESOURCES = ROOT / "resources"
ICONS = frozenset(path.stem for path in (RESOURCES / "icons").glob("*.svg"))


def icons_in(code: ast.Module) -> Iterator[tuple[int, str]]:
    """The icons that a file names, with their lines: `icon="check"` and `icon_label("check")`."""
    for node in ast.walk(code):
        if not isinstance(node, ast.Call):
            continue
        named = [keyword.value for keyword in node.keywords if keyword.arg == "icon"]
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if "icon" in called.lower() and node.args:
            named.append(node.args[0])
        for value in named:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield node.lineno, value.value


def test_every_icon_that_is_named_is_there() -> None:
    missing = [
        f"{name_of(path)}:{line} {icon}"
        for path in modules()
        for line, icon in icons_in(tree(path))
        if icon not in ICONS
    ]
    assert not missing, "add it from Lucide to resources/icons:\n" + "\n".join(missing)


def test_a_missing_icon_is_caught() -> None:
    found = [icon for _line, icon in icons_in(ast.parse("PageSpec(icon='no-such'); icon_label('check', 'ink')"))]
    assert found == ["no-such", "check"]
    assert "no-such" not in ICONS


def test_every_icon_can_be_tinted() -> None:
    for path in sorted((RESOURCES / "icons").glob("*.svg")):
        drawing = ET.fromstring(path.read_text(encoding="utf-8"))
        assert (drawing.get("stroke"), drawing.get("width")) == ("currentColor", "24"), path.name


@pytest.mark.parametrize(
    "folder",
    [
        "fonts/inter",
        "fonts/source-sans-3",
        "fonts/noto-sans-arabic",
        "fonts/noto-sans-devanagari",
        "fonts/noto-sans-sc",
        "icons",
        "colour",
    ],
)
def test_what_others_made_comes_with_its_licence(folder: str) -> None:
    licence = (RESOURCES / folder / "LICENSE").read_text(encoding="utf-8")
    assert "Copyright" in licence
    assert ("SIL Open Font License" in licence) == folder.startswith("fonts")


def test_every_policy_and_template_can_be_read() -> None:
    for path in RESOURCES.rglob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8")), path.name


def test_resources_hold_no_code() -> None:
    assert not [path.name for path in RESOURCES.rglob("*") if path.suffix in (".py", ".js", ".sh", ".qml", ".exe")]
