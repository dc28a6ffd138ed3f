"""One new file of a kind: its id, what is known of its place in the handbook, and where it goes.

`TODO` in the file says what to fill in. An indicator begins as a draft, which no rule asks to be complete.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from generator.exchange.readable_id import slug, unique
from generator.load.project import default_questionnaire
from generator.load.validate import validate
from generator.load.yaml_file import load_yaml
from generator.model.common import ID_PATTERN
from generator.model.diagnosis import Questionnaire
from generator.model.period import Period
from generator.problems import Problems, WrongUseError
from generator.starter.bench import Bench
from generator.starter.sets import HERE
from generator.starter.texts import filled, in_languages

Kind = Literal["indicator", "pilot", "process", "review", "case", "diagnosis"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FOLDERS: Mapping[Kind, str] = {
    "indicator": "indicators", "pilot": "pilots", "process": "processes",
    "review": "reviews", "case": "cases", "diagnosis": "diagnosis",
}  # fmt: skip
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")
_LONG = re.compile(r"(\d{4})(-(?:q[1-4]|h[12]|\d{2}))?-(.+)")
_PLACES = {"pilot": "pilots", "process": "processes", "unit": "units"}


@dataclass(frozen=True, slots=True)
class NewFile:
    """What `handbook new` was told besides the kind."""

    id_: str | None
    name: str | None
    about: Mapping[str, str | None]
    """The pilot, process or unit that it belongs to, where one was named."""


def new_file(bench: Bench, kind: Kind, asked: NewFile, today: date) -> tuple[str, dict[str, str]]:
    """The new id, and the files by their path. WrongUseError where the id cannot be, or is taken."""
    id_ = _id(bench, kind, asked, today)
    taken = bench.taken[FOLDERS[kind]]
    if id_ in taken:
        raise WrongUseError(f"'{id_}' is taken; how about '{unique(id_, taken)}'? Nothing was written")
    values = {"id": id_, "name": quoted(asked.name or f"TODO {id_}"), **_dates(today)}
    values |= _related(bench, kind, id_, asked)
    if kind == "review":
        values |= _review(bench, id_, today)
    if kind == "diagnosis":
        values |= {"date": str(_in_calendar(id_[:10])), "unit": id_[11:], "questions": _questions(bench)}
    if kind == "case":
        return id_, _case(bench, id_, values)
    text = (HERE / "new" / f"{kind}.yml").read_text(encoding="utf-8")
    return id_, {f"data/{FOLDERS[kind]}/{id_}.yml": filled(in_languages(text, bench.languages), values)}


def _id(bench: Bench, kind: Kind, asked: NewFile, today: date) -> str:
    """The id that was given, or the one made from the name."""
    given = asked.id_
    if kind == "diagnosis" and (given is None or given in bench.units):
        unit = given or _one_of(bench, "unit", asked.about.get("unit"))
        return f"{today}-{unit}"
    if given is None and kind == "review":
        return f"{today}-{_one_of(bench, 'pilot', asked.about.get('pilot'))}"
    if given is None:
        if not asked.name:
            raise WrongUseError(f"say what it is called: handbook new {kind} ID, or --name NAME")
        given = slug(asked.name)
        if not given:
            raise WrongUseError(f"no id can be made from {asked.name!r}; write one before --name")
    if not re.fullmatch(ID_PATTERN, given):
        proposed = slug(given)
        hint = f"; how about '{proposed}'?" if proposed else ""
        raise WrongUseError(f"'{given}' is no id: small letters, digits and hyphens{hint}")
    if kind == "diagnosis" and not _DAY.fullmatch(given):
        units = ", ".join(bench.units) or "none are declared yet"
        raise WrongUseError(f"a diagnosis is called DATE-UNIT, e.g. {today}-company; units: {units}")
    return given


def _one_of(bench: Bench, what: str, named: str | None) -> str:
    """The pilot, process or unit that is meant: the one named, or the only one."""
    if what == "unit" and named is not None:
        return bench.unit(named)
    known: Collection[str] = bench.units if what == "unit" else bench.taken[_PLACES[what]]
    if named is not None:
        if named not in known:
            raise WrongUseError(
                f"there is no {what} '{named}'; there are: {', '.join(sorted(known)) or 'none'}"
            )
        return named
    if len(known) == 1:
        return next(iter(known))
    if not known:
        raise WrongUseError(f"it belongs to a {what}, and there is none yet: begin one first")
    raise WrongUseError(f"name the {what}: --{what} {' | '.join(sorted(known))}")


def _related(bench: Bench, kind: Kind, id_: str, asked: NewFile) -> dict[str, str]:
    """The pilot, process or unit of the new file."""
    made = {}
    for what, named in asked.about.items():
        if named is not None:
            made[what] = _one_of(bench, what, named)
    if kind == "review":
        named_after = _DAY.fullmatch(id_) or _LONG.fullmatch(id_)
        rest = named_after.groups()[-1] if named_after else ""
        made.setdefault("pilot", rest if rest in bench.taken["pilots"] else _one_of(bench, "pilot", None))
    if kind == "diagnosis":
        unit = id_[11:]
        if unit not in bench.units:
            _one_of(bench, "unit", unit)
    lines = {"pilot": "pilot: {}", "process": "process: {}", "unit": "unit: {}"}
    if kind in ("pilot", "case"):
        for what, line in lines.items():
            made[f"{what}line"] = line.format(made[what]) if what in made else f"# {line.format('…')}"
    if kind == "indicator":
        made["owner"] = f"unit: {made['unit']}, " if "unit" in made else ""
    return made


def _dates(today: date) -> dict[str, str]:
    return {"date": f"{today}", "month": f"{today:%Y-%m}", "nextyear": f"{today.year + 1}"}


def _review(bench: Bench, id_: str, today: date) -> dict[str, str]:
    """A name that begins with a day is a short review, one with a quarter, half or year a long one."""
    day = _DAY.fullmatch(id_)
    if day:
        return {"kind": "short", "period": day[1][:7], "date": str(_in_calendar(day[1]))}
    long = _LONG.fullmatch(id_)
    if long is None:
        return {"kind": "short", "period": f"{today:%Y-%m}"}
    period = _in_calendar(f"{long[1]}{(long[2] or '').upper()}")
    held = max(today, bench.calendar.end(period))
    return {"kind": "long", "period": str(period), "date": f"{held}"}


def _in_calendar(text: str) -> Period:
    """The day or period that an id begins with; WrongUseError where no calendar has it."""
    try:
        return Period.parse(text)
    except ValueError as error:
        raise WrongUseError(f"{error}; nothing was written") from None


def _questions(bench: Bench) -> str:
    """A line for each question, to be answered by taking its number sign away."""
    name = "data/diagnosis/questions.yml"
    own = load_yaml(bench.root / name, name, Problems()) if (bench.root / name).is_file() else None
    asked = (validate(own, Questionnaire, Problems()) if own else None) or default_questionnaire()
    first = bench.languages[0]
    return "\n".join(f"#   {one.id}: 3  # {one.text.say(first, first)}" for one in asked.questions)


def _case(bench: Bench, id_: str, values: Mapping[str, str]) -> dict[str, str]:
    values = {"changeline": "# change: …", "indicatorsline": "# indicators: [...]", **values}
    values = {**values, **_of_pilot(bench, values.get("pilot"), values["processline"])}
    made = {}
    for language in dict.fromkeys((bench.spoken, *bench.languages)):
        if language not in ("zh", "en"):
            continue
        end = ".md" if language == bench.languages[0] or language == bench.spoken else f".{language}.md"
        text = (HERE / "new" / ("case.md" if language == "zh" else "case.en.md")).read_text(encoding="utf-8")
        if end != ".md":
            text = re.sub(r"\A---\n.*?\n---\n", "---\ntitle: {{name}}\n---\n", text, flags=re.DOTALL)
        made[f"content/cases/{id_}{end}"] = filled(text, values)
    return made


def _of_pilot(bench: Bench, pilot: str | None, process: str) -> dict[str, str]:
    """What a pilot's file says of a case: its process, and the change where there is only one."""
    name = f"data/pilots/{pilot}.yml"
    source = load_yaml(bench.root / name, name, Problems()) if pilot else None
    said = source.value if source and isinstance(source.value, dict) else {}
    made = {}
    if process.startswith("#") and isinstance(said.get("process"), str):
        made["processline"] = f"process: {said['process']}"
    changes = said.get("changes")
    if isinstance(changes, list) and len(changes) == 1 and isinstance(changes[0], dict):
        if isinstance(changes[0].get("id"), str):
            made["changeline"] = f"change: {changes[0]['id']}"
        named = changes[0].get("indicators")
        if isinstance(named, list) and named:
            made["indicatorsline"] = f"indicators: [{', '.join(map(str, named))}]"
    return made


def quoted(name: str) -> str:
    """A name as YAML reads it anywhere, the same in every language until it is translated."""
    plain = name == name.strip() and re.fullmatch(r"[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff /.()+-]*", name)
    return name if plain else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
