"""The export as a site gives it away: one file in a zip, the same bytes on every day."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

from generator.exchange.export_json import export_json, export_pieces
from generator.exchange.packed import INSIDE, joined, packed, part
from generator.pipeline import check_project, figures_for
from tests.built import ROOT


def test_the_zip_holds_the_export_and_is_the_same_again() -> None:
    figures = figures_for(check_project(ROOT))
    made = packed(map(part, export_pieces(figures)))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == [INSIDE]
        assert archive.testzip() is None
        assert archive.read(INSIDE).decode() == export_json(figures)
        assert archive.getinfo(INSIDE).date_time == (1980, 1, 1, 0, 0, 0)
    assert packed(map(part, export_pieces(figures))) == made
    assert len(made) < len(export_json(figures)) / 8


def test_checksums_are_joined_as_those_of_the_whole() -> None:
    for one, other in (
        (b"", b""),
        (b"a", b""),
        (b"", b"bc"),
        (b"123", b"456789"),
        (b"x" * 70000, b"y" * 99999),
    ):
        assert joined(zlib.crc32(one), zlib.crc32(other), len(other)) == zlib.crc32(one + other)
    assert joined(zlib.crc32(b"1234"), zlib.crc32(b"56789"), 5) == 0xCBF43926  # the check value of CRC-32


def test_parts_are_read_as_one_file(tmp_path: Path) -> None:
    parts = ["", "one\n", "二" * 1000, "", "three"]
    made = packed(map(part, parts))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read(INSIDE).decode() == "".join(parts)
        entry = archive.getinfo(INSIDE)
        assert (entry.file_size, entry.create_system) == (len("".join(parts).encode()), 3)
    if shutil.which("unzip"):
        (tmp_path / "made.zip").write_bytes(made)
        told = subprocess.run(["unzip", "-p", tmp_path / "made.zip"], capture_output=True, check=True).stdout
        assert told.decode() == "".join(parts)
