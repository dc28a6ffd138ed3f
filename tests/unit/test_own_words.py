"""A handbook in its own words and colours: terms, labels, further languages, brand, chapters."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.model.colour import READABLE, contrast, readable
from generator.pipeline import Request, Run, check_project
from generator.present.text.own_words import OwnWords
from generator.present.text.words import Words, labels
from generator.site.markdown_tree import write_tree
from generator.starter.project import project_files

TERMS = {"pilot": "site", "试点": "示范点"}


def begun(folder: Path, **changes: str) -> Path:
    """A new handbook; `changes` are lines of its handbook.yml by their key."""
    for name, text in project_files(("zh", "en")).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    file = folder / "data" / "handbook.yml"
    text = file.read_text(encoding="utf-8")
    for key, line in changes.items():
        text = re.sub(rf"^{key}: .*\n", "", text, flags=re.MULTILINE) + f"{key}: {line}\n"
    file.write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    return [
        f"{one.mark}: {one.level}[{one.rule}] {one.message}. {one.hint}"
        for one in check_project(folder).problems
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one pilot", "one site"),
        ("3 pilots", "3 sites"),
        ("Pilots", "Sites"),
        ("the pilot's pack", "the site's pack"),
        ("piloting", "piloting"),
        ("{pilot} is a pilot", "{pilot} is a site"),
        ("各个试点", "各个示范点"),
    ],
)
def test_a_term_takes_anothers_place_in_labels(text: str, said: str) -> None:
    assert OwnWords(TERMS).of("en", {"key": text})["key"] == said


def test_terms_are_put_in_all_at_once() -> None:
    """A word that has come in is not changed again, in whatever order and length the terms are."""
    own = OwnWords({"indicator": "measure", "measure": "step", "指标": "度量项", "度量": "步骤"})
    made = own.of("en", {"k": "an indicator and a measure, indicators and measures", "z": "指标，度量"})
    assert made == {"k": "a measure and a step, measures and steps", "z": "度量项，步骤"}


def test_an_article_follows_its_word() -> None:
    own = OwnWords({"pilot": "experiment", "office": "branch"})
    assert (
        own.of("en", {"k": "a pilot in an office, A pilot"})["k"]
        == "an experiment in a branch, An experiment"
    )


def test_no_label_keeps_the_term() -> None:
    own = OwnWords(TERMS)
    for language, word in (("zh", "试点"), ("en", r"\bpilots?\b")):
        made = own.of(language, labels(language))
        left = {k: t for k, t in made.items() if re.search(word, re.sub(r"\{[^{}]*\}", "", t), re.IGNORECASE)}
        assert left == {}
        for key, text in labels(language).items():
            assert re.findall(r"\{[^{}]*\}", text) == re.findall(r"\{[^{}]*\}", made[key]), key


def test_a_further_language_has_its_labels_and_english_ones() -> None:
    words = Words("fr", OwnWords(labels={"fr": {"language": "Français"}}))
    assert words("language") == "Français"
    assert words("chapters.pilots") == labels("en")["chapters.pilots"]


def test_labels_of_a_project_are_held_against_those_of_the_product(tmp_path: Path) -> None:
    project = begun(tmp_path, languages="[zh, en, fr]")
    assert any("warning[missing-labels] there are no labels in 'fr'" in line for line in told(project))
    (project / "labels").mkdir()
    file = project / "labels" / "fr.yml"
    file.write_text(
        "language: Français\nchapters:\n  pilotes: Sites\nhome.pilots.one: un site {x}\n", "utf-8"
    )
    found = told(project)
    assert any(line.startswith("labels/fr.yml:3:3: error[unknown-label]") for line in found)
    assert any(line.startswith("labels/fr.yml:4:") and "[unknown-place]" in line for line in found)
    assert any("did you mean 'chapters.pilots'" in line for line in found)
    file.write_text("language: Français\n", encoding="utf-8")
    total = len([text for text in labels("en").values() if text])
    assert any(f"lacks {total - 1} of {total} labels" in line for line in told(project))
    assert not [line for line in told(project) if "error[" in line or "warning[" in line]


def test_the_labels_to_translate_are_written_and_read_again(tmp_path: Path) -> None:
    project = begun(tmp_path, languages="[zh, en, fr]")
    (project / "labels").mkdir()
    output = CliRunner().invoke(main, ["export", "labels", "fr"]).stdout
    (project / "labels" / "fr.yml").write_text(output, encoding="utf-8")
    assert not [line for line in told(project) if "labels" in line]


def test_what_a_further_language_lacks_is_a_list_to_translate_in(tmp_path: Path) -> None:
    """All of it, in the file, as comments; what is translated stays where it stands, whatever comes."""
    project = begun(tmp_path, languages="[zh, en, fr]")
    command = ["export", "labels", "fr", "--project", str(project)]
    file, wanted = project / "labels" / "fr.yml", [key for key, text in labels("en").items() if text]

    def run(option: str) -> str:
        done = CliRunner().invoke(main, ["--lang", "en", *command, option])
        assert done.exit_code == 0, done.output
        return done.output

    assert f"{len(wanted)} of {len(wanted)} labels are missing" in run("--write")
    begun_with = file.read_text("utf-8")
    assert f"lacks {len(wanted)} of {len(wanted)} labels" in "\n".join(told(project))
    listed = [line[2:] for line in begun_with.splitlines() if re.match(r'# [\w.-]+: "', line)]
    assert list(yaml.safe_load("\n".join(listed))) == wanted, "each is a label once its # is taken away"
    assert '# chapters.pilots: "Pilots"  # 试点' in begun_with

    mine = '# chapters.tree: "my own"\nlanguage: Français  # said by me\nchapters:\n  home: Vue\n'
    file.write_text(mine + begun_with.replace("# chapters.pilots: ", "chapters.pilots: "), "utf-8")
    run("--write")
    text = file.read_text("utf-8")
    assert text.startswith(f"{mine}chapters.pilots: ")
    assert text.count("# -- chapters\n") == 1
    assert f"lacks {len(wanted) - 3} of {len(wanted)} labels" in "\n".join(told(project))
    run("--write")
    assert file.read_text("utf-8") == text, "again, nothing changes"
    assert run("--missing").splitlines() == [
        line for line in text.splitlines() if line.startswith("# ") and "my own" not in line
    ]
    named = re.sub(r'# (chapters\.cases): "[^"]*"', r'# \1: "Exemples"', text)
    file.write_text(named, "utf-8")
    run("--write")
    assert '# chapters.cases: "Exemples"' in file.read_text("utf-8"), "translated, and its # forgotten"
    file.write_text("chapters: [", "utf-8")
    done = CliRunner().invoke(main, [*command, "--write"])
    assert (done.exit_code, file.read_text("utf-8")) == (1, "chapters: [")


def test_pages_in_three_languages_are_made(tmp_path: Path) -> None:
    project = begun(
        tmp_path,
        languages="[zh, en, fr]",
        terms="{试点: 示范点}",
        title="{zh: 急诊手册, en: The emergency book}",
        pages="{off: [diagnosis], order: [pilots]}",
    )
    (project / "labels").mkdir()
    (project / "labels" / "fr.yml").write_text("chapters.pilots: Sites pilotes\n", encoding="utf-8")
    sites = Run(project, Request()).sites
    assert [site.language for site in sites] == ["zh", "en", "fr"]
    for site, title in zip(sites, ("急诊手册", "The emergency book", "急诊手册"), strict=True):
        home = site.chapters[0].pages[0]
        assert home.title == title
        assert home.markdown.startswith(f"# {title}\n"), "the home page that is begun is called as the site"
    for site, pilots in zip(sites, ("示范点", "Pilots", "Sites pilotes"), strict=True):
        names = [chapter.id for chapter in site.chapters]
        assert names[:2] == ["index", "pilots"]
        assert "diagnosis" not in names
        assert site.chapters[1].title == pilots
        gone = [
            page.path for page in site.pages if 'href="diagnosis/' in "".join(s.html for s in page.sections)
        ]
        gone += [
            page.path for page in site.pages if '"../diagnosis/' in "".join(s.html for s in page.sections)
        ]
        assert gone == []
        assert not any("diagnosis/index" in page.markdown for page in site.pages)


def test_the_shipped_method_says_the_handbook_s_terms_and_an_author_s_own_file_its_words(
    tmp_path: Path,
) -> None:
    project = begun(tmp_path, terms="{试点: 示范点, pilot: site}")
    own_file = (project / "data/roadmap.yml").read_text("utf-8")
    (project / "data/roadmap.yml").unlink()
    shipped = check_project(project).catalogue
    assert shipped is not None
    texts = str(shipped.roadmap)
    assert "示范点任务书" in texts
    assert "Site charter" in texts
    assert "试点" not in texts
    (project / "data/roadmap.yml").write_text(own_file, "utf-8")
    own = check_project(project).catalogue
    assert own is not None
    assert "试点任务书" in str(own.roadmap)


def test_colours_are_held_against_what_is_read_on_them(tmp_path: Path) -> None:
    project = begun(tmp_path, brand="{primary: '#ffcc00', accent: '#7a1f2b'}")
    (line,) = [line for line in told(project) if "low-contrast" in line]
    assert "white text on it has a contrast of 1.51 to 1" in line
    proposed = re.search(r"'(#[0-9a-f]{6})'", line)
    assert proposed is not None
    assert contrast(proposed[1], "#ffffff") >= READABLE
    begun(tmp_path, brand=f"{{primary: '{proposed[1]}', accent: '#7a1f2b'}}")
    assert not [line for line in told(project) if "low-contrast" in line]


def test_contrast_is_the_one_of_wcag() -> None:
    """Black on white is 21; #767676 on white is the lightest grey that passes: 4.54."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert readable("#767676", "#ffffff") == "#767676"
    assert contrast(readable("#00ff00", "#ffffff"), "#ffffff") >= READABLE


