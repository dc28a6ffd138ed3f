"""Of the languages that Material's search could do, a site carries those that its worker loads."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest
from mkdocs.config import load_config

from generator.site.material_parts import CUTTERS, LUNR
from generator.site.search import is_unasked

TEMPLATES = Path(material.__file__).parent / "templates"
SUPPORT, MULTI = "min/lunr.stemmer.support.min.js", "min/lunr.multi.min.js"
NAMES = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.js")}


@pytest.mark.parametrize(
    ("languages", "kept"),
    [
        ("zh, en", {SUPPORT, MULTI, "min/lunr.zh.min.js"}),
        ("zh", {SUPPORT, "min/lunr.zh.min.js"}),
        ("en", set()),
        ("ja", {SUPPORT, "min/lunr.ja.min.js", "tinyseg.js"}),
        ("th, hi", {SUPPORT, MULTI, "min/lunr.th.min.js", "min/lunr.hi.min.js", "wordcut.js"}),
    ],
)
def test_files_of_other_languages_are_left_out(tmp_path: Path, languages: str, kept: set[str]) -> None:
    assert left(tmp_path, f"[{{search: {{lang: [{languages}]}}}}]") == kept


def test_without_a_search_nothing_is_loaded(tmp_path: Path) -> None:
    assert left(tmp_path, "[]") == set()


def left(folder: Path, plugins: str) -> set[str]:
    (folder / "docs").mkdir()
    file = folder / "mkdocs.yml"
    file.write_text(f"site_name: x\ntheme: material\nplugins: {plugins}\n", encoding="utf-8")
    config = load_config(config_file=str(file))
    assert not any(is_unasked(config, name) for name in NAMES if not name.startswith(LUNR))
    return {
        name.removeprefix(LUNR) for name in NAMES if name.startswith(LUNR) and not is_unasked(config, name)
    }


def test_the_worker_of_material_asks_as_we_think() -> None:
    """Each language's file and cutter stand where they did, and the worker says so in these words."""
    lunr = {name.removeprefix(LUNR) for name in NAMES if name.startswith(LUNR)}
    assert {SUPPORT, MULTI, "min/lunr.zh.min.js", *CUTTERS.values()} <= lunr
    (worker,) = (TEMPLATES / "assets/javascripts/workers").glob("search*.min.js")
    said = worker.read_text(encoding="utf-8")
    cutters = re.search(r"switch\(n\)\{(.*?)\}n!==\"en\"", said)
    assert cutters is not None
    assert dict(re.findall(r'case"(\w+)":(?:case"\w+":)*r\.push\(`\$\{e\}/(\w+\.js)`', cutters[1])) == {
        "ja": "tinyseg.js", "hi": "wordcut.js",
    }  # fmt: skip
    assert (
        'n!=="en"&&r.push(`${e}/min/lunr.${n}.min.js`)}t.lang.length>1&&r.push(`${e}/min/lunr.multi' in said
    )
