"""Compiled templates, kept between builds: compiling ours and those of the site's frame takes a second.

An entry is the template's own: for its source, its file and whatever else its code follows from, which who
keeps them names. It is believed by its code (`present/kept.py`), because it is run.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from generator.present.kept import Kept

FOLDER = "templates"
"""In the cache."""
_read: dict[str, bytes] = {}
"""What this process has compiled or read, for its other environments of the same kind."""


class KeptTemplates(BytecodeCache):
    """The templates of one kind of environment; without a cache those of this process alone."""

    def __init__(
        self, kind: str, made_by: str, cache: Path | None, keeps: Callable[[str | None], bool] | None = None
    ) -> None:
        """`made_by` changes with whatever the code follows from beside the source; `keeps` chooses files."""
        self._kept = Kept(cache / FOLDER if cache else None)
        self._kind, self._keeps = kind, keeps
        self._made_by = f"{made_by}\0{version('jinja2')}\0{version('markupsafe')}"

    def tidied(self) -> KeptTemplates:
        """The same, without what builds that were killed left half written."""
        self._kept.tidy()
        return self

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """The entry of a template: one for each name, whatever its file and its source."""
        said = f"{self._made_by}\0{filename}\0{source}".encode()
        key = sha256(f"{self._kind}\0{name}".encode()).hexdigest()
        bucket = Bucket(environment, key, sha256(said).hexdigest())
        if self._keeps is None or self._keeps(filename):
            self.load_bytecode(bucket)
        else:
            bucket.key = ""
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code that is kept; one of another source is none."""
        content = _read.get(f"{bucket.key} {bucket.checksum}") or self._kept.get(f"{bucket.key}.kept")
        if content is not None:
            bucket.bytecode_from_string(content)
        if bucket.code is not None and content is not None:
            _read[f"{bucket.key} {bucket.checksum}"] = content

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        if bucket.key:
            content = _read[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()
            self._kept.put(f"{bucket.key}.kept", content)