def test_the_brand_stands_around_the_pages(tmp_path: Path) -> None:
    project = begun(
        tmp_path,
        brand="{logo: images/logo.svg, primary: '#7a1f2b', footer: {zh: 内部, en: <b>ours</b>},"
        " contact: 'mailto:a@example.com'}",
    )
    (zh, en) = Run(project, Request()).sites
    assert zh.brand is not None
    assert en.brand is not None
    assert "内部" in zh.brand.footer
    assert en.brand.footer == '&lt;b&gt;ours&lt;/b&gt; · <a href="mailto:a@example.com">Contact</a>'
    assert "--md-primary-fg-color: #7a1f2b;" in en.brand.css


def test_a_contact_leads_to_one_place_from_every_folder(tmp_path: Path) -> None:
    project = begun(tmp_path, brand="{contact: guide/help.md}")
    (line,) = [line for line in told(project) if "bad-link" in line]
    assert "error[bad-link] 'guide/help.md' is no address" in line
    for address in ("mailto:a@example.com", "https://example.com/help"):
        assert not told(begun(tmp_path, brand=f"{{contact: '{address}'}}"))


def test_the_tree_for_other_builders_has_the_foot_and_the_brand(tmp_path: Path) -> None:
    project = begun(
        tmp_path / "own",
        owner="{zh: 人力资源部, en: Human resources}",
        brand="{logo: images/logo.svg, accent: '#7a1f2b', footer: {zh: 内部, en: <b>ours</b>}}",
    )
    write_tree(Run(project, Request()).sites, project / "content", tmp_path / "tree")
    settings = yaml.safe_load((tmp_path / "tree" / "mkdocs.en.yml").read_text(encoding="utf-8"))
    assert "Human resources" in settings["copyright"]
    assert settings["copyright"].endswith("<br>&lt;b&gt;ours&lt;/b&gt;")
    assert settings["theme"]["logo"] == "images/logo.svg"
    assert settings["extra_css"][-1] == "assets/brand.css"
    css = tmp_path / "tree" / "docs.en" / "assets" / "brand.css"
    assert "--md-typeset-a-color: #7a1f2b;" in css.read_text(encoding="utf-8")


