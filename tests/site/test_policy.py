"""The second wall: no page has a script or a handler of its own, and each says what it may load and run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.exceptions import PluginError

from generator.site import material_parts, policy
from generator.site.escaping import for_index, in_index
from tests.built import Site

DATA = {"application/json", "application/ld+json"}


@pytest.mark.parametrize("kind", ["sample", "review"])
def test_every_page_has_the_policy_first_and_no_script_of_its_own(
    sample_site: Site, past_review: Site, kind: str
) -> None:
    site = sample_site if kind == "sample" else past_review
    for page in site.pages:
        elements = site.document(page).elements
        told = [e for e in elements if e.get("http-equiv") == "Content-Security-Policy"]
        assert [one.get("content") for one in told] == [policy.policy()], page
        loading = [e for e in elements if e.tag in {"script", "link", "style", "img"}]
        assert elements.index(told[0]) < elements.index(loading[0]), page
        scripts = [e for e in elements if e.tag == "script"]
        assert [e for e in scripts if not e.get("src") and e.get("type") not in DATA] == [], page
        assert [name for e in elements for name in e.attributes if name.startswith("on")] == [], page
        assert [e for e in elements if re.match(r"\s*javascript:", e.get("href"))] == [], page


def test_the_policy_runs_nothing_that_stands_in_a_page() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy.policy().split("; "))
    assert rules["script-src"] == "'self' file:"
    assert rules["default-src"] == "'self' file:"
    assert (rules["object-src"], rules["base-uri"]) == ("'none'", "'none'")
    assert not any("unsafe-eval" in sources or "http" in sources for sources in rules.values())
    assert {name for name, sources in rules.items() if "unsafe-inline" in sources} == {"style-src"}


def test_hosts_that_an_author_allows_are_added_and_nothing_else() -> None:
    loaded = ("assets/a.js", "https://cdn.example.org/x/b.js", "//img.example.org/c.css")
    found = policy.hosts(["https://pictures.example.org"], loaded)
    assert found == ("https://pictures.example.org", "https://cdn.example.org", "https://img.example.org")
    assert "script-src 'self' file: https://pictures.example.org" in policy.policy(found)
    for wrong in ("*", "data:", "'unsafe-inline'", "https://a.b; script-src *", "example.org"):
        with pytest.raises(PluginError, match="is no host such as"):
            policy.hosts([wrong], ())


def test_scripts_of_material_go_to_files_word_for_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template of Material's own gives its script up, one of an author's keeps it."""
    monkeypatch.setattr(material_parts, "OWN", tmp_path / "material")
    for folder in ("material", "author"):
        (tmp_path / folder).mkdir()
    source = '<script>run("{{ address }}", 1 < 2)</script>'
    environment = Environment(loader=DictLoader({"unseen": ""}), autoescape=True)

    class Two(DictLoader):
        def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
            return source, str(tmp_path / template), None

    environment.loader = Two({})
    environment.filters["url"] = lambda address: f"../{address}"
    scripts = policy.Scripts(environment)
    made = environment.get_template("material/start.html").render(address='a"b')
    (name,) = scripts.files
    assert made == f'<script src="../{name}" data-v0="a&#34;b"></script>'
    scripts.write(tmp_path / "site")
    text = (tmp_path / "site" / name).read_text(encoding="utf-8")
    assert text == "run(document.currentScript.dataset.v0, 1 < 2)\n"
    assert (
        environment.get_template("author/start.html").render(address="a")
        == '<script>run("a", 1 < 2)</script>'
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("R&D", "R&D"),
        ('"on time" <5 days', '"on time" &lt;5 days'),
        ("a &lt;b&gt; c", "a &amp;lt;b&amp;gt; c"),
        ("x &copy y", "x &amp;copy y"),
        ("&#60;i>", "&amp;#60;i&gt;"),
    ],
)
def test_the_index_holds_text_without_markup_and_with_its_ampersands(text: str, told: str) -> None:
    """An ampersand that begins no character reference stays: a query is compared letter by letter."""
    assert for_index(text) == told
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert in_index(escaped) == told
