"""What a project's mkdocs.yml sets and a handbook's site does otherwise: told by `check`, with its line.

Nothing is wrong with the site; but who wrote a name there and reads another one would look for the fault.
MkDocs itself is not asked, so that a check stays quick.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from generator.model.catalogue import Catalogue
from generator.problems import FilePosition, Problems

FILE = "mkdocs.yml"
OFF = ("false", "no", "off")
BEGUN = {"zh": "执行效率指标手册", "en": "Execution-efficiency indicator handbook"}
"""The names with which `handbook init` begins: who never touched this file did not mean them."""


def check_unused_settings(root: Path, catalogue: Catalogue, problems: Problems) -> None:
    """Note each setting that is passed over, and what goes before it."""
    for node, message, hint in _passed_over(_values(root / FILE), catalogue):
        mark = FilePosition(FILE, node.start_mark.line + 1, node.start_mark.column + 1)
        problems.note(mark, "unused-setting", message, hint)


def _passed_over(values: dict[str, yaml.Node], catalogue: Catalogue) -> Iterator[tuple[yaml.Node, str, str]]:
    handbook = catalogue.handbook
    first = handbook.languages[0]
    title, *others = (handbook.title.say(language, first) for language in handbook.languages)
    for name, node in values.items():
        said = " ".join(str(node.value).split()) if isinstance(node, yaml.ScalarNode) else ""
        if name == "site_name" and said and said not in (title, *others, *BEGUN.values()):
            yield (
                node,
                f"site_name is '{said}', but the site is called '{title}' (title in data/handbook.yml)",
                "write the one that is meant in both files",
            )
        elif name == "use_directory_urls" and said.lower() not in OFF:
            yield (
                node,
                "use_directory_urls is passed over: the site opens from a folder too",
                "take it out",
            )
        elif name == "theme.font" and said.lower() not in OFF:
            yield (
                node,
                "theme.font is passed over: pages load nothing from other hosts and use the reader's fonts",
                "take it out; a font of your own goes into a style sheet under extra_css",
            )
        elif name == "theme.language" and said != first:
            yield (
                node,
                f"theme.language is passed over: languages of data/handbook.yml begins with '{first}'",
                "take it out, or change languages of data/handbook.yml",
            )


def _values(file: Path) -> dict[str, yaml.Node]:
    """The settings with their places, those of the theme as theme.…; none of a file that cannot be read,
    which is told where it is used."""
    try:
        with file.open("rb") as opened:
            root = yaml.compose(opened, yaml.SafeLoader)
    except (OSError, yaml.YAMLError, RecursionError, UnicodeDecodeError):
        return {}
    found = dict(_pairs(root))
    return found | {f"theme.{name}": node for name, node in _pairs(found.get("theme"))}


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode):
            yield str(key.value), value
