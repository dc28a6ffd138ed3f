"""Numbers are written alike everywhere: what moves in the last digits of a figure moves no byte of a file."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter
from pydantic_core import to_json

from generator.exchange.export_model import SeriesOut
from generator.exchange.export_part import SettledNumber
from generator.exchange.export_points import LongerOut
from generator.exchange.tables import results_csv
from generator.model.exact import rounded
from generator.model.written import settled, settled_lines, settled_tree, written
from generator.pipeline import check_project, figures_for
from tests.published import files, pages

SITES = Path(__file__).parents[1] / "sites"
SAMPLE = Path(__file__).parents[2]
short = st.builds(
    lambda digits, scale: float(Decimal(digits).scaleb(scale)),
    st.integers(-(10**12) + 1, 10**12 - 1),
    st.integers(-20, -1),
)
"""What people write: up to twelve digits."""


@given(short, st.integers(-8, 8))
def test_what_people_write_is_written_whatever_its_last_digits_became(value: float, steps: int) -> None:
    assert settled(value) == value
    moved = value
    for _ in range(abs(steps)):
        moved = math.nextafter(moved, math.copysign(math.inf, steps))
    if value:
        assert settled(moved) == value
        assert written(moved) == written(value)


@given(st.floats(allow_nan=False, allow_infinity=False, max_value=1e30, min_value=-1e30))
def test_nothing_that_is_told_is_lost(value: float) -> None:
    assert math.isclose(settled(value), value, rel_tol=5.1e-12)
    assert settled(settled(value)) == settled(value)
    assert float(written(value)) == settled(value)


def test_whole_numbers_keep_all_their_digits() -> None:
    assert [written(value) for value in (21.0, 0.0, -0.0, 10**15, 999999999999999.0, 123456789012.0)] == [
        "21", "0", "0", "1000000000000000", "999999999999999", "123456789012",
    ]  # fmt: skip
    assert written(1234567890123.6) == "1234567890124"
    assert written(1e22) == "1e+22"
    assert math.isinf(settled(math.inf))


def test_a_figure_and_its_words_are_never_a_digit_apart() -> None:
    """As 2.35 it is 2.4 (a half to the even digit); its binary neighbour alone would be 2.3."""
    below = math.nextafter(2.35, 0)
    assert str(rounded(below, 1)) == "2.4" == str(rounded(2.35, 1))


def test_only_numbers_of_json_are_settled() -> None:
    told = {
        "note": "0.1234567890123456, 1.5",
        'a "0.1234567890123456': 0.1 + 0.2,
        "list": [1 / 3, 2.0, 1e-7 / 3, 12345678.123456789, 7],
        "text": ["0.30000000000000004"],
    }
    lines = f"{to_json(told, indent=2).decode()}\n"
    expected = {**told, 'a "0.1234567890123456': 0.3}
    expected["list"] = [0.333333333333, 2.0, 3.33333333333e-08, 12345678.1235, 7]
    assert settled_lines(lines) == f"{to_json(expected, indent=2).decode()}\n"
    assert settled_tree(told) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_of_the_export_is_written_as_the_text_of_it_is_settled(value: float) -> None:
    """Points of series have their numbers settled before they become text, all else after."""
    text = f"{{\n  {to_json(value).decode()}\n}}\n"
    number = TypeAdapter(SettledNumber).validate_python(value)
    assert f"{{\n  {to_json(number).decode()}\n}}\n" == settled_lines(text)


@pytest.mark.parametrize("part", [SeriesOut, LongerOut])
def test_no_number_of_a_series_in_the_export_is_left_unsettled(part: type[BaseModel]) -> None:
    """What a field is made of is looked through: a plain float would go out with all its digits."""
    seen: set[type[BaseModel]] = set()

    def bare(kind: Any) -> Iterator[str]:
        if kind is float:
            yield "float"
        elif get_origin(kind) is Annotated:
            if settled not in [getattr(one, "func", None) for one in kind.__metadata__]:
                yield from bare(kind.__origin__)
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in seen:
                seen.add(kind)
                for name, told in get_type_hints(kind, include_extras=True).items():
                    if name in kind.model_fields:
                        yield from (f"{kind.__name__}.{name}" for _ in bare(told))
        else:
            for inner in get_args(kind):
                yield from bare(inner)

    assert list(bare(part)) == []
    assert len(seen) > 2


MANY = re.compile(r"(?<![\w.#-])-?\d+\.\d+(?:e[-+]?\d+)?(?![\w.])")


def _digits(number: str) -> int:
    return len(Decimal(number).normalize().as_tuple().digits)


def _everything(project: Path, edition: str) -> dict[str, str]:
    """Every text that a build makes of a handbook's figures, by its name, but what was read as it is."""
    figures = figures_for(check_project(project), edition)
    made = files(figures) | pages(figures)
    del made["results.csv"]
    return made


@pytest.mark.parametrize("edition", ["public", "managers"])
def test_no_file_of_the_sample_says_more_digits(edition: str) -> None:
    made = _everything(SAMPLE, edition)
    assert sum(name.startswith("chart ") for name in made) > 60
    long = {
        (name, number) for name, text in made.items() for number in MANY.findall(text) if _digits(number) > 12
    }
    assert long == set()


def _moved(compute: Callable[..., Any]) -> Callable[..., Any]:
    """A function of floats whose result is the next number above."""

    def other(*given: Any, **named: Any) -> Any:
        made = compute(*given, **named)
        return math.nextafter(made, math.inf) if type(made) is float and made else made

    return other


def test_results_that_move_in_the_last_digit_move_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """As between two Pythons: every sum, mean, ratio and root comes out as its neighbour."""
    before = _everything(SITES / "every-text", "staff")
    changed = 0
    for name, module in sorted(sys.modules.items()):
        if name.startswith("generator.") and not name.startswith("generator.present.maps"):
            for own in ("fsum", "sqrt", "total", "mean", "ratio", "minus", "times"):
                function = getattr(module, own, None)
                if callable(function) and not isinstance(function, type):
                    monkeypatch.setattr(module, own, _moved(function))
                    changed += 1
    assert changed > 20
    after = _everything(SITES / "every-text", "staff")
    assert {name for name in before if before[name] != after.get(name)} == set()
    assert before.keys() == after.keys()


def test_what_an_author_wrote_goes_out_as_it_was_read() -> None:
    catalogue = check_project(SAMPLE).catalogue
    assert catalogue is not None
    row = catalogue.results[0]
    long = 12.345678901234567
    told = results_csv(replace(catalogue, results=(replace(row, value=long),)))
    assert repr(long) in told.decode()
