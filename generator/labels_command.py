"""The command `handbook export labels`: every word of the site, to be said in another language."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from generator.console import printed, project_option, say
from generator.messages import said
from generator.problems import Problems, as_text

HEAD = "these are still said in English: take away the # and translate; what stands in { } stays as it is"
_HEADS = re.compile(r"# (-- \S+|== .*)")
"""A line of the list: a topic, or its head."""
_LINE = re.compile(r"# (?P<key>\S+): (?P<text>\".*?\")(  # .*)?")
"""A line of the list: a label that is still missing."""


@click.command("labels")
@click.argument("language", default="en")
@project_option
@click.option(
    "--missing", is_flag=True, help="Only those that labels/LANGUAGE.yml of the project lacks, as comments."
)
@click.option(
    "--write", is_flag=True, help="Put those into labels/LANGUAGE.yml; what is said there stays as it is."
)
def to_labels(language: str, project: Path, missing: bool, write: bool) -> None:
    """Every label of the site, a line each, as labels/LANGUAGE.yml begins.

    For a language that the product does not speak --write begins labels/LANGUAGE.yml: every label as a
    comment, in English and in Chinese. Take away the # of a line and translate it; for what stays a comment
    English stands in. Run it again at any time: what was translated stays where it is, and the list below
    is of what is missing then, also after an update that brings new labels.
    """
    from generator.present.text.own_words import STAND_IN
    from generator.present.text.words import labels, languages

    if not (missing or write):
        told = labels(language if language in languages() else STAND_IN)
        lines = [f"{key}: {json.dumps(str(text), ensure_ascii=False)}" for key, text in told.items() if text]
        printed(("\n".join(lines) + "\n").encode())
        return
    if language in languages():
        say(f"the product says everything in {language}: nothing is missing", err=True)
        return
    own = _own(language, project.resolve())
    lacking = {key: text for key, text in labels(STAND_IN).items() if text and key not in own}
    lines = list(_listed(lacking, labels("zh")))
    if not write:
        printed("".join(f"{line}\n" for line in lines).encode())
        return
    english = {key: str(text) for key, text in labels(STAND_IN).items() if text}
    _write(project.resolve() / "labels" / f"{language}.yml", lines, english)
    all_of_them = len(english)
    say(f"labels/{language}.yml: {len(lacking)} of {all_of_them} labels are missing, as comments at its end")


def _own(language: str, root: Path) -> Mapping[str, str]:
    """What the project says in a language already; ends with 1 where its file cannot be read."""
    from generator.load.label_files import load_labels
    from generator.model.text import LANGUAGE_PATTERN

    if not re.fullmatch(LANGUAGE_PATTERN, language):
        raise click.UsageError(f"'{language}' is not a language; write e.g. fr or pt-BR")
    problems = Problems()
    made, _ = load_labels(root / "labels", problems)
    if problems.has_errors:
        click.echo(as_text(problems), nl=False, err=True)
        say("nothing was written", err=True)
        sys.exit(1)
    return made.get(language, {})


def _listed(lacking: Mapping[str, str], chinese: Mapping[str, str]) -> Iterator[str]:
    """The list of what is missing: lines of comments, by topic, each to be made a label by its # alone."""
    if lacking:
        yield f"# == {said(HEAD)}"
    topic = ""
    for key, text in lacking.items():
        if key.partition(".")[0] != topic:
            topic = key.partition(".")[0]
            yield f"# -- {topic}"
        also = " ".join(str(chinese.get(key, "")).split())
        yield f"# {key}: {json.dumps(str(text), ensure_ascii=False)}" + (f"  # {also}" if also else "")


def _is_ours(line: str, english: Mapping[str, str]) -> bool:
    """Whether a line is of the list, as it was written."""
    said_ = _LINE.fullmatch(line)
    if said_ is None:
        return _HEADS.fullmatch(line) is not None
    return said_["text"] == json.dumps(english.get(said_["key"]), ensure_ascii=False)


def _write(file: Path, lines: list[str], english: Mapping[str, str]) -> None:
    """The list at the end of the file, in the place of the one before.

    A comment that says something else than the English label stays: somebody wrote it.
    """
    from generator.site.writing import write_whole

    text = file.read_text("utf-8-sig") if file.exists() else ""
    told = text.splitlines()
    begin = next((place for place, line in enumerate(told) if line.startswith("# == ")), len(told))
    kept = told[:begin] + [line for line in told[begin:] if not _is_ours(line.rstrip(), english)]
    while kept and not kept[-1].strip():
        kept.pop()
    gap = [""] if kept and lines else []
    file.parent.mkdir(exist_ok=True)
    write_whole(file, "".join(f"{line}\n" for line in (*kept, *gap, *lines)).encode())
