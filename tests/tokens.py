"""Plants a token in everything that a handbook keeps from an edition, and looks for tokens in what is made.

Beside each thing of the handbook `every-text`, which has every text that the models know, stands a hidden
twin with a token in each of its texts and a figure of its own in its targets, baselines and results. What
everyone sees names the twins wherever one file may name another, leads to their pages from every text, names
persons and has rewards, which the narrowest edition alone is told.
Which strings are texts is asked of the models' schemas, so a field that is added is planted as well.
"""

from __future__ import annotations

import gzip
import io
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator.model.json_schema import FILE_KINDS, schemas
from generator.present.kept import CODE
from tests.attacks import PROJECT, Attacks, _Loader, attacked, fields

TOKEN = re.compile(rb"tkz\d+q|hq-[a-z0-9-]*|7,?[0-9]{3}\.37|VERYHIDDEN")
"""A token, an id of a hidden thing, a figure that only hidden things have."""
IDS = ("cycle-time", "defects", "order", "east", "west", "quote", "check", "file", "merge", "p1", "a1", "a2")
"""Ids that a twin has of its own."""
TWINS = ("indicators", "processes", "pilots", "reviews", "workshops")
LINKS = (
    "indicators/hq-cycle-time.md", "pilots/hq-east.html#x", "processes/hq-order.md", "cases/hq-merge.md",
    "reviews/hq-2025-q3-east.md", "guide/hq-page.md", "en/pilots/hq-west.html",
)  # fmt: skip
_OWN_WORDS = {"kind", "calendar"}
"""Keys below which no id stands; a `file:` of a calendar is called like a step."""
_NUMBERS = {"floor", "target", "stretch", "value"}


@dataclass
class Tokens(Attacks):
    """Numbers the tokens and remembers where each was planted."""

    form: str = "token"
    places: list[str] = field(default_factory=list)

    def next(self, place: str, forms: object = None) -> str:
        self.places.append(place)
        return f"tkz{len(self.places)}q"


def planted(target: Path) -> Tokens:
    """Write the handbook; everything with a token is for the audience `managers` or tells of a person."""
    tokens = Tokens()
    shutil.copytree(PROJECT, target)
    made = schemas()
    for folder in TWINS:
        kind = {"processes": "process"}.get(folder, folder.removesuffix("s"))
        for file in sorted((target / "data" / folder).glob("*.yml")):
            told = _read(file)
            told.pop("audience", None)
            twin = attacked(told, made[kind], made[kind].get("$defs", {}), kind, tokens)
            twin = {**_renamed(_numbered(twin)), "id": f"hq-{told['id']}", "audience": "managers"}
            _write(file.with_name(f"hq-{file.name}"), twin)
            _write(file, _linked(_persons(_naming(told, kind, tokens), kind, tokens)))
    solo = _read(target / "data/indicators/hq-defects.yml")
    del solo["audience"]
    _write(
        target / "data/indicators/hq-solo.yml", {**solo, "id": "hq-solo", "level": "individual", "code": "HQ"}
    )
    _frame(target, tokens, made)
    _results(target, tokens)
    _content(target, tokens, made)
    return tokens


def texts_of_models(kind: str) -> frozenset[str]:
    """Every place of text that a kind of file has, as tokens remember theirs."""
    schema = schemas()[kind]
    return frozenset(fields(schema, schema.get("$defs", {}), kind))


