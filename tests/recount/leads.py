"""Section 6 again: which indicators move before the outcomes, by ranks and phase-randomised copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.recount.files import Files, Key
from tests.recount.library import in_use
from tests.recount.periods import Span
from tests.recount.standing import Line
from tests.recount.windows import breaks

Figure = Fraction | float | int | str | bool | None
Named = Iterator[tuple[str, Figure]]
Floats = NDArray[np.float64]
SEED, COPIES, LAGS, FEWEST, FIRM = 20250101, 399, 4, 12, 24


def leads(files: Files, told: Mapping[Key, Line]) -> Named:
    """(name below the evidence's leads, figure) of every place that has something to look at."""
    places = [(place, found) for place in ("", *files.pilots) if (found := _place(files, told, place))]
    tested = sum(found[0].shape[1] >= FEWEST for _, found in places)
    for place, (table, names, outcomes, often) in places:
        at = place or "organisation"
        pairs = {(a, b) for a in names for b in outcomes if a not in outcomes}
        yield f"{at}/periods", table.shape[1]
        yield f"{at}/pairs", len(pairs)
        yield f"{at}/frequency", often
        clues = list(_clues(table, names, pairs, tested)) if table.shape[1] >= FEWEST else []
        yield f"{at}/clues/#", len(clues)
        for leader, follower, lag, correlation, p in clues:
            name = f"{at}/clues/{leader}~{follower}"
            for key, figure in (
                ("lag", lag), ("correlation", correlation), ("p", p), ("periods", table.shape[1]),
                ("firm", table.shape[1] >= FIRM),
            ):  # fmt: skip
                yield f"{name}/{key}", figure


def _place(
    files: Files, told: Mapping[Key, Line], pilot: str
) -> tuple[Floats, list[str], list[str], str] | None:
    """(values of the longest stretch without a gap, their indicators by name, outcomes, frequency)."""
    own = {
        name: line
        for name, one in files.indicators.items()
        if in_use(one)
        and (line := told.get((name, pilot, ()))) is not None
        and any(point.value is not None for point in line.points)
    }
    if not own:
        return None
    often = Counter(line.often for line in own.values()).most_common(1)[0][0]
    own = {name: line for name, line in own.items() if line.often == often}
    periods = sorted({point.period for line in own.values() for point in line.points}, key=_first)
    rows = {name: _row(line, periods) for name, line in own.items()}
    rows = {
        name: row for name, row in rows.items() if sum(one is not None for one in row) >= 0.8 * len(periods)
    }
    whole = sorted(name for name in rows if not _broken(files, own[name]))
    kinds: dict[str, Mapping[str, Any]] = {name: files.indicators[name] for name in whole}
    outcomes = [name for name, one in kinds.items() if one.get("kind") == "lagging"]
    outcomes = outcomes or [name for name, one in kinds.items() if one.get("aspect") == "benefit"]
    if not outcomes or len(outcomes) == len(whole):
        return None
    return _stretch([rows[name] for name in whole]), whole, outcomes, often


def _first(one: Span) -> Any:
    return one.first


def _row(line: Line, periods: Sequence[Span]) -> list[float | None]:
    known = {one.period: one.value for one in line.points}
    values = [known.get(period) for period in periods]
    return [None if one is None else float(one) for one in values]


def _broken(files: Files, line: Line) -> bool:
    first, last = line.points[0].period.first, line.points[-1].period.last
    return any(first <= day <= last for day in breaks(files, line.key[0]))


def _stretch(rows: Sequence[Sequence[float | None]]) -> Floats:
    best, start = (0, 0), 0
    for place in range(len(rows[0]) + 1):
        if place == len(rows[0]) or any(row[place] is None for row in rows):
            if place - start >= best[1] - best[0]:
                best = (start, place)
            start = place + 1
    return np.array([[row[place] for place in range(*best)] for row in rows], dtype=float)


def _clues(
    table: Floats, names: Sequence[str], pairs: set[tuple[str, str]], tested: int
) -> Iterator[tuple[str, str, int, float, float]]:
    moves = np.diff(table, axis=-1)
    places = [(names.index(one), names.index(other)) for one, other in sorted(pairs)]
    n = moves.shape[1]
    found = {pair: [_spearman(moves[pair[0]], moves[pair[1]], lag) for lag in range(LAGS)] for pair in places}
    size = [np.sqrt(n - lag - 1) for lag in range(LAGS)]
    greatest = _greatest(moves, places, size)
    for one, other in places:
        p = [
            (1 + int((greatest >= abs(found[one, other][lag]) * size[lag] - 1e-12).sum())) / (COPIES + 1)
            for lag in range(LAGS)
        ]
        lag = min(range(LAGS), key=lambda at: p[at] - 1e-9 * abs(found[one, other][at]))
        if p[lag] <= 0.05 and lag and min(1.0, p[lag] * tested) <= 0.05:
            yield names[one], names[other], lag, found[one, other][lag], min(1.0, p[lag] * tested)


def _ranks(values: Floats) -> Floats:
    """Ranks with equal values sharing theirs, centred, of length 1."""
    below = (values[:, None] > values[None, :]).sum(axis=1)
    same = (values[:, None] == values[None, :]).sum(axis=1)
    ranks = below + (same - 1) / 2
    ranks = ranks - ranks.mean()
    length = np.sqrt((ranks**2).sum())
    return np.asarray(ranks / length if length else ranks * 0.0)


def _spearman(leader: Floats, follower: Floats, lag: int) -> float:
    return float(_ranks(leader[: len(leader) - lag]) @ _ranks(follower[lag:]))


def _greatest(moves: Floats, places: Sequence[tuple[int, int]], size: Sequence[float]) -> Floats:
    """The greatest weighed correlation of each set of copies with the same spectrum and random phases."""
    random, n = np.random.default_rng(SEED), moves.shape[1]
    spectrum = np.abs(np.fft.rfft(moves - moves.mean(axis=1, keepdims=True)))
    phases = random.uniform(0, 2 * np.pi, (COPIES, *spectrum.shape))
    phases[..., 0] = 0
    if n % 2 == 0:
        phases[..., -1] = 0
    copies = np.fft.irfft(spectrum * np.exp(1j * phases), n=n, axis=-1)
    followers = sorted({other for _, other in places})
    leaders = sorted({one for one, _ in places})
    made = np.zeros(COPIES)
    for lag in range(LAGS):
        own = np.array([_ranks(moves[one, : n - lag]) for one in leaders])
        for copy in range(COPIES):
            theirs = np.array([_ranks(copies[copy, other, lag:]) for other in followers])
            made[copy] = max(made[copy], float(np.abs(own @ theirs.T).max()) * size[lag])
    return made
