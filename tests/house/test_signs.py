"""Every package, module, public class and public function says in one line what it is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.reading import PACKAGE, modules, name_of, tree

# Words of Qt: the base class says what they do, and we say the same.
QT_OVERRIDES = frozenset(
    "sizeHint minimumSizeHint heightForWidth hasHeightForWidth paintEvent resizeEvent showEvent hideEvent closeEvent "
    "changeEvent event eventFilter keyPressEvent keyReleaseEvent mousePressEvent mouseMoveEvent mouseReleaseEvent "
    "mouseDoubleClickEvent wheelEvent focusInEvent focusOutEvent enterEvent leaveEvent tabletEvent timerEvent "
    "contextMenuEvent rowCount columnCount data setData headerData flags index parent roleNames paint createEditor "
    "setEditorData setModelData updateEditorGeometry filterAcceptsRow lessThan sort validate fixup "
    "initStyleOption initializePage isComplete nextId dragEnterEvent dropEvent focusNextPrevChild textFromValue "
    "valueFromText stepBy keyboardSearch canFetchMore fetchMore moveEvent inputMethodQuery styleHint pixelMetric "
    "drawControl drawPrimitive drawComplexControl".split()
)


def unsigned(path: Path, code: ast.Module) -> Iterator[str]:
    """What has no sign in that file. An `__init__` that only opens a package needs one too."""
    if not ast.get_docstring(code):
        yield name_of(path)
    waiting: list[tuple[str, ast.AST]] = [("", code)]
    while waiting:
        prefix, node = waiting.pop()
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if child.name.startswith("_") or child.name in QT_OVERRIDES or is_overload(child):
                continue
            if not ast.get_docstring(child):
                yield f"{name_of(path)}:{child.lineno} {prefix}{child.name}"
            if isinstance(child, ast.ClassDef):
                waiting.append((f"{child.name}.", child))


def is_overload(node: ast.AST) -> bool:
    """Whether it repeats something that has its sign: an overload, an override, a setter."""
    decorators = getattr(node, "decorator_list", [])
    names = {ast.unparse(decorator).rsplit(".", 1)[-1] for decorator in decorators}
    return bool(names & {"overload", "override", "setter"})


def test_everything_public_has_its_sign() -> None:
    missing = [line for path in modules() for line in unsigned(path, tree(path))]
    assert not missing, "no docstring:\n" + "\n".join(missing)


def test_every_folder_of_code_is_a_package_with_a_sign() -> None:
    folders = {path.parent for path in modules()}
    # The revisions of a database are scripts for the migration runner, not a package.
    bare = [
        name_of(folder)
        for folder in folders
        if not (folder / "__init__.py").exists() and "migrations" not in folder.parts
    ]
    assert not bare
    signs = [tree(folder / "__init__.py") for folder in folders if (folder / "__init__.py").exists()]
    assert all(ast.get_docstring(sign) for sign in signs)


def test_a_missing_sign_is_caught() -> None:
    bare = ast.parse(
        '"""A module."""\nclass A:\n    def b(self): pass\n    def _c(self): pass\n    def paintEvent(self): pass\n'
    )
    found = list(unsigned(PACKAGE / "bare.py", bare))
    assert [line.rsplit(" ", 1)[-1] for line in found] == ["A", "A.b"]
    assert list(unsigned(PACKAGE / "bare.py", ast.parse("x = 1"))) == ["liaison_desktop/bare.py"]