def tokens_in(folder: Path) -> Iterator[tuple[str, str]]:
    """(file, token) of everything below a folder: names and bytes, zipped ones opened."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        yield from ((f"the name {name}", found.decode()) for found in TOKEN.findall(path.name.encode()))
        if path.is_file():
            yield from _tokens_of(name, path.read_bytes())


def _tokens_of(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    if name.endswith(".kept"):  # a code and a line's end before it
        with suppress(zlib.error):
            data = zlib.decompress(data[CODE + 1 :])
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for inner in packed.namelist():
                yield from _tokens_of(f"{name}/{inner}", inner.encode() + b"\n" + packed.read(inner))
        return
    yield from ((name, found.decode()) for found in TOKEN.findall(data))


def _read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), _Loader)


def _write(file: Path, told: Any) -> None:
    file.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _renamed(value: Any) -> Any:
    """A twin names twins, and has parts of its own."""
    if isinstance(value, dict):
        return {
            _renamed(key): inner if key in _OWN_WORDS else _renamed(inner) for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_renamed(inner) for inner in value]
    return f"hq-{value}" if value in IDS else value


def _numbered(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _numbered(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_numbered(inner, key) for inner in value]
    return round(7000.37 + 10 * value, 2) if key in _NUMBERS and isinstance(value, int | float) else value


def _linked(value: Any) -> Any:
    """Every text in the two languages of the handbook leads to hidden pages as well."""
    if isinstance(value, list):
        return [_linked(inner) for inner in value]
    if isinstance(value, dict) and value and value.keys() <= {"zh", "en"}:
        return {
            language: f"{words} [w]({LINKS[len(words) % len(LINKS)]})" for language, words in value.items()
        }
    return {key: _linked(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def _persons(value: Any, kind: str, tokens: Tokens) -> Any:
    """Persons have tokens for names; a note on a person is all tokens."""
    if isinstance(value, list):
        return [_persons(inner, kind, tokens) for inner in value]
    if not isinstance(value, dict):
        return value
    made = {key: _persons(inner, kind, tokens) for key, inner in value.items()}
    if "person" in value:
        made["person"] = tokens.next(f"{kind} person")
    if "by" in value and "answer" not in value and ("change" in value or "on" in value):
        made["by"] = {"zh": tokens.next(f"{kind} by"), "en": tokens.next(f"{kind} by")}
    if "person" in value and "focus" in value:  # coaching
        for key in ("focus", "good", "plan"):
            made[key] = {"zh": tokens.next(f"{kind} coaching"), "en": tokens.next(f"{kind} coaching")}
    return made


def _naming(told: dict[str, Any], kind: str, tokens: Tokens) -> dict[str, Any]:
    """What everyone sees, with a reference to a twin wherever it may have one."""

    def text() -> dict[str, str]:
        return {"zh": tokens.next(f"{kind} reference"), "en": tokens.next(f"{kind} reference")}

    def named(value: Any) -> Any:
        if isinstance(value, list):
            return [named(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        made = {key: named(inner) for key, inner in value.items()}
        if "indicators" in made and isinstance(made["indicators"], list) and kind != "workshop":
            made["indicators"] = [*made["indicators"], "hq-cycle-time"]
        if made.get("kind") == "automation" and "live" in made:
            made["indicators"] = [*made.get("indicators", []), "hq-defects"]
        return made

    made: dict[str, Any] = named(told)
    if kind == "indicator":
        made["guardrails"] = [*made.get("guardrails", []), "hq-defects"]
        made["contributes_to"] = [*made.get("contributes_to", []), {"indicator": "hq-solo", "how": text()}]
    if kind == "process":
        made["chain_indicators"] = {**made.get("chain_indicators", {}), "first_pass_yield": "hq-defects"}
    if kind == "pilot":
        made["pack"] = [
            *made["pack"],
            {"indicator": "hq-cycle-time", "weight": 10, "baseline": {"value": 7261.37}},
        ]
        made["pack"][0] = {**made["pack"][0], "weight": 50}
        for step in made.get("steps", []):
            for output in step.get("outputs", []):
                output["link"] = "guide/hq-page.md"
        if "rewards" in told:
            schema, rewards = schemas()[kind], {"rewards": told["rewards"]}
            made |= attacked(rewards, schema, schema.get("$defs", {}), f"shown {kind}", tokens)
    if kind == "workshop":
        hidden = {"indicator": "hq-cycle-time", "serves": "looks-good", "reason": text(), "decides": text()}
        made["indicators"] = [*made["indicators"], hidden]
    if kind == "review":
        stuck = {"id": "hq-p9", "indicator": "hq-cycle-time", "cause": "process", "text": text()}
        done = {"id": "hq-a9", "problem": "hq-p9", "text": text(), "due": "2025-12-20"}
        made["problems"], made["actions"] = [*made["problems"], stuck], [*made["actions"], done]
    return made


def _frame(target: Path, tokens: Tokens, made: dict[str, Any]) -> None:
    """The handbook's hidden dimension and columns, the strategy's and the diagnoses' hidden parts."""
    handbook = _linked(_read(target / "data/handbook.yml"))
    hidden = {"id": "hq-part", "name": {}, "audience": "managers", "values": {}}
    hidden["name"] = {"zh": tokens.next("dimension"), "en": tokens.next("dimension")}
    hidden["values"] = {"VERYHIDDEN": {"zh": tokens.next("dimension"), "en": tokens.next("dimension")}}
    columns = dict.fromkeys(("note", "target", "version"), "managers")
    handbook |= {
        "dimensions": [*handbook["dimensions"], hidden],
        "columns": columns,
        "default_audience": "public",
    }
    _write(target / "data/handbook.yml", handbook)

    def text(place: str) -> dict[str, str]:
        return {"zh": tokens.next(place), "en": tokens.next(place)}

    strategy = _linked(_read(target / "data/strategy.yml"))
    strategy = _persons(strategy, "strategy", tokens)
    secret = {"name": text("key result"), "indicator": "hq-cycle-time", "pilot": "hq-east", "target": 7199.37}
    secret |= {"id": "hq-k1", "post": text("key result"), "owner": {"role": text("key result")}}
    strategy["objectives"][0]["key_results"][1]["parent"] = "hq-k1"
    strategy["objectives"][1] |= {"parent": "hq-o9", "goal": "cash"}
    strategy["objectives"][0]["key_results"] += [secret, {"name": text("key result"), "pilot": "hq-west"}]
    bare = {key: value for key, value in secret.items() if key != "id"}
    hidden_one = {"id": "hq-o9", "name": text("objective"), "post": text("objective"), "key_results": [bare]}
    strategy["objectives"].append(hidden_one | {"owner": {"role": text("objective")}})
    _write(target / "data/strategy.yml", strategy)
    for file in sorted((target / "data/diagnosis").glob("[0-9]*.yml")):
        diagnosis = _linked(_read(file))
        stuck = [
            {"text": text("bottleneck"), "indicators": ["hq-cycle-time"]},
            {"text": text("bottleneck"), "process": "hq-order", "steps": ["hq-quote"], "pilot": "hq-east"},
        ]
        diagnosis["bottlenecks"] = [*diagnosis.get("bottlenecks", []), *stuck]
        _write(file, diagnosis)
    for table in (target / "data/diagnosis/responses").glob("*.csv"):
        told = table.read_text(encoding="utf-8").replace("说不全", tokens.next("respondent's note"))
        table.write_text(told, encoding="utf-8")
    for name in ("roadmap.yml", "diagnosis/questions.yml"):
        _write(target / "data" / name, _linked(_read(target / "data" / name)))


