"""The licences that stand in every site are those of what it holds."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import files
from pathlib import Path

import material

from docs.make_licences import FOLDER, TARGET, licences

ROOT = Path(__file__).parents[2]
PARTS = tomllib.loads((FOLDER / "parts.toml").read_text(encoding="utf-8"))


def test_the_file_is_fresh() -> None:
    assert TARGET.read_text(encoding="utf-8") == licences(), "python docs/make_licences.py"


def test_the_parts_were_looked_for_in_what_is_locked() -> None:
    locked = dict(
        re.findall(r"^([a-z-]+)==([^\s;]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    )
    seen = PARTS["seen"]
    assert {name: locked[name] for name in seen} == seen, "look again for what they hold, then renew [seen]"


def test_every_text_is_used_and_every_part_has_one() -> None:
    used = {part["text"] for part in PARTS["part"]}
    assert {path.name for path in FOLDER.glob("*.txt")} == {name for name in used if "/" not in name}
    assert all((FOLDER / name).read_text(encoding="utf-8").strip() for name in used)
    names = {name for part in PARTS["part"] for name in part["names"]}
    assert {
        "vega",
        "vega-lite",
        "vega-embed",
        "d3-scale",
        "mkdocs-material",
        "iframe-worker",
    } <= names


def test_texts_are_those_of_the_installed_packages() -> None:
    """As far as they come with one."""
    (own,) = (
        path for path in files("mkdocs-material") or () if path.name == "LICENSE" and "dist-info" in str(path)
    )
    icons = Path(material.__file__).parent / "templates/.icons"
    installed = {
        "mkdocs-material": Path(str(own.locate())),
        "material-design-icons": icons / "material/LICENSE",
        "font-awesome-free": icons / "fontawesome/LICENSE.txt",
        "octicons": icons / "octicons/LICENSE",
        "simple-icons": icons / "simple/LICENSE.md",
    }
    for name, path in installed.items():
        theirs = path.read_text(encoding="utf-8").split()
        assert (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split() == theirs, name
