"""One language of signs: ▲ and ▼ say better and worse than before, nothing else; a status has its own."""

from __future__ import annotations

import re

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
