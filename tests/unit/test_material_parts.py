"""What is used of Material's private parts is as it was: after an update this says what has changed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from material.plugins.search import plugin as material_search
from mkdocs.config import load_config

from generator.present.theme_files import theme_dir
from generator.site import material_parts as parts

ROOT = Path(__file__).parents[2]
TEMPLATES = parts.OWN / "templates"


@cache
def templates() -> dict[str, str]:
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in TEMPLATES.rglob("*.html")
    }


@cache
def script(pattern: str) -> str:
    """The one script of Material that is called so."""
    (found,) = (TEMPLATES / "assets/javascripts").glob(pattern)
    return found.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", parts.SAME_ON_LEAVES)
def test_a_part_of_the_frame_that_is_remembered_asks_nothing_of_the_page_but_its_place(name: str) -> None:
    """A place is its ancestors, its neighbours, its address, what its head hides: alike in a folder."""
    text = templates()[name]
    assert parts.is_own(str(TEMPLATES / name))
    asked = set(re.findall(r"\bpage\.(meta\.\w+|\w+)", text))
    assert asked <= {"ancestors", "meta", "meta.hide", "is_homepage", "previous_page", "next_page", "url"}


def test_its_frame_includes_them() -> None:
    whole = "".join(templates().values())
    assert [name for name in parts.SAME_ON_LEAVES if f'include "{name}"' not in whole] == []


def test_every_script_of_its_templates_is_found_or_known() -> None:
    """Another one would not run under the policy of the pages, and nobody would be told."""
    left = {
        name: found
        for name, text in templates().items()
        if (found := re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", parts.INLINE.sub("", text)))
    }
    assert set(left) == {"partials/integrations/analytics/google.html", "base.html"}
    assert left["base.html"] == ['<script id="__config" type="application/json">']
    put_in = [
        code
        for text in templates().values()
        for code in parts.INLINE.findall(text)
        if "{{" in parts.PUT_IN.sub("", code) or "{%" in parts.PUT_IN.sub("", code)
    ]
    assert put_in == []


def test_its_script_inserts_titles_as_html_with_that_feature_alone() -> None:
    assert f'"{parts.TITLES_AS_HTML}"' in script("bundle.*.min.js")
    assert f'"{parts.TITLES_AS_HTML.replace("tooltips", "titles")}"' not in script("bundle.*.min.js")


def test_its_worker_is_asked_by_these_messages_and_what_it_finds_is_html() -> None:
    """Ours answers in its place: 0 takes the entries, 1 is ready, 2 asks, 3 tells what it found."""
    bundle = script("bundle.*.min.js")
    assert "next({type:0,data:{config:" in bundle
    assert "next({type:2,data:" in bundle
    assert "{return e.type===1}function" in bundle
    assert "{return e.type===3}function" in bundle
    worker = script("workers/search.*.min.js")
    for answer in ("{type:1}", "{type:3,data:", "{items:"):
        assert answer in worker
    for used in (
        "e.score.toFixed(2)",
        "Object.keys(e.terms)",
        'x("h1",null,e.title)',
        "e.text.length>0&&e.text",
    ):
        assert used in bundle, used
    assert "innerHTML+=" in bundle


def test_its_templates_name_the_worker_and_the_words_and_the_breadcrumbs_once() -> None:
    source = templates()["base.html"]
    changed = parts.mended(source)
    assert len(parts.WORKER.findall(source)) == source.count(parts.NONE_FOUND) == 1
    assert changed.count(parts.OWN_WORKER) == changed.count("config.extra.nothing_found") == 1
    assert (theme_dir() / parts.OWN_WORKER).is_file()
    path = templates()["partials/path.html"]
    assert path.count(parts.BREADCRUMBS) == 1
    assert "config.extra.breadcrumbs" in parts.mended(path)
    assert not any(parts.WORKER.search(text) for name, text in templates().items() if name != "base.html")


def test_its_switch_between_light_and_dark_is_found_by_that_mark_alone() -> None:
    """Its own script then leaves it alone; ours keeps what is chosen where one in the head looks for it."""
    form = templates()["partials/palette.html"]
    assert form.count(parts.PALETTE) == parts.mended(form).count(parts.OWN_PALETTE) == 1
    assert 'me("palette").map(' in script("bundle.*.min.js")
    assert '__md_get("__palette")' in templates()["partials/javascripts/palette.html"]
    own = (theme_dir() / "assets/handbook.js").read_text(encoding="utf-8")
    for used in (
        parts.OWN_PALETTE,
        '__md_get("__palette")',
        '__md_set("__palette", { index: index, color: color })',
    ):
        assert used in own, used


def test_the_plugin_has_an_index_that_takes_entries(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    file = tmp_path / "mkdocs.yml"
    for plugins in ("[search]", "[material/search]", "[]"):
        file.write_text(f"site_name: x\ntheme: material\nplugins: {plugins}\n", encoding="utf-8")
        config = load_config(config_file=str(file))
        plugin = parts.search_plugin(config)
        assert (plugin is None) == (plugins == "[]")
        if plugin is None:
            assert parts.search_index(config) is None
            continue
        plugin.on_startup(command="build", dirty=False)
        plugin.on_config(config)
        index = parts.search_index(config)
        assert index.entries == []


def test_it_cuts_by_the_library_that_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    class Letters:
        @staticmethod
        def cut(text: bytes) -> list[str]:
            return list(text.decode())

    monkeypatch.setattr(material_search, "jieba", material_search.jieba)
    parts.cut_by(Letters)
    index = material_search.SearchIndex(lang=["zh"], separator=" ", pipeline=[], fields={})
    assert index._segment_chinese("订单交付").split("\u200b") == ["订", "单", "交", "付"]


def test_its_script_reads_the_index_from_a_script_in_a_folder() -> None:
    bundle, name = script("bundle.*.min.js"), parts.INDEX_AS_SCRIPT.split()[1]
    assert parts.INDEX in bundle
    assert parts.INDEX.replace(".json", ".js") in bundle
    assert f"=>{name})" in bundle


def test_it_looks_for_the_shim_by_its_name() -> None:
    offline = (parts.OWN / "plugins/offline/plugin.py").read_text(encoding="utf-8")
    assert "iframe-worker" in offline
    assert "iframe-worker" in parts.SHIM
    assert (theme_dir() / parts.SHIM).is_file()
    assert "config.extra.polyfills" in "".join(templates().values())


def test_its_inline_script_is_told_what_place_choices_are_kept_for() -> None:
    base = templates()["partials/javascripts/base.html"]
    assert '"{{ config.extra.scope | d(base_url) }}"' in base
    page = '<script src="../assets/javascripts/inline/base.4bc93229.js" data-v0="."></script>'
    assert parts.SCOPE.sub(r'\1=".."', page) == page.replace('"."', '".."')
    assert parts.SCOPE.sub(r'\1=".."', page.replace('"."', '"/"')) == page.replace('"."', '"/"')


def test_no_other_module_knows_them() -> None:
    private = re.compile(
        r"^(import|from) material\b|material\.plugins|_segment_chinese|\blunr/|\"partials/|content\.tooltips"
        r"|search_index\.json|iframe-worker/|__index|__md_",
        re.MULTILINE,
    )
    told = {
        path.relative_to(ROOT).as_posix(): found[0]
        for path in sorted((ROOT / "generator").rglob("*.py"))
        if path.name != "material_parts.py" and (found := private.search(path.read_text(encoding="utf-8")))
    }
    assert told == {}