def test_a_label_of_the_handbook_is_text_and_no_markup(tmp_path: Path) -> None:
    """Those that pieces of HTML are joined by, or put into, as well."""
    project = begun(tmp_path, owner="Us", contact="a@example.com")
    (project / "labels").mkdir()
    own = {
        key: f"<kbd>{text}</kbd>"
        for key, text in labels("en").items()
        if key.startswith(("punctuation.", "agenda.", "record."))
    }
    (project / "labels" / "en.yml").write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    (_, en) = Run(project, Request()).sites
    every = [en.footer, *(section.html for page in en.pages for section in page.sections)]
    assert "&lt;kbd&gt; · &lt;/kbd&gt;" in en.footer
    assert [html for html in every if re.search(r"<kbd>", html)] == []


def test_a_term_with_braces_is_said_as_it_is_written() -> None:
    """Labels that something is put into, those that count, and those that nothing stands in."""
    words = Words("en", OwnWords({"pilot": "{site} {{x}}"}))
    with_places = {
        key: {name for _, name, _, _ in Formatter().parse(text) if name}
        for key, text in labels("en").items()
        if re.search(r"\bpilots?\b", re.sub(r"\{[^{}]*\}", "", text))
    }
    assert {bool(names) for names in with_places.values()} == {True, False}
    for key, names in with_places.items():
        assert "{site} {{x}}" in words(key, **dict.fromkeys(names or {"unused"}, "N")), key


def test_a_term_that_no_page_says_is_told(tmp_path: Path) -> None:
    """Mistyped, or in a language that the handbook has not: nothing would change, and nobody would know."""
    project = begun(tmp_path, terms="{试点: 示范点, 是点: 示范点, pilot: site}")
    place = "data/handbook.yml:35:18: note[unused-term]"
    hint = "write the word as its pages say it, in the language of the page"
    found = [line for line in told(project) if "unused-term" in line]
    assert found == [f"{place} the site has no word '是点' in zh, en. {hint}"]
