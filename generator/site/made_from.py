"""What a site is made from, as one hash: the same hash, the same bytes.

It covers every file that a build reads (`data/`, `content/`, `labels/`, mkdocs.yml), what the command was
asked for, the product's own files, Python and the versions of all packages beside it. Where mkdocs.yml brings
in what is not known here (hooks, other plugins, templates or files from elsewhere, values of the
environment), nobody can say what a site is made from, and there is no hash.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from hashlib import file_digest, sha256
from pathlib import Path

import yaml

from generator.load.files import RESTATED
from generator.present.theme_files import theme_dir

FOLDERS = ("content", "data", "labels")
SETTINGS = "mkdocs.yml"
MOMENT = "SOURCE_DATE_EPOCH"
"""What of the environment reaches the bytes of a site; a build sets it where it is not set."""
PACKAGES = (".dist-info", ".egg-info")
PLUGINS = frozenset(("handbook", "search"))
PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "seq", "map")
)
PLAIN_SETTINGS = frozenset(
    [
        "site_name",
        "site_url",
        "site_description",
        "site_author",
        "site_dir",
        "copyright",
        "repo_url",
        "repo_name",
        "edit_uri",
        "strict",
        "validation",
        "extra",
        "extra_css",
        "extra_javascript",
        "extra_templates",
        "use_directory_urls",
        "dev_addr",
        "watch",
        "exclude_docs",
        "not_in_nav",
        "draft_docs",
        "nav",
        "theme",
        "plugins",
        "docs_dir",
        "markdown_extensions",
    ]
)
PLAIN_THEME = frozenset(
    ["name", "language", "features", "palette", "icon", "logo", "favicon", "font", "direction"]
)
PLAIN_EXTENSIONS = frozenset(
    [
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "meta",
        "nl2br",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
        "pymdownx.betterem",
        "pymdownx.caret",
        "pymdownx.critic",
        "pymdownx.details",
        "pymdownx.highlight",
        "pymdownx.inlinehilite",
        "pymdownx.keys",
        "pymdownx.mark",
        "pymdownx.smartsymbols",
        "pymdownx.superfences",
        "pymdownx.tabbed",
        "pymdownx.tasklist",
        "pymdownx.tilde",
    ]
)
"""Extensions that read nothing but the text that they are given."""


def made_from(project: Path, asked: Mapping[str, object], results: bool = True) -> str | None:
    """The hash of all that the site of a project depends on; None where that cannot be known.

    `asked` is what the command and the environment asked for, in words of JSON. Without `results` it is that
    of all but the files with results.
    """
    try:
        settings = project / SETTINGS
        if settings.is_file() and not _plain(settings):
            return None
        files = {name: _hash(path) for name, path in _inputs(project) if results or not _of_results(name)}
        told = {
            "asked": dict(asked),
            "files": files,
            "name": project.name,  # a site without settings is called so at first
            "packages": sorted(_packages()),
            "product": _product(),
            "python": [sys.version, sys.platform],
        }
    except (OSError, UnicodeError, yaml.YAMLError, RecursionError):
        return None  # a build says what is wrong
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _inputs(project: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        yield from _files(project / folder, folder)
    settings = project / SETTINGS
    if settings.is_file():
        yield SETTINGS, settings


def _files(folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    """Every file below a folder by its path; OSError for what is neither a file nor a folder of its own."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), path)
        elif entry.is_file():
            yield path, Path(entry.path)
        else:
            raise OSError(f"{path} is no file")


def _of_results(name: str) -> bool:
    """Whether a file holds results and nothing else."""
    return name.startswith("data/results/") and name.endswith((".csv", ".xlsx")) and name != RESTATED


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _product() -> str:
    """The product's own files: an editable installation changes without its version."""
    package = Path(__file__).parent.parent
    whole = sha256()
    for name, folder in (("generator", package), ("theme", theme_dir())):
        for path, file in _files(folder, name):
            if "/__pycache__/" not in path:
                whole.update(f"{path}\0{_hash(file)}\n".encode())
    return whole.hexdigest()


def _packages() -> Iterator[str]:
    """Every installed package with its version, as the names of its records say."""
    for place in sys.path:
        if Path(place).is_dir():
            yield from (entry.name for entry in os.scandir(place or ".") if entry.name.endswith(PACKAGES))


def _plain(settings: Path) -> bool:
    """Whether a mkdocs.yml runs and reads nothing that is not hashed here."""
    root = yaml.compose(settings.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    if root is None:
        return True
    if not all(node.tag in PLAIN_TAGS for node in _nodes(root)):
        return False
    said = yaml.safe_load(settings.read_text(encoding="utf-8-sig"))
    if not isinstance(said, dict) or not said.keys() <= PLAIN_SETTINGS:
        return False
    theme, content = said.get("theme"), said.get("docs_dir", "content")
    if content not in ("content", "./content"):
        return False
    if isinstance(theme, dict) and not theme.keys() <= PLAIN_THEME:
        return False
    plugins, extensions = _named(said.get("plugins")), _named(said.get("markdown_extensions"))
    if plugins is None or extensions is None or not plugins.keys() <= PLUGINS:
        return False
    own = plugins.get("handbook") or {}
    elsewhere = not isinstance(own, dict) or own.get("project", ".") not in (".", "./")
    return not elsewhere and extensions.keys() <= PLAIN_EXTENSIONS


def _named(listed: object) -> dict[str, object] | None:
    """A list of names, or of names with their options, as MkDocs reads both; None for what is neither."""
    if isinstance(listed, dict):
        return listed
    found: dict[str, object] = {}
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, str):
            found[item] = None
        elif isinstance(item, dict):
            found.update(item)
        else:
            return None
    return found if listed is None or isinstance(listed, list) else None


def _nodes(root: yaml.Node) -> Iterator[yaml.Node]:
    """Every node, each once: an anchor may be named more often than there is time for."""
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting.extend(part for pair in node.value for part in pair)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
