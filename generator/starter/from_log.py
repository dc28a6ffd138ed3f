"""`handbook new process --from-log`: a draft of a process with the steps, lanes and ways of its log."""

from __future__ import annotations

from pathlib import Path

from generator.exchange.plain_yaml import as_yaml
from generator.measure.measure import LogProposal
from generator.measure.proposed_lanes import UNKNOWN
from generator.model.source_system import RAW_FOLDER
from generator.starter.bench import Bench
from generator.starter.sets import HERE
from generator.starter.texts import filled, in_languages

_TODO = {"zh": "TODO 这条流程是为了什么。", "en": "TODO what the process is for."}
_WHO = {"zh": "TODO 谁来做", "en": "TODO who does it"}


def process_from_log(bench: Bench, id_: str, name: str | None, file: Path, found: LogProposal) -> str:
    """The text of the process's file: to be walked with those who do the work, and edited."""
    proposal = found.proposal
    spoken = [language for language in bench.languages if language in _TODO] or ["en"]
    lanes = proposal.process["lanes"]
    if isinstance(lanes, list):
        for lane in lanes:
            if lane["name"] == UNKNOWN:
                lane["name"] = _said(_WHO, spoken)
    process = {
        "id": id_,
        "name": name or id_,
        "purpose": _said(_TODO, spoken),
        "time": {"basis": "calendar"},
        "lanes": lanes,
        **_log(bench.root, file, found),
        "maps": proposal.process["maps"],
    }
    values = {
        "log": " ".join(file.name.split()),
        "cases": str(proposal.cases),
        "variants": str(proposal.variants),
        "shown": str(proposal.shown),
        "covered": f"{100 * proposal.covered:.0f}",
        "process": as_yaml(process).rstrip("\n"),
    }
    text = (HERE / "new/process-from-log.yml").read_text(encoding="utf-8")
    return filled(in_languages(text, bench.languages), values)


def told(found: LogProposal) -> list[str]:
    """What its author has to look at, in sentences."""
    proposal = found.proposal
    drawn = f"the {proposal.shown} commonest are drawn ({100 * proposal.covered:.0f} % of the cases)"
    ways = "1 way" if proposal.variants == 1 else f"{proposal.variants} ways"
    cases = proposal.cases
    lines = [f"1 case takes {ways}; {drawn}" if cases == 1 else f"{cases} cases take {ways}; {drawn}"]
    if proposal.lanes_from is None:
        lines.append(
            "who does the steps is yours to write: the log has no column with roles, or names people;"
            " --lanes COLUMN names one"
        )
    else:
        names = ", ".join(proposal.lanes)
        lines.append(f"lanes by the column {proposal.lanes_from}: {names}; none of them may name a person")
    return lines


def reads_log(root: Path, file: Path) -> bool:
    """Whether the log lies where `handbook measure` reads it."""
    place = file.resolve()
    if _is_xes(place):
        return place.is_relative_to(root)
    return place.parent == (root / RAW_FOLDER).resolve()


def _log(root: Path, file: Path, found: LogProposal) -> dict[str, object]:
    if not reads_log(root, file):
        return {}
    if _is_xes(file):
        return {"log": {"xes": file.resolve().relative_to(root).as_posix()}}
    return {"log": {"query": found.query} if found.query else {"table": found.table}}


def _is_xes(file: Path) -> bool:
    return file.name.lower().endswith((".xes", ".xes.gz"))


def _said(words: dict[str, str], spoken: list[str]) -> str | dict[str, str]:
    return words[spoken[0]] if len(spoken) == 1 else {language: words[language] for language in spoken}
