"""Every painter is ended where it was begun, whatever happens: one that outlives what it paints on takes the program with it."""

import ast
from pathlib import Path

import pytest

import ui

FILES = [file for file in sorted(Path(ui.__file__).parent.rglob("*.py")) if "QPainter(" in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_painters_are_begun_by_with(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    begun = {id(item.context_expr) for each in ast.walk(tree) if isinstance(each, ast.With) for item in each.items}
    made = [
        each for each in ast.walk(tree) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "QPainter"
    ]
    assert made
    assert [each.lineno for each in made if id(each) not in begun] == []
