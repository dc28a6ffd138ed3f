"""One language of signs: ▲ and ▼ say better and worse than before, nothing else; a status has its own."""

from __future__ import annotations

import re

from generator.compute.insight.claims import pilot_claim
from generator.pipeline import check_project, figures_for
from generator.present.pages.library.loop import LOOKS
from generator.present.pages.library.tree import GLYPHS
from tests.built import ROOT

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
JUDGED = ("hb-signal--", "hb-verdict--")
"""What says better or worse: signals, and the verdict of a pilot's newest change."""


def signs() -> dict[str, str]:
    """What the style sheets write before something, by its selector."""
    found = {}
    for name in ("handbook", "maps", "work"):
        text = (ROOT / f"theme/assets/{name}.css").read_text(encoding="utf-8")
        for selectors, rules in RULE.findall(text):
            told = re.search(r'content: "([^"]+)"', rules)
            if told is not None:
                found |= {one.strip(): told[1].strip() for one in selectors.split(",")}
    return found


def test_triangles_are_for_better_and_worse_alone() -> None:
    others = {
        name: sign
        for name, sign in signs().items()
        if sign in ("▲", "▼") and not any(judged in name for judged in JUDGED)
    }
    assert others == {}


def test_each_status_that_judges_has_a_sign_of_its_own() -> None:
    told = signs()
    own = [told[f".hb-status--{status}::before"] for status in ("exceeded", "met", "near", "missed")]
    assert len(set(own)) == 4


def test_drawings_say_a_status_by_its_sign() -> None:
    told = signs()
    assert {name: told[f".hb-status--{name}::before"] for name in GLYPHS} == GLYPHS
    assert [sign for _, sign in LOOKS.values()] == [GLYPHS["met"], GLYPHS["missed"], "○"]


def test_a_map_draws_a_status_by_no_triangle() -> None:
    """The outline of a sign of a status has more than three corners, and each sign its own."""
    file = ROOT / "theme/templates/drawings/map_parts.svg.jinja"
    macro = file.read_text(encoding="utf-8").partition("macro status(kind)")[2].partition("endmacro")[0]
    drawn = re.findall(r'\bd="([^"]+)"', macro)
    assert len(set(drawn)) == len(drawn) == 3
    assert all(len(re.findall(r"-?\.?\d+(?:\.\d+)?", way)) > 10 for way in drawn)


def test_no_code_draws_a_triangle_but_for_signals() -> None:
    """Texts of drawings and pages; the shapes of charts are held by their own tests."""
    found = [
        str(file.relative_to(ROOT))
        for folder, kind in (("generator/present", "*.py"), ("theme/templates", "*.jinja"))
        for file in (ROOT / folder).rglob(kind)
        if re.search("[▲▼]", file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_verdict_has_the_sign_of_what_its_sentence_says() -> None:
    """South missed a target and its change did nothing: a missed status, and nothing that got worse."""
    figures = figures_for(check_project(ROOT))
    claims = {pilot: pilot_claim(figures, own) for pilot, own in figures.pilots.items()}
    south, east = claims["lead-to-cash-south"], claims["lead-to-cash-east"]
    assert (south.tone, south.leading and south.leading.tone, south.by_status) == ("bad", "normal", True)
    assert (east.tone, east.leading and east.leading.tone, east.by_status) == ("good", "good", False)
    told = signs()
    assert told[".hb-verdict--by-status.hb-verdict--bad .hb-verdict__icon::before"] == "✕"
    assert told[".hb-verdict--by-status.hb-verdict--good .hb-verdict__icon::before"] == "✓"
