"""Broken handbooks by the thousand: valid ones with their bytes, words and lines changed, each by its seed.

A case is a seed: the same seed gives the same files on every machine. A refusal must name file and line; what
check accepts must be computable. Nothing here judges the messages.
"""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from generator.pipeline import check_project, figures_for
from generator.problems import Problem

SALT = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\t", b'"', b"'", b"[", b"{",
    b"}", b"- ", b": ", b"&a ", b"*a", b"!x ",
    b"|", b">", b"#", b"%", b",", b"\n", b"---\n", b"1e999", b"-1e15",
    b"1e-12", b".inf", b".nan", b"0", b"-1",
    b"99999999999999999999", b"2062-07", b"1900", b"2199-12-31", b"null",
    b"true", b"~", b"\\b", b'"\\ud800"', b"<<",
    "长".encode() * 300, "\u202e".encode(), b"a" * 5000, b"[" * 60, b"index", b"zh", b"x.md",
)  # fmt: skip
"""What a slip, a broken disk or an odd tool puts into a file."""
_word = re.compile(rb"[\w.-]+")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to three changes."""
    for _ in range(chance.randint(1, 3)):
        at, kind = chance.randrange(len(data) + 1), chance.randrange(7)
        words, lines = list(_word.finditer(data)), data.split(b"\n")
        if kind == 0:
            data = data[:at] + chance.choice(SALT) + data[at:]
        elif kind == 1:
            data = data[:at] + data[at + chance.randint(1, 40) :]
        elif kind == 2 and words:
            word = chance.choice(words)
            data = data[: word.start()] + chance.choice(SALT) + data[word.end() :]
        elif kind == 3 and len(words) > 1:
            one, other = sorted(chance.sample(words, 2), key=lambda word: word.start())
            data = b"".join(
                (data[: one.start()], other[0], data[one.end() : other.start()], one[0], data[other.end() :])
            )
        elif kind == 4:
            data = b"\n".join(line for line in lines if chance.random() > 2 / (len(lines) + 1))
        elif kind == 5:
            place = chance.randrange(len(lines))
            data = b"\n".join((*lines[:place], lines[place], *lines[place:]))
        else:
            data = data[:at] + chance.randbytes(chance.randint(1, 8)) + data[at + 1 :]
    return data


def project(base: Path, root: Path, seed: int) -> Path:
    """The handbook at `base` with one or two files changed, written to `root`."""
    chance = random.Random(seed)
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(base, root)
    files = sorted(path for path in root.rglob("*") if path.suffix in (".yml", ".csv", ".md"))
    for path in chance.sample(files, chance.randint(1, 2)):
        path.write_bytes(mutated(path.read_bytes(), chance))
    return root


def tried(root: Path) -> tuple[Problem, ...]:
    """Check, and the figures where nothing is refused; what was told. Any error is a fault of ours."""
    checked = check_project(root)
    if checked.usable:
        figures_for(checked)
    for problem in checked.problems:
        assert problem.mark.file, problem
        assert problem.mark.line >= 1, problem
    return tuple(checked.problems)
