"""Files that were read before and have not changed, for who reads a handbook again and again.

What a file says follows from its bytes alone: its value with the places, the model, what is wrong with it.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from generator.load.validate import validate
from generator.load.yaml_file import load_yaml
from generator.problems import Problem, Problems, Source

M = TypeVar("M", bound=BaseModel)


class KeptFiles:
    """YAML files by their name, as they were when they were read last."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, type[BaseModel]], tuple[bytes, Source | None, Any, list[Problem]]] = {}

    def one(
        self, path: Path, name: str, model: type[M], problems: Problems
    ) -> tuple[Source | None, M | None]:
        """A file's value and what it is as a model; None for what it is not, with the problems."""
        try:
            told = sha256(path.read_bytes()).digest()
        except OSError:
            return read(path, name, model, problems)
        before = self._read.get((name, model))
        if before is None or before[0] != told:
            own = Problems()
            before = (told, *read(path, name, model, own), list(own))
            self._read[name, model] = before
        problems.extend(before[3])
        return before[1], before[2]


def read(path: Path, name: str, model: type[M], problems: Problems) -> tuple[Source | None, M | None]:
    """A file, read now."""
    source = load_yaml(path, name, problems)
    return source, validate(source, model, problems) if source is not None else None
