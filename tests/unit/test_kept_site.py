"""A finished site is given out again only where all that it was made from is the same, and only as it was."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.present import kept
from generator.site import kept_site, made_from
from generator.site.kept_site import FinishedSite, KeptSites
from tests.built import ROOT, files

KEY, OTHER = "0" * 64, "1" * 64
TOLD = FinishedSite(7, 2)


@pytest.fixture(autouse=True)
def another_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A user without a secret yet, far from the one who runs the tests."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    kept._secret.cache_clear()
    yield
    kept._secret.cache_clear()


def site(folder: Path, **pages: str) -> Path:
    """A site of some pages, one of them twice."""
    for name, text in {"index": "<p>home</p>", "a": "<p>a</p>", "b": "<p>a</p>", **pages}.items():
        place = folder / "pages" / f"{name}.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def test_a_kept_site_is_given_out_as_it_was(tmp_path: Path) -> None:
    made = site(tmp_path / "site")
    KeptSites(tmp_path / "c").keep(KEY, made, TOLD)
    assert KeptSites(tmp_path / "c").restore(KEY, tmp_path / "again") == TOLD
    assert files(tmp_path / "again") == files(made)
    assert KeptSites(tmp_path / "c").restore(OTHER, tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


def test_a_site_that_is_changed_where_it_lies_changes_no_other(tmp_path: Path) -> None:
    """What is kept shares its place with the site it came from: a script of the author's edits that site."""
    made = site(tmp_path / "site")
    KeptSites(tmp_path / "c").keep(KEY, made, TOLD)
    KeptSites(tmp_path / "c").restore(KEY, tmp_path / "second")
    with (made / "pages/index.html").open("a", encoding="utf-8") as page:
        page.write("<p>counted</p>")
    assert (tmp_path / "second/pages/index.html").read_text(encoding="utf-8") == "<p>home</p>"
    assert KeptSites(tmp_path / "c").restore(KEY, tmp_path / "third") is None
    with (tmp_path / "second/pages/a.html").open("a", encoding="utf-8") as page:
        page.write("x")
    KeptSites(tmp_path / "c").keep(KEY, site(tmp_path / "new"), TOLD)
    assert KeptSites(tmp_path / "c").restore(KEY, tmp_path / "fourth") == TOLD
    assert files(tmp_path / "fourth") == files(tmp_path / "new")


def contents(cache: Path) -> list[Path]:
    return sorted(path for path in (cache / "files").rglob("*") if path.is_file())


