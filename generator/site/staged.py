"""Builds a site beside its target and swaps it in: a build that fails leaves the old site as it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.present.page import LanguageSite
from generator.site.blame import SettingsFileError, blamed, loaded, one_page, tried, usual
from generator.site.owned import mark
from generator.site.settings import refuse_theme
from generator.site.target import swap
from generator.site.workplace import scratch
from generator.site.writing import is_of_the_machine


class SiteError(Exception):
    """MkDocs refused, mostly for a fault of mkdocs.yml; the message says why."""


def build_site(project: Path, sites: Sequence[LanguageSite], out: Path, staging: Path) -> None:
    """Write the site of finished books to `out`; SiteError and TargetError leave `out` untouched.

    `staging` is the build's folder beside `out` (`workplace.at_work`).
    """
    write_site(project, sites, staging)
    swap(staging / "site", out, project)


def write_site(project: Path, sites: Sequence[LanguageSite], staging: Path) -> None:
    """Write the site of finished books to the folder `site` of the staging folder."""
    try:
        config = configuration(project, staging)
        plugin: Any = _plugin(config)
        plugin.given = tuple(sites)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except MkDocsException as error:
        # Around what a plugin refuses MkDocs puts only that it stopped.
        cause = error.__cause__ or error.__context__
        raise SiteError(str(cause if isinstance(cause, MkDocsException) else error)) from None
    except SiteError:
        raise
    except Exception as error:
        said = None if is_of_the_machine(error) else blamed(project / "mkdocs.yml", sites[0], error)
        if said is None:
            raise
        raise SiteError(f"mkdocs.yml: {said}") from None
    else:
        mark(staging / "site")


def edition_and_period(project: Path) -> tuple[str | None, str | None]:
    """The `edition` and `as_of` that the project's own mkdocs.yml sets; they hold for every build."""
    with scratch() as folder:
        plugin: Any = configuration(project, folder).plugins.get("handbook")
    return (plugin.config.edition, plugin.config.as_of) if plugin is not None else (None, None)


def configuration(project: Path, staging: Path) -> MkDocsConfig:
    """The configuration of a build into the staging folder; SiteError where mkdocs.yml cannot be used."""
    try:
        return loaded(configuration_file(project, staging), staging / "site")
    except SettingsFileError as fault:
        raise SiteError(f"mkdocs.yml: {fault}") from None


def try_settings(project: Path) -> None:
    """SiteError where a page cannot be made with what the project's mkdocs.yml sets of theme and Markdown.

    Without this a check would accept what no build can use. What MkDocs looks at itself needs no trial.
    """
    file = project / "mkdocs.yml"
    if not file.is_file():
        return
    with scratch() as folder:
        config = configuration(project, folder)
    _plugin(config)
    try:
        refuse_theme(config)
    except MkDocsException as error:
        raise SiteError(str(error)) from None
    if usual(file):
        return
    try:
        tried(file, one_page(), foreign=False)
    except SettingsFileError as fault:
        raise SiteError(f"mkdocs.yml: {fault}") from None


def _plugin(config: MkDocsConfig) -> Any:
    """Our plugin in a configuration; SiteError where it is not listed."""
    plugin: Any = config.plugins.get("handbook")
    if plugin is None:
        raise SiteError("mkdocs.yml does not list the plugin 'handbook' under 'plugins:'")
    return plugin


def configuration_file(project: Path, folder: Path) -> Path:
    """The project's own mkdocs.yml, or a default one written into `folder`."""
    own = project / "mkdocs.yml"
    if own.is_file():
        return own
    content = project / "content"
    if not content.is_dir():
        content = folder / "content"
        content.mkdir()
    default = folder / "mkdocs.yml"
    settings = {
        "site_name": project.name,
        "docs_dir": str(content),
        "theme": {"name": "material"},
        "plugins": [{"handbook": {"project": str(project)}}, "search"],
    }
    default.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return default
