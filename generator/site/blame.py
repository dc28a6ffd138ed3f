"""Which setting of a project's mkdocs.yml a build breaks on, and where it stands.

MkDocs looks at the settings that it knows itself. What a theme, an extension or a hook makes of the rest
comes out only while pages are written, as an error of their code that names no setting. So the settings are
taken out one after the other until a small site is built: the last one taken out is at fault.
"""

from __future__ import annotations

import io
import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Any

import yaml
from mkdocs.commands.build import build
from mkdocs.config import base, load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.present.page import Chapter, LanguageSite, Page
from generator.site.workplace import scratch

ESSENTIAL = ("site_name", "docs_dir", "theme", "plugins")
"""Settings without which there is no site; of theme and plugins, what is needed stays."""
USUAL = (*ESSENTIAL, "site_url", "site_description", "site_author", "copyright", "INHERIT")
"""Settings that MkDocs looks at itself, or that are only words."""
DEEPEST = 5
"""How far into a setting its part at fault is looked for."""
Try = Callable[[str], Exception | None]
"""Tries settings, the text of a mkdocs.yml; the error they end with."""
_reading = RLock()
"""Held while settings are read: MkDocs' plugins and its log are the process's, and `serve` has threads."""


class SettingsFileError(Exception):
    """A mkdocs.yml that cannot be built with; the message says which line, what is wrong and what to do."""


def loaded(file: Path, site_dir: Path, text: str | None = None, **options: Any) -> MkDocsConfig:
    """The settings of a mkdocs.yml, or of a text in its place.

    Its plugins are its own. SettingsFileError for what MkDocs refuses and for what it breaks on.
    """
    source: Any = str(file) if text is None else _Named(text.encode(), str(file))
    with _reading, _own_plugins(), _told() as told:
        try:
            return load_config(source, config_file_path=str(file), site_dir=str(site_dir), **options)
        except MkDocsException as error:
            said = [_placed(file, name, words) for name, words in told] or [str(error)]
            raise SettingsFileError("\n".join(said)) from None
        except (RecursionError, UnicodeDecodeError) as error:
            reason = "is nested too deeply" if isinstance(error, RecursionError) else "is not UTF-8"
            raise SettingsFileError(f"the file {reason}") from None
        except Exception as error:
            if text is not None:
                raise
            said_of = setting_at_fault(
                file, error, lambda tried: _fault(lambda: loaded(file, site_dir, tried))
            )
            raise SettingsFileError(said_of or in_words(error)) from None


@contextmanager
def _own_plugins() -> Iterator[None]:
    """Make plugins anew: MkDocs keeps those that have `on_startup` for its next configuration in the process,
    where ours would still be set up for what was tried, or for the one language of a frame."""
    option: Any = MkDocsConfig.plugins
    cache = option.plugin_cache
    kept = dict(cache)
    cache.clear()
    try:
        yield
    finally:
        cache.clear()
        cache.update(kept)


def usual(file: Path) -> bool:
    """Whether a mkdocs.yml sets nothing but what MkDocs itself looks at."""
    root = _root(file)
    if root is None:
        return True
    set_ = {key.value: value for key, value in root.value if isinstance(key, yaml.ScalarNode)}
    return set_.keys() <= {*USUAL} and not isinstance(set_.get("theme"), yaml.MappingNode)


def tried(file: Path, site: LanguageSite, foreign: bool = True) -> None:
    """Build a small part of a site with a project's settings; SettingsFileError where they do not serve.

    Without `foreign`, hooks and other people's plugins are left out: of a small part they may make something
    else than of the whole.
    """
    root = _root(file)
    if root is None:
        return
    if not foreign:
        root.value = [pair for pair in root.value if pair[0].value != "hooks"]
        _bare(root, "plugins")
    error = _trial(file, site)(yaml.serialize(root))
    if error is not None:
        said = setting_at_fault(file, error, _trial(file, site))
        if said is not None:
            raise SettingsFileError(said)


def blamed(file: Path, site: LanguageSite, error: Exception) -> str | None:
    """The setting on which a build ended with an error that says nothing of it; None where it is none."""
    return setting_at_fault(file, error, _trial(file, site))


def setting_at_fault(file: Path, error: Exception, attempt: Try) -> str | None:
    """The place of a setting without which `attempt` succeeds, and what it ended with."""
    root = _root(file)
    if root is None:
        return None
    names: list[str] = []
    place: yaml.Node = root
    while len(names) < DEEPEST:
        found = _last_taken_out(root, place, error, attempt)
        if found is None:
            break
        name, place, error = found
        names.append(name)
    if not names:
        return None
    return (
        f"line {place.start_mark.line + 1}: {'.'.join(names)} cannot be used: {in_words(error)}\n"
        "without it the site is built; mend it as the theme, the extension or the plugin that it is for"
        " describes it, or take it out"
    )


def in_words(error: Exception) -> str:
    """An error of other people's code: what it says, and in which of their files."""
    frames = traceback.extract_tb(error.__traceback__)
    where = ""
    if frames:
        parts = Path(frames[-1].filename).parts
        own = parts[parts.index("site-packages") + 1 :] if "site-packages" in parts else parts[-2:]
        where = f" (in {'/'.join(own)}, line {frames[-1].lineno})"
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:300]}{where}"


