"""What results may speak of, asked of a catalogue that is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.load.other_tables import MAP, table_for
from generator.load.sheet import Known
from generator.load.validate import validate
from generator.load.yaml_file import load_yaml
from generator.model.catalogue import Catalogue
from generator.model.results_map import ResultsMap, TableMap
from generator.problems import Problems


def tables_of(root: Path, problems: Problems) -> tuple[TableMap, ...]:
    """The entries of data/results.map.yml; none where there is no such file, or it is at fault."""
    path = root / MAP
    source = load_yaml(path, MAP, problems) if path.is_file() else None
    made = validate(source, ResultsMap, problems) if source else None
    return made.tables if made else ()


def known_of(catalogue: Catalogue, tables: Sequence[TableMap]) -> Known:
    """The names that results may have, and how tables are read."""
    return Known(
        catalogue.handbook,
        catalogue.indicators,
        frozenset(catalogue.indicators),
        frozenset(catalogue.pilots),
        {id_: pilot.name.all() for id_, pilot in catalogue.pilots.items()},
        lambda name: table_for(name, tables),
    )
