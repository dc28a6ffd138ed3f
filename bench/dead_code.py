"""What nothing in the product uses: public functions, classes and methods that only tests name.

A name counts as used where the product's code, a template, a script beside it or an entry point in
pyproject.toml says it outside its own definition. So it finds no code whose name somebody else bears too, and
it tells nothing wrong. `python bench/dead_code.py` lists what it finds; a test holds that the list is empty.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
CALLED_FROM_OUTSIDE = re.compile(
    r"on_\w+|__\w+__|extendMarkdown|read_source|copy_file|doctype|persistent_(id|load)|handle_error"
    r"|log_message|(load|dump)_bytecode|get_bucket|emit"
)
"""MkDocs calls its plugins' hooks, pages and files, Markdown its extensions, Jinja its cache, the XML parser
its target, the web server what answers, Python its own methods and handlers of its log."""
WORD = re.compile(r"[A-Za-z_]\w*")


def unused(root: Path = ROOT) -> list[str]:
    """`path:line name` of everything public that only tests use, by path."""
    modules = {path: path.read_text(encoding="utf-8") for path in sorted((root / "generator").rglob("*.py"))}
    trees = {path: ast.parse(text) for path, text in modules.items()}
    said: Counter[str] = Counter()
    for tree in trees.values():
        said.update(_said(tree))
    for pattern in ("theme/**/*.jinja", "docs/*.py", "examples/**/*.py", "bench/*.py", "pyproject.toml"):
        for path in root.glob(pattern):
            said.update(WORD.findall(path.read_text(encoding="utf-8")))
    return [
        f"{path.relative_to(root).as_posix()}:{node.lineno} {name}"
        for path, tree in trees.items()
        for name, node in _defined(tree)
        if said[name] == 0
    ]


def _said(tree: ast.Module) -> Iterator[str]:
    """Every name that code says, as often as it says it; a definition does not say its own name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            yield node.value  # getattr, pydantic's mode and Jinja's filters go by strings


def _defined(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Public functions, classes and methods."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_") or CALLED_FROM_OUTSIDE.fullmatch(node.name):
            continue
        if any(_registers(one) for one in node.decorator_list):
            continue
        yield node.name, node


def _registers(decorator: ast.expr) -> bool:
    """A decorator that hands the function to somebody: a command, a validator."""
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Attribute) and call.attr in {"command", "group"}


if __name__ == "__main__":
    found = unused()
    print("\n".join(found) or "nothing")
    sys.exit(bool(found))
