"""The tree says where a line belongs: names, sizes and places of modules."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "warledger"
MODULES = sorted(path for path in SOURCE.rglob("*.py"))
MOST_LINES = 440
"""About 400, with some room for a docstring."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_says_one_thing(path):
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module begins with what it is"
    assert text.count("\n") <= MOST_LINES
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_assert_and_no_print_outside_the_command_line(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    calls = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"]
    assert not calls


def test_test_files_have_names_of_their_own():
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name not in {"conftest.py", "__init__.py"}]
    assert sorted(names) == sorted(set(names))


def test_the_error_tree_is_drawn_as_it_is():
    from warledger import errors

    drawn = dict(re.findall(r"── (\w+) +([a-z-]+) +(?:\d+)", errors.__doc__ or "")) | {"WarledgerError": "error"}
    found = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.WarledgerError)]
    assert {kind.__name__: kind.code for kind in found} == drawn
    statuses = {name: int(number) for name, number in re.findall(r"── (\w+) +[a-z-]+ +(\d+)", errors.__doc__ or "")}
    assert {kind.__name__: kind.exit_status for kind in found if kind is not errors.WarledgerError} == statuses
