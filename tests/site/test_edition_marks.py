"""In every edition, as of the past and in a frozen review: a figure's name leads into that edition's export,
and the figure is that of the widest edition."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.built import ROOT, Site, built, handbook, past_review, sample, whole_sample
from tests.recount.marks import export_of, found, pages_of

WIDEST, PAST = "managers", "2025-Q4"
LISTED = re.compile(r"^contents/(?!whole/)|/withheld_weight$")
"""How much an edition holds, and how much is withheld from it, is its own."""
COUNTED = re.compile(r"^(quarters/[^/]+)/counts/(\w+)$")
"""A count of what the edition may see, where its period says so (`in_part`)."""


def public(_own: Path, folder: Path) -> Site:
    return built(ROOT, folder, "--edition", "public")


def public_then(_own: Path, folder: Path) -> Site:
    return built(ROOT, folder, "--edition", "public", "--as-of", PAST)


def frozen_for_everybody(_own: Path, folder: Path) -> Site:
    done = handbook("review", PAST, ROOT, "--out", folder, "--edition", "public")
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(folder)


MADE: dict[str, tuple[Callable[[Path, Path], Site], str]] = {
    "public": (public, ""),
    "staff": (lambda own, _: sample(own), ""),
    "managers": (lambda own, _: whole_sample(own), ""),
    "public as of the past": (public_then, PAST),
    "a frozen review for staff": (lambda own, _: past_review(own), PAST),
    "a frozen review for everybody": (frozen_for_everybody, PAST),
}
"""How each is made, given the session's folder and one of the test's own; as of when it tells."""


@cache
def widest(as_of: str) -> Any:
    done = handbook("export", "json", ROOT, "--edition", WIDEST, *(("--as-of", as_of) if as_of else ()))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", MADE)
def test_every_figure_is_named_and_is_that_of_the_widest_edition(
    name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    make, as_of = MADE[name]
    own = make(tmp_path_factory.getbasetemp(), tmp_path / "site")
    told, every, wrong, count = export_of(own.folder), widest(as_of), [], 0
    for page, marks in pages_of(own.folder):
        for mark in marks:
            count += 1
            for whose, export in (("its own", told), ("the widest", every)):
                if whose != "its own" and _own(told, mark.name):
                    continue
                value = _under(export, mark.name)
                if value is None or float(mark.value) != float(value):
                    wrong.append(f"{page}: {mark} is {value} in {whose} export")
    assert wrong[:20] == []
    assert count > 5_000


def _own(told: Any, name: str) -> bool:
    """Whether a figure may be another one in the widest edition."""
    counted = COUNTED.match(name)
    in_part = counted is not None and counted[2] in found(told, f"{counted[1]}/in_part")
    return in_part or bool(LISTED.search(name))


def _under(export: Any, name: str) -> Any:
    try:
        return found(export, name)
    except (KeyError, ValueError, IndexError, TypeError):
        return None
