"""What is made from the code is fresh, and the public names agree with their documentation."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("make_reference", ROOT / "docs/make_reference.py")
assert SPEC is not None
assert SPEC.loader is not None
MAKE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(MAKE)
PAGES = MAKE.pages()


@pytest.mark.parametrize("path", PAGES)
def test_reference_is_fresh(path):
    assert (ROOT / path).read_text(encoding="utf-8") == PAGES[path], "run: python docs/make_reference.py"


def test_every_field_says_what_it_means():
    rows = [line for line in PAGES["docs/reference/fields.md"].splitlines() if line.startswith("| `")]
    assert len(rows) > 150
    assert [row for row in rows if row.endswith("|  |")] == []


def test_links_of_the_documentation_lead_somewhere():
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")):
        text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