def replaced(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def record(cache: Path, key: str = KEY) -> Path:
    return cache / f"site-{key}.kept"


def told_otherwise(cache: Path) -> None:
    """A record that names another content, its hash right, under the code of the old one."""
    code, said = record(cache).read_bytes().split(b"\n", 1)
    told = json.loads(said)
    told["files"]["pages/index.html"] = told["files"]["pages/a.html"]
    record(cache).write_bytes(code + b"\n" + json.dumps(told).encode())


SCRIPT = b"<script>alert(1)</script>"
ALTERED: dict[str, Callable[[Path], object]] = {
    "a page with script": lambda cache: replaced(contents(cache)[0], SCRIPT),
    "a page with a letter changed": lambda cache: replaced(
        contents(cache)[0], contents(cache)[0].read_bytes()[:-1] + b"!"
    ),
    "a page that is gone": lambda cache: contents(cache)[0].unlink(),
    "a page that is a link to elsewhere": lambda cache: (
        (cache / "x").write_bytes(contents(cache)[0].read_bytes()),
        contents(cache)[0].unlink(),
        contents_link(cache),
    ),
    "two pages in each other's place": lambda cache: swapped(*contents(cache)[:2]),
    "a record that was told otherwise": told_otherwise,
    "a record cut short": lambda cache: record(cache).write_bytes(record(cache).read_bytes()[:-1]),
    "an empty record": lambda cache: record(cache).write_bytes(b""),
}


def contents_link(cache: Path) -> None:
    """Put a link where a content was."""
    names = {"pages/index.html", "pages/a.html"}
    told = json.loads(record(cache).read_bytes().split(b"\n", 1)[1])["files"]
    for hash_, _ in (told[name] for name in sorted(names)):
        place = cache / "files" / hash_[:2] / hash_[2:]
        if not place.exists():
            place.symlink_to(cache / "x")


def swapped(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    replaced(one, second)
    replaced(other, first)


@pytest.mark.parametrize("how", ALTERED)
def test_an_altered_site_is_none_and_leaves_nothing_half_written(tmp_path: Path, how: str) -> None:
    cache = tmp_path / "c"
    KeptSites(cache).keep(KEY, site(tmp_path / "site"), TOLD)
    ALTERED[how](cache)
    assert KeptSites(cache).restore(KEY, tmp_path / "again") is None
    assert not (tmp_path / "again").exists()
    KeptSites(cache).keep(KEY, site(tmp_path / "anew"), TOLD)
    assert KeptSites(cache).restore(KEY, tmp_path / "again") == TOLD
    assert files(tmp_path / "again") == files(tmp_path / "anew")


def test_the_site_of_another_edition_or_of_another_user_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record of all that the board may see, laid under the name of what everybody may see."""
    cache = tmp_path / "c"
    KeptSites(cache).keep(KEY, site(tmp_path / "board", index="TOKEN"), TOLD)
    shutil.copy(record(cache), record(cache, OTHER))
    assert KeptSites(cache).restore(OTHER, tmp_path / "public") is None
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "theirs"))
    kept._secret.cache_clear()
    assert KeptSites(cache).restore(KEY, tmp_path / "again") is None


def test_what_is_asked_for_is_part_of_the_name(tmp_path: Path) -> None:
    project = small(tmp_path)
    keys = {
        made_from.made_from(project, asked)
        for asked in ({"edition": None}, {"edition": "board"}, {"as_of": "2026-Q1"}, {"languages": ["zh"]})
    }
    assert len(keys) == 4
    assert None not in keys


def test_only_the_newest_sites_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "c"
    for number in range(6):
        KeptSites(cache).keep(str(number) * 64, site(tmp_path / str(number), index=str(number)), TOLD)
        os.utime(record(cache, str(number) * 64), (number, number))
    assert sorted(path.name for path in cache.glob("site-*")) == [
        record(cache, str(number) * 64).name for number in (2, 3, 4, 5)
    ]
    assert {path.read_bytes() for path in contents(cache)} == {b"<p>a</p>", b"2", b"3", b"4", b"5"}
    monkeypatch.setattr(kept_site, "MOST_BYTES", 15)
    KeptSites(cache).keep("7" * 64, site(tmp_path / "7", index="7" * 40), TOLD)
    assert [path.name for path in cache.glob("site-*")] == [record(cache, "7" * 64).name], "large, but newest"
    assert len(contents(cache)) == 2


def test_nothing_of_others_is_read_or_removed_through_a_link(tmp_path: Path) -> None:
    """A project came with a cache whose folder leads to where the user's own files are."""
    theirs = tmp_path / "documents/ab" / ("c" * 62)
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"mine")
    cache = tmp_path / "c"
    cache.mkdir()
    (cache / "files").symlink_to(tmp_path / "documents")
    KeptSites(cache).keep(KEY, site(tmp_path / "site"), TOLD)
    assert files(tmp_path / "documents") == {f"ab/{'c' * 62}": b"mine"}
    assert KeptSites(cache).restore(KEY, tmp_path / "again") is None


def test_where_nothing_can_be_kept_the_build_goes_on(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("a file where the folder would be", encoding="utf-8")
    KeptSites(tmp_path / "c").keep(KEY, site(tmp_path / "site"), TOLD)
    assert KeptSites(tmp_path / "c").restore(KEY, tmp_path / "again") is None


# What a site is made from


def small(tmp_path: Path) -> Path:
    """A project with a file of every kind, beside what no build reads."""
    project = tmp_path / "project"
    shutil.copytree(ROOT / "tests/sites/every-text", project, ignore=shutil.ignore_patterns("site", ".*"))
    for name, text in {
        "labels/en.yml": "pilots:\n  title: Trials\n",
        "mkdocs.yml": "site_name: x\ntheme: material\nplugins: [handbook, search]\n",
        "content/plan.png": "a picture",
        "content/extra.css": "p {color: red}",
    }.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    return project


def key(project: Path) -> str | None:
    return made_from.made_from(project, {})


def test_every_change_of_any_file_is_another_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte of each, at a place drawn by a fixed seed; a file more, a file less, another name."""
    monkeypatch.setattr(made_from, "_product", lambda: "")  # a thousand files that stay the same
    project, drawn = small(tmp_path), random.Random(12)
    inputs = sorted(path for path in project.rglob("*") if path.is_file())
    assert {path.suffix for path in inputs} >= {".yml", ".csv", ".md", ".png", ".css"}
    keys = [key(project)]
    assert keys == [key(project)]
    for path in inputs:
        before = path.read_bytes()
        at = drawn.randrange(len(before))
        path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
        changed = key(project)  # a mkdocs.yml that cannot be read is the same as none
        assert changed is None if path.name == "mkdocs.yml" and changed is None else changed not in keys
        keys.append(changed)
        path.write_bytes(before)
    (project / "data/new.yml").write_text("", encoding="utf-8")
    keys.append(key(project))
    (project / "data/new.yml").rename(project / "data/newer.yml")
    keys.append(key(project))
    (project / "data/newer.yml").unlink()
    told = [each for each in keys if each is not None]
    assert len(set(told)) == len(told)
    assert key(project) == keys[0]
    (project / "notes.txt").write_text("what no build reads", encoding="utf-8")
    assert key(project) == keys[0]


def test_another_product_or_package_is_another_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = small(tmp_path)
    keys = {key(project)}
    (tmp_path / "packages/jinja2-99.dist-info").mkdir(parents=True)
    with monkeypatch.context() as patched:
        patched.syspath_prepend(str(tmp_path / "packages"))
        keys.add(key(project))
    theme = tmp_path / "theme"
    theme.mkdir()
    monkeypatch.setattr(made_from, "theme_dir", lambda: theme)
    keys.add(key(project))
    (theme / "handbook.css").write_text("p {}", encoding="utf-8")
    keys.add(key(project))
    assert len(keys) == 4


UNKNOWN = {
    "hooks": "hooks: [a.py]",
    "another plugin": "plugins: [handbook, search, git-dates]",
    "options of another plugin": "plugins: {handbook: {}, search: {}, macros: {}}",
    "templates of one's own": "theme: {name: material, custom_dir: over}",
    "settings from elsewhere": "INHERIT: ../base.yml",
    "the environment": "site_url: !ENV [SITE, x]",
    "code": "markdown_extensions: [{pymdownx.emoji: {emoji_index: !!python/name:material.x }}]",
    "other files in the text": "markdown_extensions: [pymdownx.snippets]",
    "another folder of pages": "docs_dir: pages",
    "another project": "plugins: [{handbook: {project: ../other}}, search]",
    "what cannot be read": "a: [",
}
KNOWN = {
    "nothing": "",
    "the usual": "site_name: x\ntheme: material\nplugins: [handbook, search]\ndocs_dir: content",
    "an edition": "plugins: [{handbook: {edition: board, project: .}}, search]",
    "a look": "theme: {name: material, palette: {primary: teal}}\nextra_css: [extra.css]",
    "more Markdown": "markdown_extensions: [admonition, {toc: {permalink: true}}]",
}


@pytest.mark.parametrize("how", UNKNOWN)
def test_what_brings_in_the_unknown_is_always_built_anew(tmp_path: Path, how: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(UNKNOWN[how], encoding="utf-8")
    assert key(tmp_path) is None


@pytest.mark.parametrize("how", KNOWN)
def test_usual_settings_are_known(tmp_path: Path, how: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(KNOWN[how], encoding="utf-8")
    assert key(tmp_path) is not None


def test_what_is_no_file_is_always_built_anew(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/.#open.yml").symlink_to("author@machine.1234")
    assert key(tmp_path) is None
