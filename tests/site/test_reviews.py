"""The pages of the reviews on the built sample: they lead to each other, and show what the data holds."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from functools import cache

from generator.load.project import load_project
from generator.model.catalogue import Catalogue
from generator.problems import Problems
from tests.built import ROOT, Site
from tests.document import Document, Element

QUARTERS = ("2025-q1", "2025-q2", "2025-q3", "2025-q4", "2026-q1", "2026-q2", "2026-q3")


@cache
def catalogue() -> Catalogue:
    found = load_project(ROOT, Problems())
    assert found is not None
    return found


def targets(site: Site, page: str, cls: str = "") -> list[str]:
    """Where the links of a page lead, as addresses from the site's root; those inside a class, if given."""
    return [
        posixpath.normpath(posixpath.join(posixpath.dirname(page), element.get("href").partition("#")[0]))
        for element in site.document(page).elements
        if element.tag == "a" and element.get("href") and (not cls or element.inside(cls=cls))
    ]


def rows(document: Document, table: str) -> list[Element]:
    """The rows of the body of a table by its id."""
    found = next(element for element in document.elements if element.get("id") == table)
    body = next(child for child in found.children if child.tag == "tbody")
    return [child for child in body.children if child.tag == "tr"]


def test_small_print_on_the_same_line_stands_apart_from_what_it_follows(sample_site: Site) -> None:
    """Where it is no line of its own a blank is all that keeps it from the words before it."""
    for page, begin, mark, least in (
        ("en/quarters/2026-q3.html", '<div class="hb-tight">', "hb-sub", 6),
        ("en/indicators/quote-time.html", 'class="hb-guards">', "hb-change", 4),
    ):
        told = (sample_site.folder / page).read_text(encoding="utf-8").partition(begin)[2]
        told = told.partition("</table>" if mark == "hb-sub" else "</p>")[0]
        assert len(re.findall(rf'\s<span class="{mark}">', told)) >= least, page
        assert re.findall(rf'\S{{1,20}}<span class="{mark}">', told) == [], page


def test_the_index_leads_to_everything(sample_site: Site) -> None:
    for home in ("", "en/"):
        found = set(targets(sample_site, f"{home}reviews/index.html"))
        for page in ("agenda", "actions", "rhythm", *(f"quarters/{name}" for name in QUARTERS)):
            assert f"{home}{page}.html" in found, page
        for review in catalogue().reviews:
            assert f"{home}reviews/{review}.html" in found, review


def test_reviews_of_a_pilot_lead_to_the_one_before_and_the_one_after(sample_site: Site) -> None:
    held: dict[str, list[str]] = defaultdict(list)
    for review in sorted(catalogue().reviews.values(), key=lambda one: (one.date, one.id)):
        held[review.pilot].append(review.id)
    for own in held.values():
        for place, review in enumerate(own):
            beside = [*own[max(place - 1, 0) : place], "index", *own[place + 1 : place + 2]]
            found = targets(sample_site, f"reviews/{review}.html", "hb-between")
            assert found == [f"reviews/{name}.html" for name in beside], review


def test_a_review_leads_to_its_quarter_and_the_quarter_to_it(sample_site: Site) -> None:
    for review in catalogue().reviews.values():
        page = f"reviews/{review.id}.html"
        found = [one for one in targets(sample_site, page, "hb-facts") if one.startswith("quarters/")]
        assert len(found) == 1, review.id
        assert page in targets(sample_site, found[0]), review.id
    # Held on 7 July about June: it belongs to the quarter in which it was held.
    assert "quarters/2026-q3.html" in targets(sample_site, "reviews/2026-07-07-lead-to-cash-east.html")


def test_problems_with_a_step_are_pinned_on_a_map(sample_site: Site) -> None:
    for review in catalogue().reviews.values():
        document = sample_site.document(f"reviews/{review.id}.html")
        pins = [text for element, text in document.texts if "hb-map__number--pin" in element.classes]
        # One more stands in the key of each map.
        keys = sum("hb-mapkey" in element.classes for element in document.elements)
        placed = [n for n, problem in enumerate(review.problems, 1) if problem.step]
        assert sorted(pins) == sorted([*(str(n) for n in placed), *["1"] * keys]), review.id
        assert keys == bool(placed)


def test_every_action_is_listed_once_with_its_lateness(sample_site: Site) -> None:
    for page in ("actions.html", "en/actions.html"):
        document = sample_site.document(page)
        left, ended = rows(document, "open-actions"), rows(document, "closed-actions")
        actions = [action for review in catalogue().reviews.values() for action in review.actions]
        assert len(left) == sum(action.status in ("open", "doing") for action in actions)
        assert len(left) + len(ended) == len(actions)
        late = [row for row in left if "overdue" in row.get("data-state").split()]
        assert [row.get("data-pilot") for row in late] == ["lead-to-cash-south"]
        assert left[0] is late[0]  # due first, so it stands first


def words(document: Document, element: Element) -> str:
    """All that stands in an element, without blanks."""
    return "".join("".join(text.split()) for inner, text in document.texts if element in inner.around)


def agendas(document: Document) -> dict[str, list[str]]:
    """Pilot -> when its next review is due, and the lines of its agenda, as the agenda page says them."""
    found: dict[str, list[str]] = {}
    pilot = ""
    for element in document.elements:
        if element.tag == "h3" and element.get("id").startswith("agenda-"):
            pilot = element.get("id").removeprefix("agenda-")
            found[pilot] = []
        elif pilot and element.tag == "p" and "hb-facts" in element.classes:
            found[pilot].append(words(document, element).rpartition("·")[2])
        elif element.tag == "li" and element.inside(cls="hb-agenda"):
            found[pilot].append(words(document, element))
    return found


def test_the_agenda_stands_on_the_pages_of_the_pilots_too(sample_site: Site) -> None:
    """In the one list of what comes next, line by line; over it, when the next review is due."""
    for home in ("", "en/"):
        told = agendas(sample_site.document(f"{home}agenda.html"))
        assert set(catalogue().pilots) <= told.keys()
        assert sum(map(len, told.values())) > 2 * len(told)
        for pilot, (due, *lines) in told.items():
            document = sample_site.document(f"{home}pilots/{pilot}.html")
            heading = next(e for e in document.elements if e.tag == "h2" and e.get("id") == "next")
            assert heading.parent is not None
            after = heading.parent.children[heading.parent.children.index(heading) + 1 :]
            finding, *others = after
            listed = next(element for element in others if element.tag == "ul")
            assert due, pilot
            assert words(document, finding).endswith(due), pilot
            assert "hb-next" in listed.classes
            # Between them at most one line in small print, on causes outside a person's reach.
            assert [element.classes for element in others[: others.index(listed)]] in ([], [["hb-sub"]])
            shown = [words(document, item) for item in listed.children]
            assert [line for line in shown if line in lines] == lines, pilot
