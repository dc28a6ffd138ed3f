"""The sample uses the whole data format: every field, every choice, every cell of a result.

What a page can show but no example holds is never looked at; so whoever adds a field adds it to the
sample, or says here why not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Literal, get_args, get_origin

import pytest

from generator.load.project import load_project
from generator.model import measured, process_log
from generator.model.catalogue import Catalogue
from generator.model.common import Part
from generator.model.handbook import ChapterName
from generator.model.result import Observation, ResultStatus
from generator.model.results_map import ResultsMap, TableMap
from generator.model.source_system import SourceKind
from generator.problems import Problems

ROOT = Path(__file__).parents[2]

Field = tuple[str, str]
"""(model, field)."""


def choices(annotation: object) -> Iterator[str]:
    """The values of every Literal in an annotation."""
    if get_origin(annotation) is Literal:
        yield from (value for value in get_args(annotation) if isinstance(value, str))
    else:
        for argument in get_args(annotation):
            yield from choices(argument)


def models_of(*modules: ModuleType) -> list[type[Part]]:
    """The models that a module defines."""
    return [
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Part) and kind.__module__ == module.__name__
    ]


UNUSED_FIELDS: dict[Field, str] = {
    ("CaseHead", "attachments"): "the sample has no files beside its pages",
    **{("Handbook", name): "the sample looks and speaks as we do" for name in ("brand", "pages", "terms")},
    **{("Brand", name): "as above" for name in ("logo", "primary", "accent", "footer", "contact")},
    **{("Pages", name): "as above" for name in ("off", "order")},
    **{
        ("Handbook", name): "the sample's years start in January"
        for name in ("fiscal_year", "two_years_from")
    },
    **{("FiscalYear", name): "as above" for name in ("starts", "named_by")},
    ("Handbook", "proper_nouns"): "no name in the sample begins with one and stands inside a sentence",
    ("Handbook", "unit_systems"): "the sample's results are in the indicators' units",
    **{("UnitSystem", name): "as above" for name in ("id", "units")},
    ("Indicator", "targets_for"): "no target of a total in the sample is held against a part",
    ("Handbook", "small_group"): "the sample tells of no small groups",
    ("Indicator", "group_size"): "the sample tells of no small groups",
    ("Indicator", "chart"): "nothing that the sample counts is rare",
    ("Process", "log"): "the sample's times are typed",
    **{
        (kind.__name__, name): "as above"
        for kind in models_of(process_log, measured)
        for name in kind.model_fields
    },
    **{
        (kind.__name__, name): "the sample's tables are in the long form"
        for kind in (ResultsMap, TableMap)
        for name in kind.model_fields
    },
    ("DataSource", "joins_multiply"): "no query of the sample repeats rows",
    ("Process", "notes"): "for what maps of other tools say besides",
    ("Step", "notes"): "as above",
    **{
        ("SourceSystem", name): "the sample's source is a folder of files"
        for name in ("address", "user", "password", "memory")
    },
}
"""Fields that the sample does not use, with the reason."""

UNUSED_VALUES: dict[tuple[str, str, str], str] = {
    **{("FiscalYear", "named_by", name): "the sample's years start in January" for name in ("start", "end")},
    **{("Indicator", "targets_for", name): "as above" for name in ("organisation", "everyone")},
    **{
        (kind, name, "two-year"): "nothing in the sample is measured every two years"
        for kind, name in (("Indicator", "frequency"), ("DataSource", "refresh"))
    },
    **{
        ("Indicator", "group_size", name): "the sample tells of no small groups"
        for name in ("n", "numerator", "denominator", "value")
    },
    **{
        (kind.__name__, name, value): "the sample's times are typed"
        for kind in models_of(process_log, measured)
        for name, field in kind.model_fields.items()
        for value in choices(field.annotation)
    },
    ("TableMap", "periods", "across"): "the sample's tables are in the long form",
    ("TableMap", "periods", "down"): "the sample's tables are in the long form",
    **{("Pages", "off", name): "the sample leaves no chapter out" for name in get_args(ChapterName)},
    **{
        ("SourceSystem", "kind", kind): "the sample's source is a folder of files"
        for kind in get_args(SourceKind)
        if kind != "files"
    },
    ("Indicator", "chart", "rare"): "nothing that the sample counts is rare",
    ("DataSource", "refresh", "half"): "no source of the sample is renewed twice a year",
    ("ReviewRhythm", "long", "half"): "a handbook has one rhythm; this one reviews by the quarter",
    ("ReviewRhythm", "long", "month"): "a handbook has one rhythm; this one reviews by the quarter",
    ("ReviewRhythm", "long", "year"): "a handbook has one rhythm; this one reviews by the quarter",
    ("GoalAnswer", "answer", "dropped"): "the sample still wants all its goals",
    ("Tool", "pillar", "direction"): "the tools of the pilots serve their processes",
    ("Tool", "pillar", "support"): "the tools of the pilots serve their processes",
    ("TimeBasis", "basis", "calendar"): "both chains count working time",
}
"""Values of a choice that the sample does not use, with the reason."""


@pytest.fixture(scope="module")
def sample() -> Catalogue:
    catalogue = load_project(ROOT, Problems())
    assert catalogue is not None
    return catalogue


def models() -> list[type[Part]]:
    """Every model of the data format."""
    waiting, found = [Part], []
    while waiting:
        children = [
            kind for kind in waiting.pop().__subclasses__() if kind.__module__.startswith("generator.model")
        ]
        found += children
        waiting += children
    return sorted(set(found), key=lambda kind: kind.__name__)


def parts(value: object) -> Iterator[Part]:
    """Every model instance in a value."""
    if isinstance(value, Part):
        yield value
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from parts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)


def all_parts(sample: Catalogue) -> Iterator[Part]:
    for name in ("handbook", "strategy", "roadmap", "questionnaire", "diagnoses"):
        yield from parts(getattr(sample, name))
    for name in ("indicators", "processes", "pilots", "reviews", "workshops", "cases"):
        yield from parts(dict(getattr(sample, name)))


def test_every_field_of_the_format_is_used(sample: Catalogue) -> None:
    used = {(type(part).__name__, name) for part in all_parts(sample) for name in part.model_fields_set}
    every = {(kind.__name__, name) for kind in models() for name in kind.model_fields}
    assert len(every) > 200
    assert sorted(every - used) == sorted(UNUSED_FIELDS)


def test_every_cell_of_a_result_is_used(sample: Catalogue) -> None:
    for field in fields(Observation):
        if field.name in {"withheld", "sheet_cell"}:
            continue  # no cell of a file: set for an edition, and where a row of a workbook stands
        assert any(getattr(result, field.name) for result in sample.results), field.name


def test_every_choice_of_the_format_is_used(sample: Catalogue) -> None:
    used = {
        (type(part).__name__, name, value)
        for part in all_parts(sample)
        for name in type(part).model_fields
        if isinstance(value := getattr(part, name), str)
    }
    every = {
        (kind.__name__, name, value)
        for kind in models()
        for name, field in kind.model_fields.items()
        if name != "columns"  # its keys, not a choice of values
        for value in choices(field.annotation)
    }
    assert len(every) > 100
    assert sorted(every - used) == sorted(UNUSED_VALUES)


def test_statuses_of_results_are_all_used(sample: Catalogue) -> None:
    assert {result.status for result in sample.results} == set(get_args(ResultStatus))
