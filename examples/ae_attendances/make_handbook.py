"""Turn England's accident and emergency attendances into a handbook: real data through the whole product.

    python examples/ae_attendances/make_handbook.py ae_attendances.csv DIR
    handbook build DIR

The table is `ae_attendances` of the R package NHSRdatasets (CC0): a row a month, organisation and department
type (1, 2, other), with attendances, four-hour breaches and admissions. It becomes three indicators, the six
organisations with the most attendances as pilots, the department type as a dimension, and whole-organisation
rows over all organisations. The fiscal year starts in April, as theirs does, so that the 36 months are three
full years. Only the standard library is used, so that the result is a check on the product and not of it.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PILOTS = 6
DEPARTMENTS = {"1": "type-1", "2": "type-2", "other": "other"}
"""Department type of the table -> value of the dimension; blank stands for all of them."""

NAMES = {
    "R1H": ("巴茨健康", "Barts Health"),
    "R1K": ("伦敦西北大学医疗", "London North West University Healthcare"),
    "RF4": ("巴金、黑弗灵与红桥大学医院", "Barking, Havering and Redbridge University Hospitals"),
    "RJ2": ("刘易舍姆与格林尼治", "Lewisham and Greenwich"),
    "RQM": ("切尔西与威斯敏斯特医院", "Chelsea and Westminster Hospital"),
    "RW6": ("彭尼内急症医院", "Pennine Acute Hospitals"),
}
"""Organisation code -> names (zh, en); an organisation that is not listed goes by its code."""


@dataclass(frozen=True, slots=True)
class Counts:
    """People in one month: all attendances, those who stayed longer than four hours, those admitted."""

    attendances: int = 0
    breaches: int = 0
    admissions: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.attendances + other.attendances,
            self.breaches + other.breaches,
            self.admissions + other.admissions,
        )


Row = tuple[str, str, str, Counts]
"""Month, organisation, department, counts."""
Key = tuple[str, str, str]
"""Month (`2016-04`), pilot ("" for all organisations), department ("" for all types)."""


def read(table: Path) -> list[Row]:
    """Month, organisation, department and counts of every row."""
    with table.open(encoding="utf-8-sig", newline="") as lines:
        return [
            (
                row["period"][:7],
                row["org_code"],
                DEPARTMENTS[row["type"]],
                Counts(int(row["attendances"]), int(row["breaches"]), int(row["admissions"])),
            )
            for row in csv.DictReader(lines)
        ]


def largest(rows: list[Row]) -> tuple[str, ...]:
    """The organisations with the most attendances over the whole time, most first."""
    attendances: Counter[str] = Counter()
    for _, organisation, _, counts in rows:
        attendances[organisation] += counts.attendances
    return tuple(organisation for organisation, _ in attendances.most_common(PILOTS))


def totals(rows: list[Row], pilots: tuple[str, ...]) -> Mapping[Key, Counts]:
    """Sums over organisations and department types, and over each alone."""
    sums: dict[Key, Counts] = defaultdict(Counts)
    for month, organisation, department, counts in rows:
        for pilot in {"", organisation.lower() if organisation in pilots else ""}:
            for cell in ("", department):
                sums[(month, pilot, cell)] += counts
    return sums


def results(sums: Mapping[Key, Counts]) -> Iterator[tuple[str | int, ...]]:
    """Rows of the results file, sorted; a ratio is given by its two parts and never by its value."""
    yield ("period", "indicator", "pilot", "department", "value", "numerator", "denominator")
    for (month, pilot, department), counts in sorted(sums.items()):
        seen_in_time = counts.attendances - counts.breaches
        yield (month, "attendances", pilot, department, counts.attendances, "", "")
        yield (month, "four-hour-share", pilot, department, "", seen_in_time, counts.attendances)
        yield (month, "admissions-share", pilot, department, "", counts.admissions, counts.attendances)


def fill(template: str, **values: str) -> str:
    """The text of a file beside this script with its `@name@` places filled."""
    text = (HERE / "handbook" / template).read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def names(organisation: str) -> tuple[str, str]:
    """What the organisation is called, in Chinese and in English, with its code."""
    zh, en = NAMES.get(organisation, (organisation, organisation))
    return f"{zh}（{organisation}）", f"{en} ({organisation})"


def make(table: Path, folder: Path) -> None:
    """Write the whole handbook into a folder, which is made where it is missing."""
    rows = read(table)
    pilots = largest(rows)
    months = sorted({month for month, *_ in rows})
    units = "".join(
        f'  - {{id: {code.lower()}, name: {{zh: "{zh}", en: "{en}"}}, kind: front, parent: england}}\n'
        for code in pilots
        for zh, en in [names(code)]
    )
    texts = {"data/handbook.yml": fill("handbook.yml", units=units.rstrip())}
    organisations = str(len({row[1] for row in rows}))
    for path in sorted((HERE / "handbook").rglob("*")):
        name = path.relative_to(HERE / "handbook").as_posix()
        if path.is_file() and name not in {"handbook.yml", "pilot.yml"}:
            texts[name] = fill(name, organisations=organisations, months=str(len(months)))
    for code in pilots:
        zh, en = names(code)
        texts[f"data/pilots/{code.lower()}.yml"] = fill(
            "pilot.yml", id=code.lower(), zh=zh, en=en, first=months[0], last=months[-1]
        )
    for name, text in texts.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / "data" / "results").mkdir(parents=True, exist_ok=True)
    with (folder / "data" / "results" / "attendances.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(results(totals(rows, pilots)))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: make_handbook.py ae_attendances.csv DIR")
    make(Path(sys.argv[1]), Path(sys.argv[2]))
    print(f"Written. Next: handbook build {sys.argv[2]}")
