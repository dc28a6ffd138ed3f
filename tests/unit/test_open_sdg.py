"""A city's indicators become a handbook: how many, and twenty figures as the CSV files have them."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.exchange.open_sdg import read_open_sdg
from generator.model.results import Results
from generator.pipeline import check_project
from generator.problems import Problem
from tests.evidence import evidence


def city() -> Path:
    return evidence("open-sdg-los-angeles")


@pytest.fixture(scope="module")
def taken_over(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Results, list[Problem]]:
    root = tmp_path_factory.mktemp("city") / "book"
    done = CliRunner().invoke(main, ["import", "open-sdg", str(city()), "--out", str(root)])
    assert done.exit_code == 0
    checked = check_project(root)
    assert checked.catalogue is not None
    return root, done.output, checked.catalogue.results, list(checked.problems)


def test_how_much_is_taken_over(taken_over: tuple[Path, str, Results, list[Problem]]) -> None:
    root, out, results, problems = taken_over
    assert f"247 indicators, {len(results)} results" in out
    assert len(list((root / "data/indicators").glob("*.yml"))) == 247
    assert len(results) == 5534
    assert not [problem for problem in problems if problem.level == "error"]
    told = (root / "import.txt").read_text(encoding="utf-8").splitlines()
    # Every row of data is a result, or is told with its file and line.
    rows = sum(
        len(lines) for lines in (lines_of(path)[1] for path in sorted((city() / "data").glob("*.csv")))
    )
    lost = [line for line in told if line.startswith("data/") and "no metadata" not in line]
    assert rows == len(results) + len(lost) + 105
    assert "data/demo_indicator.csv: no metadata of this name; 105 rows not taken over" in told


def lines_of(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """A data file as the csv module has it, apart from our code."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    return rows[0], [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]


@pytest.mark.parametrize("number", range(20))
def test_a_figure_is_that_of_the_file(
    number: int, taken_over: tuple[Path, str, Results, list[Problem]]
) -> None:
    dice = random.Random(number)
    paths = sorted((city() / "data").glob("*.csv"))
    while True:
        path = dice.choice(paths)
        head, rows = lines_of(path)
        years = [
            row
            for row in rows
            if row["Year" if "Year" in row else head[0]].strip().isdigit() and row["Value"].strip()
        ]
        if years:
            break
    row = dice.choice(years)
    id_ = path.stem.removeprefix("indicator_")
    parts = sum(bool(text.strip()) for key, text in row.items() if key not in ("Year", "Value", "Units"))
    value = float(row["Value"].replace(",", ""))
    same = [
        made
        for made in taken_over[2]
        if made.indicator == id_ and str(made.period) == row["Year"].strip() and made.value == value
    ]
    assert same
    assert any(parts <= len(made.cell) <= parts + 1 for made in same)


