"""Everything that is recounted, by the name that pages and export give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tests.recount.chart import possible
from tests.recount.coached import coached
from tests.recount.effects import Claim, claims, effects
from tests.recount.evidence import bases, counts, needed, practices, ranked
from tests.recount.evidence import figures as ranked_figures
from tests.recount.files import Files, Key, exact
from tests.recount.generations import generations
from tests.recount.growth import growth
from tests.recount.keys import key_results
from tests.recount.leads import FEWEST, FIRM, SEED, leads
from tests.recount.levels import levels
from tests.recount.library import Proposals, complete, goals, in_use, is_chronic
from tests.recount.logs import logs
from tests.recount.packs import (
    history_of,
    pack_of,
    standings_of,
)
from tests.recount.periods import Span, span
from tests.recount.quarters import quarters
from tests.recount.rhythm import actions, overdue, rhythm, roadmap
from tests.recount.signals import signals
from tests.recount.spread import spread
from tests.recount.standing import Line, Told, lines
from tests.recount.told import (
    Recount,
    chance_figures,
    chance_of,
    listed,
    pack_figures,
    point_figures,
    series_name,
)


def recount(files: Files, as_of: str) -> Recount:
    """All figures as of a long review period."""
    made = Recount(files)
    period = span(as_of, files.starts)
    told = lines(files, period.last)
    for key, line in told.items():
        _line(made, f"series/{series_name(key)}", line.points, line.baseline)
        for part, points in (("series", line.points), ("longer", line.longer or ())):
            for name, figure in growth(files, line, points):
                made.put(f"{part}/{series_name(key)}/points/{name}", figure)
        ends = possible(files, [one for other, one in told.items() if other[0] == key[0]])
        for name, figure in signals(files, line, ends, period):
            made.put(f"series/{series_name(key)}/{name}", figure)
        if line.longer is not None:
            _line(made, f"longer/{series_name(key)}", line.longer, None)
    for name, index in generations(files, told):
        made.put(name, index)
    _pilots(made, told, period)
    _standings(made, told, period)
    _chronic(made, told, period)
    quarters(made, told, period)
    _contents(made)
    own = claims(files, told)
    _evidence(made, told, period, own)
    for name, figure in effects(files, own):
        made.put(f"pilots/{name}", figure)
    for part, found in (
        ("spread", spread(files, own)),
        ("key_states", key_results(files, told, period)),
        ("rhythm", rhythm(files, period)),
        ("pilots", roadmap(files, period)),
        ("actions", actions(files, period)),
        ("decisions", overdue(files, period)),
    ):
        for name, figure in found:
            made.put(f"{part}/{name}", figure)
    log = logs(files.root, files.processes, files.handbook, list(files.pilots))
    for name, figure in (*levels(files), *coached(files), *log):
        made.put(name, figure)
    return made


def _line(made: Recount, at: str, points: Sequence[Told], baseline: Fraction | None) -> None:
    if at.startswith("series"):
        made.put(f"{at}/baseline", baseline)
    for one in points:
        point_figures(made, f"{at}/points/{one.period.name}", one)


def _pilots(made: Recount, told: Mapping[Key, Line], period: Span) -> None:
    files = made.files
    for pilot in files.pilots:
        at, pack = f"pilots/{pilot}", pack_of(files, pilot, told, period)
        pack_figures(made, at, pack)
        chance_figures(made, at, files, told, [pilot])
        for then, score, parts in history_of(files, pilot, told, period):
            made.put(f"{at}/history/{then.name}/score", score.value)
            made.put(f"{at}/history/{then.name}/coverage", score.coverage)
            made.put(f"{at}/history/{then.name}/gate", score.gate)
            for name, points in parts.items():
                made.put(f"{at}/history/{then.name}/parts/{name}/points", points)


def _standings(made: Recount, told: Mapping[Key, Line], period: Span) -> None:
    files = made.files
    packs = [item for pilot in files.pilots for item in pack_of(files, pilot, told, period)]
    states = [item.review.status for item in packs if item.review and item.review.value is not None]
    for name, count in standings_of(states).items():
        made.put(f"standings/packs/{name}", count)
    chance_figures(made, "standings", files, told, list(files.pilots))
    chance_of(made, "contents", files, listed(files, told))
    own = [
        line.longer if line.longer is not None else line.points
        for key, line in told.items()
        if not key[1] and not key[2] and (line.longer is not None or line.often == files.long)
    ]
    newest = sorted({one.period for points in own for one in points})[-8:]
    states = [
        one.status for points in own for one in points if one.period in newest and one.value is not None
    ]
    for name, count in standings_of(states).items():
        made.put(f"standings/periods/{name}", count)


def _chronic(made: Recount, told: Mapping[Key, Line], period: Span) -> None:
    """Series that reached their target in none of the last four complete long periods."""
    for key, line in told.items():
        if in_use(made.files.indicators[key[0]]) and is_chronic(made.files, line, period):
            missed = sum(one.status == "missed" for one in complete(made.files, line, period)[-4:])
            made.put(f"chronic/{series_name(key)}/missed", missed)
            made.put(f"chronic/{series_name(key)}/near", 4 - missed)
    made.put("method/chronic_periods", 4)


def _evidence(made: Recount, told: Mapping[Key, Line], period: Span, own: Sequence[Claim]) -> None:
    """The evidence page: what is ranked, counted and proposed."""
    files = made.files
    found, behind = ranked(files, told, own, period), bases(files, told, period)
    made.put("evidence/needed", needed(files))
    for pilot, count in behind.items():
        made.put(f"evidence/bases/{pilot}/periods", count)
        made.put(f"evidence/bases/{pilot}/needed", needed(files))
    for name, count in counts(found, behind, needed(files)).items():
        made.put(f"evidence/found/{name}", count)
    for part, figures in (
        ("evidence/changes", ranked_figures(found)),
        ("evidence", practices(files, found)),
        ("evidence/goals", goals(files, told, period)),
        ("evidence", Proposals(files, told, period, found, made.values).figures()),
        ("evidence/leads", leads(files, told)),
    ):
        for name, figure in figures:
            made.put(f"{part}/{name}", figure)


def _contents(made: Recount) -> None:
    """The library's size, and what its files say themselves."""
    files = made.files
    made.put("contents/indicators", len(files.indicators))
    made.put("contents/pilots", len(files.pilots))
    for name in {str(one.get("category") or "none") for one in files.indicators.values()}:
        count = sum(str(one.get("category") or "none") == name for one in files.indicators.values())
        made.put(f"contents/by_category/{name}", count)
    for one in files.indicators.values():
        for place, target in enumerate(one.get("targets") or []):
            for part in ("floor", "target", "stretch"):
                if target.get(part) is not None:
                    made.put(f"indicators/{one['id']}/targets/{place}/{part}", exact(target[part]))
        for part in ("min", "max"):
            if (one.get("limits") or {}).get(part) is not None:
                made.put(f"indicators/{one['id']}/limits/{part}", exact(one["limits"][part]))
        for place, end in enumerate(one.get("range") or []):
            made.put(f"indicators/{one['id']}/range/{place}", exact(end))
    scoring = files.handbook.get("scoring") or {}
    for name, usual in (("floor", 60), ("target", 100), ("stretch", 120), ("below_floor", 0)):
        made.put(f"method/scoring/{name}", exact(scoring.get(name, usual)))
    for name, number in (("seed", SEED), ("fewest", FEWEST), ("firm", FIRM)):
        made.put(f"method/leads/{name}", number)
    made.put("contents/whole/indicators", len(files.indicators))
    made.put("contents/whole/pilots", len(files.pilots))
