"""Writes a new handbook: into a folder that nobody uses, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.problems import WrongUseError
from generator.site.workplace import at_work

_SHOWN = 4


def begin(target: Path, files: Mapping[str, str | bytes]) -> None:
    """Put the files into the folder `target`; WrongUseError where it holds something, and nothing is written.

    What begins with a dot may be there (`.git`, `.venv`), unless a file of ours would take its place.
    """
    tops = {name.split("/")[0] for name in files}
    refuse_used(target, tops)
    with at_work(target) as folder:
        made = folder / "handbook"
        for name, content in files.items():
            file = made / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        if not target.exists():
            made.rename(target)
            return
        refuse_used(target, tops)
        moved: list[Path] = []
        try:
            for top in sorted(tops):
                (made / top).rename(target / top)
                moved.append(target / top)
        except OSError:
            for path in moved:
                path.rename(made / path.name)
            raise


def refuse_used(target: Path, tops: set[str]) -> None:
    """WrongUseError where a folder holds what somebody put there."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise WrongUseError(f"{target} is no folder; name a new one")
    if not target.is_dir():
        return
    there = sorted(
        entry.name for entry in target.iterdir() if not entry.name.startswith(".") or entry.name in tops
    )
    if (target / "data" / "handbook.yml").is_file():
        raise WrongUseError(f"{target} holds a handbook already; nothing was written")
    if there:
        more = f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else ""
        found = ", ".join(there[:_SHOWN])
        raise WrongUseError(
            f"{target} is in use: it holds {found}{more}; name a new folder. Nothing was written"
        )
