"""Figures of a city's CSV files stand on the built pages, in their series and their year.

Which ones is decided by dice and by the csv module alone, apart from our reader.
"""

from __future__ import annotations

import csv
import html
import random
import re
import shutil
from pathlib import Path

import pytest

from tests import built
from tests.evidence import evidence

FIGURES = 20
ASIDE = ("Year", "Value", "COMMENT_OBS", "OBS_STATUS")
GAP, SKIPPED = "~", ">"

Picked = tuple[str, dict[str, str]]


def rows_of(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return [row for row in csv.DictReader(text.splitlines()) if row.get("Year") and row.get("Value")]


def picked() -> list[Picked]:
    """A figure of each of twenty indicators: three digits or more, so that no other is taken for it."""
    dice, found = random.Random(15), list[Picked]()
    paths = sorted((evidence("open-sdg-los-angeles") / "data").glob("indicator_*.csv"))
    dice.shuffle(paths)
    for path in paths:
        rows = [
            row for row in rows_of(path)
            if re.fullmatch("[0-9]{4}", row["Year"].strip())
            and len(re.sub("[^0-9]", "", row["Value"])) >= 3
            and re.fullmatch(r"-?[0-9][0-9,]*(\.[0-9]+)?", row["Value"].strip())
        ]  # fmt: skip
        if rows and len(found) < FIGURES:
            found.append((path.stem.removeprefix("indicator_"), dice.choice(rows)))
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> built.Site:
    folder = tmp_path_factory.mktemp("city")
    for kind in ("meta", "data"):
        (folder / "in" / kind).mkdir(parents=True)
    for id_, _ in picked():
        for name in (f"meta/{id_}.md", f"data/indicator_{id_}.csv"):
            shutil.copyfile(evidence("open-sdg-los-angeles") / name, folder / "in" / name)
    done = built.handbook("import", "open-sdg", folder / "in", "--out", folder / "book")
    assert done.returncode == 0, done.stderr
    return built.built(folder / "book", folder / "site", first_language="en")


def told(page: str, parts: set[str], year: str) -> str | None:
    """What a page shows of a series in a year: in the panel of it, or in the table of the only one."""
    for label, carried in re.findall(r'aria-label="([^"]*)" data-told="([^"]*)"', page):
        named = re.search(r": Whole organisation(?: · (.*))?: trend from", label)
        if named and set(filter(None, (named[1] or "").casefold().split(", "))) == parts:
            first, head, tail, *between = carried.split("|")
            text = between[int(year) - int(first)]
            return None if text in (GAP, SKIPPED) else head + text + tail
    only = re.search(rf'<tr><th scope="row">{year}</th><td><data[^>]*>([^<]*)</data>', page)
    return only[1] if only and not parts and page.count("hb-table--points") == 1 else None


@pytest.mark.parametrize("number", range(FIGURES))
def test_a_figure_of_the_files_stands_on_its_page(number: int, site: built.Site) -> None:
    id_, row = picked()[number]
    rows = rows_of(evidence("open-sdg-los-angeles") / f"data/indicator_{id_}.csv")
    units = {one["Units"].strip() for one in rows if "Units" in one} - {""}
    aside = ASIDE if len(units) > 1 else (*ASIDE, "Units")
    parts = {text.strip().casefold() for name, text in row.items() if name not in aside and text.strip()}
    page = html.unescape((site.folder / f"indicators/{id_}.html").read_text("utf-8"))
    shown = told(page, parts, row["Year"].strip())
    assert shown is not None
    figure = re.match(r"[−-]?[0-9,]+(?:\.([0-9]+))?", shown)
    assert figure is not None
    written = float(row["Value"].replace(",", ""))
    # Shown are as many decimals as the whole series has.
    assert float(figure[0].replace(",", "").replace("−", "-")) == round(written, len(figure[1] or ""))
    assert written in values_in(site.folder / f"downloads/indicators/{id_}.csv", row["Year"].strip())


def values_in(table: Path, year: str) -> set[float]:
    """All values of a year in the table that an indicator's page offers: written as they came."""
    with table.open(encoding="utf-8-sig", newline="") as lines:
        return {
            float(row["value"]) for row in csv.DictReader(lines) if row["period"] == year and row["value"]
        }