def small(root: Path, meta: str, data: str | bytes, name: str = "1-1-1.md") -> Path:
    for folder in ("meta", "data"):
        (root / folder).mkdir()
    (root / "meta" / name).write_text(meta, encoding="utf-8")
    (root / "data/indicator_1-1-1.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


HEAD = "indicator: 1.1.1\nindicator_name: Poverty\nsdg_goal: '1'\nreporting_status: complete\n"


def test_ranges_commas_series_units_and_footnotes(tmp_path: Path) -> None:
    data = (
        'Year,Series,Units,Sex,COMMENT_OBS,Value\n2013-2014,Poor,Percent,,," 1,234.5"\n'
        "2004–2013,Poor,Number,Women,provisional,7\n"
        "x,Poor,Number,,,1\n2014,Poor,Percent,,,2\n2015,Poor,Percent,,,n/a\n"
    )
    root = small(
        tmp_path,
        f"---\n{HEAD}data_footnote: Sampled.\nsource_organisation_1: Census\nsource_url_1: https://x.org/a\n---\nBody.\n",
        data,
    )
    made = read_open_sdg(root, "T")
    assert (made.indicators, made.rows) == (1, 2)
    assert made.files["data/results/1-1-1.csv"].decode("utf-8-sig").splitlines() == [
        "period,indicator,pilot,series,units,sex,value,note",
        "2014,1-1-1,,poor,percent,,1234.5,2013-2014",
        "2013,1-1-1,,poor,number,women,7,2004–2013; provisional",
    ]
    assert made.told == [
        "data/indicator_1-1-1.csv:4: no year: x Poor Number 1",
        "data/indicator_1-1-1.csv:5: told already in line 2: 2014 Poor Percent 2",
        "data/indicator_1-1-1.csv:6: no value: 2015 Poor Percent n/a",
    ]
    text = made.files["data/indicators/1-1-1.yml"].decode()
    assert "Sources: [Census](https://x.org/a)" in text.replace("\\n", "\n")
    assert "Note: Sampled." in text
    assert "unit" not in text.replace("units", "")


def test_metadata_as_yaml_and_one_unit_and_cr_only(tmp_path: Path) -> None:
    root = small(tmp_path, f"{HEAD}odd_key: x\n", b"Year,Units,Value\r2014,Percentage,5\r", "1-1-1.yml")
    made = read_open_sdg(root, "T")
    assert made.rows == 1
    assert 'unit: "%"' in made.files["data/indicators/1-1-1.yml"].decode()
    assert made.left == {"metadata 'odd_key'": 1}


def test_an_existing_folder_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    small(tmp_path / "in", HEAD, "")
    done = CliRunner().invoke(main, ["import", "open-sdg", str(tmp_path / "in"), "--out", str(tmp_path)])
    assert done.exit_code == 2


def test_two_files_of_one_id_are_two_indicators_and_a_long_cell_is_read(tmp_path: Path) -> None:
    """Python's limit of 131,072 characters a cell is the process's, and any library may have set it."""
    root = small(tmp_path, f"---\n{HEAD}---\n", f"Year,Value,Comment\n2014,5,{'x' * 140_000}\n")
    (root / "meta/1.1.1.md").write_text(f"---\n{HEAD}---\n", encoding="utf-8")
    (root / "data/indicator_1.1.1.csv").write_text("Year,Value\n2014,7\n", encoding="utf-8")
    made = read_open_sdg(root, "T")
    told = [name for name in made.files if name.startswith("data/indicators/")]
    assert (len(told), made.indicators) == (2, 2)
    results = {name: made.files[name].decode("utf-8-sig").splitlines()[1:] for name in made.files}
    assert results["data/results/1-1-1.csv"] == [f"2014,1-1-1,,5,{'x' * 140_000}"]
    assert results["data/results/1-1-1-2.csv"] == ["2014,1-1-1-2,,7,"]
    assert (made.rows, made.told) == (2, [])


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        (("12", "13"), 0),
        (("12.5", "13.25"), 2),
        (("12.3456789", "12.5"), 2),  # as divided by a program: four digits are enough
        (("12164", "12.3"), 1),  # a count beside a share
        (("1200.25", "1300.5"), 1),
        (("0.00123", "0.0041"), 5),
        (("0", "0.0"), 0),
    ],
)
def test_a_value_is_shown_with_the_decimals_it_is_written_with(
    tmp_path: Path, values: tuple[str, str], decimals: int
) -> None:
    for folder in ("meta", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "meta/1-1-1.md").write_text("---\nindicator: 1.1.1\n---\n", encoding="utf-8")
    rows = "".join(f"{2020 + number},{value}\n" for number, value in enumerate(values))
    (tmp_path / "data/indicator_1-1-1.csv").write_text(f"Year,Value\n{rows}", encoding="utf-8")
    made = read_open_sdg(tmp_path, "City").files["data/indicators/1-1-1.yml"].decode()
    assert f"decimals: {decimals}\n" in made