def _trial(file: Path, site: LanguageSite) -> Try:
    small = _small(site)

    def attempt(text: str) -> None:
        with scratch() as folder:
            config = loaded(file, folder / "site", text, strict=False)
            plugin: Any = config.plugins.get("handbook")
            if plugin is None:
                raise SettingsFileError("no handbook")
            plugin.given, plugin.all_languages, plugin.alone = (small,), (site.language,), True
            config.plugins.on_startup(command="build", dirty=False)
            build(config)

    def silent(text: str) -> Exception | None:
        with _silent():
            return _fault(lambda: attempt(text))

    return silent


def _fault(action: Callable[[], object]) -> Exception | None:
    try:
        action()
    except Exception as error:  # noqa: BLE001  # whatever it is, the settings that were tried do not serve
        return error
    return None


def _small(site: LanguageSite) -> LanguageSite:
    """One page a chapter, and all that people wrote: Markdown is what extensions break on."""

    def some(pages: Sequence[Page]) -> tuple[Page, ...]:
        return tuple(page for number, page in enumerate(pages) if number == 0 or page.markdown)

    return replace(site, chapters=tuple(replace(one, pages=some(one.pages)) for one in site.chapters))


def one_page() -> LanguageSite:
    """The smallest site: a page that has a little of everything."""
    text = (
        "# One\n\nText with a [link](#one), `code`[^1] and\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n"
        "## Two\n\n[^1]: Note.\n"
    )
    page = Page("index.md", "One", "en", "home", markdown=text, is_index=True)
    return LanguageSite("en", "One", (Chapter("home", "One", (page,)),))


class _Named(io.BytesIO):
    """Settings in the place of a file: MkDocs looks for what they name from where it lies."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name


def _root(file: Path) -> yaml.MappingNode | None:
    """The outermost mapping; nothing is made of its values, so unknown tags do no harm."""
    try:
        with file.open("rb") as opened:
            root = yaml.compose(opened, yaml.SafeLoader)
    except (OSError, yaml.YAMLError, RecursionError, UnicodeDecodeError):
        return None
    return root if isinstance(root, yaml.MappingNode) else None


def _last_taken_out(
    root: yaml.MappingNode, place: yaml.Node, error: Exception, attempt: Try
) -> tuple[str, yaml.Node, Exception] | None:
    """The part of `place` without which the settings begin to serve: its name, what it holds, how it failed.

    What was taken out before stays out: more than one setting may be at fault. That part itself is put back.
    """
    if not isinstance(place, yaml.MappingNode | yaml.SequenceNode):
        return None
    for part in list(reversed(place.value)):
        before = list(place.value)
        name, value = _named(part, place)
        if place is root and name in ("theme", "plugins"):
            _bare(root, name)
            now = attempt(yaml.serialize(root))
            if now is None:
                root.value = before
                return name, value, error
            error = now
            continue
        if (
            (place is root and name in ESSENTIAL)
            or name == "handbook"
            or (name, value.value) == ("name", "material")
        ):
            continue
        place.value = [other for other in before if other is not part]
        now = attempt(yaml.serialize(root))
        if now is None:
            place.value = before
            return name, value, error
        error = now
    return None


def _named(part: Any, place: yaml.Node) -> tuple[str, Any]:
    """A part's name and value: a pair of a mapping, or an item of a list, which may be a pair or a word."""
    if isinstance(part, tuple):
        return str(part[0].value), part[1]
    if isinstance(part, yaml.MappingNode) and len(part.value) == 1:
        return str(part.value[0][0].value), part.value[0][1]
    if isinstance(part, yaml.ScalarNode):
        return str(part.value), part
    return str(place.value.index(part) + 1), part


def _bare(root: yaml.MappingNode, name: str) -> None:
    """Leave of theme or plugins what a handbook needs: Material, and our plugin with its options."""
    for number, (key, value) in enumerate(root.value):
        if key.value != name:
            continue
        if name == "theme":
            bare: yaml.Node | None = yaml.compose("{name: material}")
        else:
            items = value.value if isinstance(value, yaml.CollectionNode) else ()
            own = [item for item in items if _named(item, value)[0] == "handbook"]
            bare = type(value)(value.tag, own) if own else value
        root.value[number] = (key, bare)


def _placed(file: Path, name: str, words: str) -> str:
    """What MkDocs says of a setting, with its line; of a traceback among it, what it ends with."""
    if '\n  File "' in words:
        lines = [line for line in words.splitlines() if line.strip()]
        words = f"{lines[0]} {lines[-1].strip()}"
    root = _root(file)
    for key, _ in root.value if root is not None else ():
        if key.value == name:
            return f"line {key.start_mark.line + 1}: {name}: {words}"
    return f"{name}: {words}"


@contextmanager
def _told() -> Iterator[list[tuple[str, str]]]:
    """What MkDocs refuses of settings, (name, words), in place of its log."""
    told: list[tuple[str, str]] = []

    def kept(record: logging.LogRecord) -> bool:
        found = record.getMessage()
        if record.levelno < logging.ERROR or not found.startswith("Config value '"):
            return True
        name, _, words = found.removeprefix("Config value '").partition("': ")
        told.append((name, words))
        return False

    logger = base.log
    logger.addFilter(kept)
    try:
        yield told
    finally:
        logger.removeFilter(kept)


@contextmanager
def _silent() -> Iterator[None]:
    """Nothing is logged: what a trial warns of, the build has told or will tell."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
