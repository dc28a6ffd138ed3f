"""From any indicator to its processes, pilots, goals, reviews and cases, and back, as readers follow links.

What must be linked is read from the data files themselves, apart from the product's code.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.built import Site

ROOT = Path(__file__).parents[2]
LANGUAGES = ("", "en/")


@cache
def files(folder: str) -> dict[str, Any]:
    """The YAML files of a folder by their stem."""
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for path in sorted((ROOT / "data" / folder).glob("*.yml"))
    }


def hidden(one: Any) -> bool:
    """Whether the staff edition, which is the one that is built, may not show it."""
    return bool(one.get("audience") == "managers")


def wanted() -> set[tuple[str, str]]:
    """Pairs of pages of which each must lead to the other."""
    shown = {name for name, one in files("indicators").items() if not hidden(one)}
    pairs = set()
    for name, process in files("processes").items():
        named = set((process.get("chain_indicators") or {}).values())
        for drawn in process["maps"].values():
            named |= {one for step in drawn["steps"] for one in step.get("indicators") or ()}
        pairs |= {(f"indicators/{one}", f"processes/{name}") for one in named & shown}
    for name, pilot in files("pilots").items():
        pack = {item["indicator"] for item in pilot["pack"]}
        pairs |= {(f"indicators/{one}", f"pilots/{name}") for one in pack & shown}
    for name, review in files("reviews").items():
        named = {problem.get("indicator") for problem in review.get("problems") or ()}
        named |= {(action.get("result") or {}).get("indicator") for action in review.get("actions") or ()}
        pairs |= {(f"indicators/{one}", f"reviews/{name}") for one in named & shown}
    for name, one in files("indicators").items():
        # A retired indicator supports no goal any more: the strategy does not list it, see below.
        if name in shown and one.get("supports") and one.get("status") != "retired":
            pairs.add((f"indicators/{name}", "strategy"))
    for path in sorted((ROOT / "content/cases").glob("*.md")):
        head = re.match(r"---\n(.*?)\n---", path.read_text(encoding="utf-8"), re.DOTALL)
        if head is not None and "." not in path.stem:
            case = yaml.load(head.group(1), Loader=yaml.BaseLoader)
            named = set(case.get("indicators") or ())
            pairs |= {(f"indicators/{one}", f"cases/{path.stem}") for one in named & shown}
            place = f"cases/{path.stem}"
            pairs |= {(f"{folder}s/{case[key]}", place) for key, folder in PLACES if case.get(key)}
            steps = {str(step["number"]): step["id"] for step in read("roadmap")["steps"]}
            pairs |= {(f"roadmap/{steps[number]}", place) for number in case.get("steps") or ()}
            pairs |= {(f"reviews/{name}", place) for name in speaking_of(case)}
    return pairs


PLACES = (("pilot", "pilot"), ("process", "processe"))
"""Keys of a case's front matter and the folders of what they name, without their last letter."""


@cache
def read(name: str) -> Any:
    """One file of the data."""
    return yaml.load((ROOT / f"data/{name}.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def speaking_of(case: Any) -> set[str]:
    """Reviews of a case's pilot, since its change, that name one of its indicators or of its steps."""
    pilot = files("pilots").get(case.get("pilot"))
    if pilot is None:
        return set()
    change = next((one for one in pilot["changes"] if one["id"] == case.get("change")), {})
    found = set()
    for name, review in files("reviews").items():
        named = {problem.get("indicator") for problem in review.get("problems") or ()}
        named |= {(action.get("result") or {}).get("indicator") for action in review.get("actions") or ()}
        steps = {problem.get("step") for problem in review.get("problems") or ()}
        touched = named & set(case.get("indicators") or ()) or steps & set(change.get("steps") or ())
        if review["pilot"] == case["pilot"] and review["date"] >= change.get("date", "") and touched:
            found.add(name)
    return found


@cache
def links(folder: Path, page: str) -> frozenset[str]:
    """The pages that a page's own content leads to."""
    text = (folder / page).read_text(encoding="utf-8")
    content = text.partition('<article class="md-content__inner')[2].partition("</article>")[0]
    found = set()
    for href in re.findall(r'href="([^"#]+)', content):
        if not re.match(r"[a-z]+:", href):
            found.add(posixpath.normpath(posixpath.join(posixpath.dirname(page), href)))
    return frozenset(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_indicators_and_what_uses_them_lead_to_each_other(sample_site: Site, language: str) -> None:
    pairs = wanted()
    assert len(pairs) > 100
    assert {place.partition("/")[0] for _, place in pairs} == {
        "processes", "pilots", "reviews", "strategy", "cases",
    }  # fmt: skip
    missing = [
        f"{start} -> {end}"
        for pair in sorted(pairs)
        for start, end in (pair, pair[::-1])
        if f"{language}{end}.html" not in links(sample_site.folder, f"{language}{start}.html")
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_retired_indicator_served_is_told_but_not_counted(sample_site: Site, language: str) -> None:
    """It leads to the goals it supported, which do not list it, and to what it drove and back."""

    def leads(start: str, end: str) -> bool:
        return f"{language}{end}.html" in links(sample_site.folder, f"{language}{start}.html")

    retired = {name: one for name, one in files("indicators").items() if one.get("status") == "retired"}
    served = [name for name, one in retired.items() if not hidden(one) and one.get("supports")]
    assert served
    for name in served:
        assert leads(f"indicators/{name}", "strategy")
        assert not leads("strategy", f"indicators/{name}")
    drove = [(name, link["indicator"]) for name in served for link in retired[name].get("contributes_to", ())]
    assert drove
    for name, driven in drove:
        assert leads(f"indicators/{name}", f"indicators/{driven}")
        assert leads(f"indicators/{driven}", f"indicators/{name}")
