"""Finished texts wait in a file until they are written: a large handbook's pages do not fit into memory well.

A page of 300 kB is made, looked through for links and filled with its drawings, and not needed again until
its turn comes to be written. In between lies a whole site. So what is finished is put away in a temporary
file that has no name and goes with the process; a small handbook's stays in memory.
"""

from __future__ import annotations

import pickle
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast
from weakref import finalize

IN_MEMORY = 1 << 24
"""Bytes up to which no file is made."""


class Store:
    """Contents in the order in which they came; there as long as anybody has one of them."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        self._file = file or cast("BinaryIO", tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
        finalize(self, self._file.close)

    def put(self, content: bytes) -> Stored:
        """Put a content away."""
        return self.put_all((content,))

    def put_all(self, pieces: Iterable[bytes]) -> Stored:
        """Put a content away that comes in pieces."""
        start = self._file.seek(0, 2)
        size = 0
        for piece in pieces:
            size += self._file.write(piece)
        return Stored(self, start, size)

    def read(self, start: int, size: int) -> bytes:
        """What lies at a place."""
        self._file.seek(start)
        return self._file.read(size)

    def copy(self, path: Path) -> None:
        """Write all of it to a file."""
        self._file.seek(0)
        with path.open("wb") as out:
            shutil.copyfileobj(self._file, out)


@dataclass(frozen=True, slots=True)
class Stored:
    """A content that was put away."""

    store: Store
    start: int
    size: int

    def content(self) -> bytes:
        """The content as it was."""
        return self.store.read(self.start, self.size)

    def text(self) -> str:
        """The same as text."""
        return self.content().decode()


class StoredFiles(Mapping[str, bytes]):
    """Files by their path, whose contents are read when they are asked for."""

    def __init__(self, files: Mapping[str, Stored] | None = None) -> None:
        self._files = dict(files or {})

    def __getitem__(self, path: str) -> bytes:
        return self._files[path].content()

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def without(self, paths: Collection[str]) -> StoredFiles:
        """All but some of them."""
        return StoredFiles({path: held for path, held in self._files.items() if path not in paths})

    def __or__(self, others: StoredFiles) -> StoredFiles:
        return StoredFiles(self._files | others._files)


class StoredText:
    """A field of a class whose text may have been put away; whoever reads it is given the text."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, instance: object, owner: type) -> str:
        if instance is None:
            raise AttributeError(self._name)
        text = instance.__dict__[self._name]
        return text.text() if isinstance(text, Stored) else text

    def __set__(self, instance: object, text: str | Stored) -> None:
        instance.__dict__[self._name] = text


def hand_over(made: object, folder: Path, name: str) -> None:
    """Write something for another process, with all that it has put away, to a folder."""
    stores: dict[int, str] = {}

    class Pickler(pickle.Pickler):
        def persistent_id(self, obj: Any) -> str | None:
            if not isinstance(obj, Store):
                return None
            if id(obj) not in stores:
                stores[id(obj)] = f"{name}.{len(stores)}"
                obj.copy(folder / stores[id(obj)])
            return stores[id(obj)]

    with (folder / name).open("wb") as file:
        Pickler(file, pickle.HIGHEST_PROTOCOL).dump(made)


def taken_over(folder: Path, name: str) -> Any:
    """What another process handed over; the files are ours from then on, and gone from the folder."""
    stores: dict[str, Store] = {}

    class Unpickler(pickle.Unpickler):
        def persistent_load(self, pid: str) -> Store:
            if pid not in stores:
                stores[pid] = Store((folder / pid).open("rb"))
                with suppress(OSError):  # Windows keeps it while it is open
                    (folder / pid).unlink()
            return stores[pid]

    with (folder / name).open("rb") as file:
        made = Unpickler(file).load()
    (folder / name).unlink()
    return made