def _results(target: Path, tokens: Tokens) -> None:
    """Everyone's rows with hidden notes and targets; twins' rows, here and in a file of their own."""
    table = target / "data/results/2025.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    assert head == "period,indicator,pilot,value,region,note"
    shown, hidden = [], []
    for number, row in enumerate(rows):
        period, indicator, pilot, value, region, _ = row.split(",")
        target_cell = f"{7100.37 + number:.2f}" if number % 3 else ""
        shown.append(f"{period},{indicator},{pilot},{value},{region},,{target_cell},{tokens.next('note')}")
        own = f"{7000.37 + 10 * float(value):.2f}"
        for twin, place in (("hq-" + indicator, pilot), ("hq-" + indicator, pilot and f"hq-{pilot}")):
            line = f"{period},{twin},{place},{own},{region},,,{tokens.next('note')}"
            if line.rsplit(",", 1)[0] not in {one.rsplit(",", 1)[0] for one in hidden}:
                hidden.append(line)
        if not region:
            hidden.append(f"{period},{indicator},{pilot},{own},,VERYHIDDEN,,{tokens.next('note')}")
    wide = "period,indicator,pilot,value,region,hq-part,target,note"
    table.write_text("\n".join([wide, *shown, *hidden[::2]]) + "\n", encoding="utf-8")
    own_file = table.with_name(f"{tokens.next('file name')}.csv")
    own_file.write_text("\n".join([wide, *hidden[1::2]]) + "\n", encoding="utf-8")


def _content(target: Path, tokens: Tokens, made: dict[str, Any]) -> None:
    """Hidden pages with what lies beside them, texts over hidden things' pages, what editors left behind."""
    content = target / "content"
    ways = (
        " ".join(f"[w](../{link})" for link in LINKS)
        + f" <a href='../{LINKS[1]}'>w</a> [w][h]\n\n[h]: ../{LINKS[0]}"
    )
    for page in sorted(content.rglob("*.md")):
        if page.parent.name == "cases" and not page.name.endswith(".en.md"):
            head = yaml.safe_load(page.read_text(encoding="utf-8").split("---\n")[1])
            schema = made["case"]
            twin = attacked(
                {**head, "title": {"zh": "x", "en": "x"}}, schema, schema.get("$defs", {}), "case", tokens
            )
            twin = _renamed({**twin, "audience": "managers"}) | {"attachments": ["hq-plan.txt"]}
            text = yaml.safe_dump(twin, allow_unicode=True)
            (content / f"cases/hq-{page.name}").write_text(f"---\n{text}---\n# {tokens.next('page')}\n")
            head["indicators"] = [*head["indicators"], "hq-cycle-time"]
            body = page.read_text(encoding="utf-8").split("---\n", 2)[2]
            page.write_text(f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n{body}", encoding="utf-8")
        depth = len(page.relative_to(content).parts) - 1
        told = page.read_text(encoding="utf-8") + "\n\n" + (ways if depth else ways.replace("../", "")) + "\n"
        page.write_text(told, encoding="utf-8")
    head = "---\naudience: managers\ntitle: {0}\ndescription: {0}\n---\n# {0}\n\n![{0}](hq-plan.png)\n"
    (content / "guide/hq-page.md").write_text(head.format(tokens.next("page")), encoding="utf-8")
    (content / "guide/hq-page.en.md").write_text(f"# {tokens.next('page')}\n", encoding="utf-8")
    for name in ("pilots/hq-east.md", "indicators/hq-solo.md", "reviews/hq-2025-q3-east.md"):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text(f"# {tokens.next('page')}\n", encoding="utf-8")
    beside = ("guide/hq-plan.png", "cases/hq-plan.txt", "nobody-hq-.pdf", "index.md~", "#index.md#",
              "x.md.bak", "guide/.hq-page.md.swp", "y.swp")  # fmt: skip
    for name in beside:
        (content / name).write_text(tokens.next("attachment"), encoding="utf-8")
    (target / "data/notes.txt").write_text(tokens.next("attachment"), encoding="utf-8")
    assert set(FILE_KINDS) == set(made)
