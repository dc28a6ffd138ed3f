"""One copy of assets and downloads for all languages, no maps, no indentation in the frame of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.present.page import LanguageSite
from generator.present.store import Store, StoredFiles
from generator.site import weight

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_of_a_further_language_uses_the_assets_of_the_first() -> None:
    page = '<a href="../assets/a.css"><a href="assets/b"> "search": "../assets/w.js" =x../assets/'
    assert weight.shared(page, 1) == (
        '<a href="../../assets/a.css"><a href="assets/b"> "search": "../../assets/w.js" =x../assets/'
    )
    assert weight.shared('<a href="assets/a.css">', 0) == '<a href="../assets/a.css">'
    assert weight.shared_from_root('<a href="/sub/en/assets/a">', "en") == '<a href="/sub/assets/a">'


def test_a_page_of_a_further_language_links_to_the_downloads_of_the_first() -> None:
    """Only to those that stand there: an author's page below `downloads/` is there in every language."""
    elsewhere = {"downloads/indicators/a b.csv", "downloads/x.zip"}
    page = (
        '<a href="../downloads/indicators/a%20b.csv" download><a href="../downloads/own.html#x">'
        '<a href="downloads/x.zip"><a title="=../downloads/x.zip">'
    )
    assert weight.shared(page, 1, elsewhere) == page.replace(
        '="../downloads/indicators', '="../../downloads/indicators'
    )
    assert weight.shared('<a href="downloads/x.zip">', 0, elsewhere) == '<a href="../downloads/x.zip">'


def test_a_further_language_is_not_handed_what_the_first_one_writes() -> None:
    store = Store()
    files = {"downloads/x.zip": store.put(b"x"), "charts/y.csv": store.put(b"y")}
    site = weight.without_downloads(LanguageSite("en", "One", (), StoredFiles(files)))
    assert dict(site.files) == {"charts/y.csv": b"y"}
    assert site.elsewhere == {"downloads/x.zip"}


def test_what_only_the_further_language_has_is_moved(tmp_path: Path) -> None:
    for name in ("assets/a.css", "en/assets/a.css", "en/assets/inline/b.js", "en/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    weight.one_copy(tmp_path, "en")
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert left == ["assets/a.css", "assets/inline/b.js", "en/index.html"]
    assert (tmp_path / "assets/a.css").read_text() == "assets/a.css"


def test_no_script_names_a_map_that_is_not_there(tmp_path: Path) -> None:
    for name, end in (
        ("javascripts/bundle.x.min.js", "\n//# sourceMappingURL=bundle.x.min.js.map\n"),
        ("stylesheets/main.x.min.css", "\n/*# sourceMappingURL=main.x.min.css.map */\n"),
    ):
        (tmp_path / "assets" / name).parent.mkdir(parents=True)
        (tmp_path / "assets" / name).write_text(f"body{end}")
    weight.without_maps(tmp_path)
    assert {path.read_text() for path in tmp_path.rglob("*.min.*")} == {"body\n"}


def test_the_article_keeps_its_lines() -> None:
    page = "<body>\n    <nav>\n\n  </nav>\n<article>\n  <pre>\n  a</pre>\n</article>\n   </body>"
    assert weight.without_indentation(page) == (
        "<body>\n<nav>\n</nav>\n<article>\n  <pre>\n  a</pre>\n</article>\n</body>"
    )
    assert weight.without_indentation("  <p>\n  x") == "  <p>\n  x"
