"""Where a site may be written, and how a finished one takes an earlier one's place.

Nobody's files are lost: only a folder that is empty or was written by a build is replaced, and what others
put into it (`.git`, `CNAME`, anything) is moved over to the new one.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from filecmp import cmp
from pathlib import Path

from generator.site.owned import is_frozen, is_review_zip, keeps_by_name, owned, strangers

SOURCES = ("data", "content", "theme")
"""Folders of a project that hold what people wrote."""
HANDBOOK = Path("data", "handbook.yml")
"""The file that a folder with a handbook has."""
SETTINGS = ("mkdocs.yml", "mkdocs.yaml", "pyproject.toml", "README.md")
"""Files of a project that are read or kept beside them, there already or not."""
BEGINNING = 2048
"""Bytes of a file that are looked at to tell who wrote it."""
EXPORT = r'^\{\s*"format"\s*:\s*"indicator-handbook/'
SCHEMA = r'^\{\s*"\$schema"[^,]*,\s*"\$id"\s*:\s*"urn:indicator-handbook:schema:'
BPMN = r'<[^>]*\bexporter="indicator-handbook"'
"""How what we write begins, so that writing it anew replaces nothing else."""


class TargetError(Exception):
    """A place that may not be written to; the message says what was found there and what to do."""


def refuse_source(target: Path, root: Path, said: str) -> None:
    """TargetError where a target lies among the files that a handbook is made from; `said` names it.

    That holds of the project at `root` and of every other one that the target lies in.
    """
    resolved = target.resolve()
    around = [folder for folder in resolved.parents if (folder / HANDBOOK).is_file()]
    for project in (root, *around):
        for name in SOURCES:
            if resolved.is_relative_to((project / name).resolve()):
                raise TargetError(
                    f"{said} lies in {name}/, where the handbook's own files are; name another place"
                )
        for name in SETTINGS:
            file = (project / name).resolve()
            if resolved == file or resolved.is_relative_to(file):
                raise TargetError(f"{said} is the handbook's own {name}; name another place")
    if any(parent.is_file() for parent in resolved.parents):
        raise TargetError(f"{said} lies in a file, not in a folder")


def refuse_target(target: Path, root: Path, *, again: bool = False) -> None:
    """TargetError where a site at `target` (resolved) would replace what is none, or a frozen review.

    `again`: it is asked for that a review be replaced.
    """
    if target == root or root.is_relative_to(target):
        raise TargetError(f"--out {target} would replace the project itself")
    refuse_source(target, root, f"--out {target}")
    for folder in (target, _old(target)):
        if not again and is_frozen(folder):
            raise TargetError(
                f"{folder} is a review that was frozen; keep it and name another folder with --out,"
                " or replace it by `handbook review` with --again"
            )
        if not os.path.lexists(folder) or _is_site(folder, root):
            continue
        if folder != target:
            raise TargetError(f"{folder} is in the way and was not written by a build; move it elsewhere")
        raise TargetError(
            f"{folder} was not written by `handbook` ({_found(folder)}); name another folder with --out,"
            " or empty this one first"
        )


def refuse_new(target: Path, root: Path) -> None:
    """TargetError where a folder that is to be new holds something."""
    refuse_source(target, root, str(target))
    if os.path.lexists(target) and not (target.is_dir() and not any(target.iterdir())):
        raise TargetError(f"{target} is not empty; name a new folder")


def refuse_zip(packed: Path) -> None:
    """TargetError where a review's zip would replace something else."""
    if packed.is_symlink() or (packed.exists() and not is_review_zip(packed)):
        raise TargetError(f"{packed} is no earlier review's zip; name another folder with --out")


def refuse_frozen(target: Path) -> None:
    """TargetError where a review stands at a place, or its zip beside it: what was handed on stays."""
    packed = target.with_name(f"{target.name}.zip")
    found = target if is_frozen(target) else packed
    if os.path.lexists(found):
        raise TargetError(
            f"{found} is a review that was frozen before; keep it and name another folder with --out,"
            " or replace it with --again"
        )


def refuse_file(file: Path, root: Path, ours: str, said: str) -> None:
    """TargetError where writing `file` would replace one that we did not write.

    `ours` is a pattern found at the beginning of what we write, `said` is what that is called. Devices and
    pipes may be written to.
    """
    refuse_source(file, root, str(file))
    if file.is_file():
        with file.open("rb") as opened:
            beginning = opened.read(BEGINNING).decode("utf-8", "replace")
        if not re.search(ours, beginning):
            raise TargetError(f"{file} is there already and is no {said}; name another place")


def swap(new: Path, target: Path, root: Path) -> None:
    """Put a finished site in a target's place; the old one goes only when the new one stands.

    TargetError when somebody's file in the old site has the name of one of the new site: nothing is changed.
    """
    old = _old(target)
    try:
        if old.exists() and not target.exists():
            old.rename(target)  # an earlier swap ended half way
        elif old.exists():
            _settle(old, target, root)
        if target.exists():
            _refuse_conflicts(target, new, root)
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
        if old.exists():
            _settle(old, target, root)
    except OSError as error:
        raise TargetError(f"{target} cannot be replaced: {error}") from None


def put_new(new: Path, target: Path) -> None:
    """Move a finished folder to where nothing stands, or an empty folder; TargetError if that has changed."""
    try:
        if target.is_dir():
            target.rmdir()
        new.rename(target)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise
        raise TargetError(f"{target} is not empty any more; name a new folder") from None


def restore(target: Path) -> None:
    """Put the old site back where a swap was killed half way; for who has the place (`workplace.at_work`)."""
    old = _old(target)
    if os.path.lexists(old) and not os.path.lexists(target):
        old.rename(target)


def _old(target: Path) -> Path:
    """Where the old site waits until the new one stands."""
    return target.with_name(f".{target.name}-old")


def _is_site(folder: Path, root: Path) -> bool:
    """Whether a folder is a site of ours or holds nothing but what stays beside one."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    empty = all(keeps_by_name(entry.name) for entry in folder.iterdir())
    return empty or owned(folder, root / "content") is not None


def _found(target: Path) -> str:
    """What a place holds, in a few words."""
    if not target.is_dir():
        return "it is a file"
    names = sorted(entry.name for entry in target.iterdir())
    return f"it holds {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"


def _others(old: Path, new: Path, root: Path) -> list[str]:
    """What in an old site was not written by a build."""
    return strangers(old, owned(old, root / "content") or frozenset(), new)


def _refuse_conflicts(old: Path, new: Path, root: Path) -> None:
    """TargetError where the new site would have to cover somebody's file; the same file twice is none."""
    for name in _others(old, new, root):
        theirs, ours = old / name, new / name
        if _taken(new, name) and not (
            theirs.is_file() and ours.is_file() and cmp(theirs, ours, shallow=False)
        ):
            raise TargetError(
                f"{theirs} was not written by a build, and the new site has a file of its own there;"
                " move yours elsewhere"
            )


def _taken(folder: Path, name: str) -> bool:
    """Whether something of a folder stands where a path would go, or a file on the way to it."""
    place = folder / name
    return os.path.lexists(place) or any(
        parent.is_file() for parent in place.parents if parent.is_relative_to(folder)
    )


def _settle(old: Path, target: Path, root: Path) -> None:
    """Move what is not of the old site over to the new one, then let the old one go."""
    _refuse_conflicts(old, target, root)
    for name in _others(old, target, root):
        if not _taken(target, name):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (old / name).rename(target / name)
    shutil.rmtree(old, ignore_errors=True)
