"""What a handbook site asks of MkDocs and Material, so that a project's mkdocs.yml stays a few lines.

Only what must hold is forced (addresses, no outside fonts, offline search); what an author set in mkdocs.yml
stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from pymdownx.slugs import slugify  # type: ignore[import-untyped]

from generator.present.page import LanguageSite
from generator.present.text.words import Words
from generator.site.escaping import Harmless, mark_configuration
from generator.site.material_parts import OWN, SHIM, TITLES_AS_HTML, search_plugin

FEATURES = (
    "navigation.tabs",
    "navigation.indexes",
    "navigation.path",
    "navigation.top",
    "navigation.prune",
    "toc.follow",
    "search.highlight",
)
STYLES = ("assets/handbook.css", "assets/maps.css", "assets/work.css")
BRAND = "assets/brand.css"
"""The colours of the handbook, after ours and before the author's."""
SCRIPTS = ("assets/handbook.js", "assets/narrow.js", "assets/charts.js", "assets/trace.js")
"""Filters; interactive views and pictures to take away. Pages say everything without them."""
SEPARATOR = r"[\s\u200b\-_,:!=\[\]()\"`/。，、；：？！（）《》「」“”·～]+|\.(?!\d)|&[lg]t;"
"""Where search splits words: white space, punctuation of both scripts, the marks between Chinese words."""
EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "footnotes": {},
    "def_list": {},
    "pymdownx.details": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
}


AROUND = ("find.", "language", "not_found.", "page.", "theme.")
"""Where the labels stand that are said around the pages, not by them."""


def words_around(site: LanguageSite, languages: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """What is said around the pages of a language, and of the others when they are named there."""
    named = dict.fromkeys((site.language, *languages))
    return tuple(Words(language, site.own).at(AROUND) for language in named)


def apply(config: MkDocsConfig, site: LanguageSite) -> None:
    """Set MkDocs up for one language of a handbook."""
    refuse_theme(config)
    words = Words(site.language, site.own)
    config.site_name = site.title
    config.use_directory_urls = False
    config.theme["language"] = site.language if is_spoken_by_material(site.language) else "en"
    _brand(config, site)
    config.theme["font"] = False
    for name, value in (
        ("features", list(FEATURES)),
        ("palette", palette(words)),
        ("icon", {"logo": "material/book-open-variant"}),
    ):
        # Material's own default of each is empty, so what is not empty was set by the author.
        if not config.theme.get(name):
            config.theme[name] = value
    _own_colours(config.theme["palette"])
    config.theme["features"] = [item for item in config.theme["features"] if item != TITLES_AS_HTML]
    mark_configuration(config)
    config.copyright = foot(site, config.copyright) or None
    config.extra["generator"] = False
    config.extra["nothing_found"] = words("find.none")
    config.extra["breadcrumbs"] = words("page.breadcrumbs")
    given = config.extra.get("polyfills", [])
    if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
        raise PluginError(f"extra.polyfills in mkdocs.yml is a list of addresses, found {given!r}")
    config.extra["polyfills"] = [*given, SHIM]
    for place, files in ((config.extra_css, STYLES), (config.extra_javascript, SCRIPTS)):
        place[:0] = [file for file in files if file not in place]
    for name, options in EXTENSIONS.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
            config.mdx_configs.setdefault(name, {}).update(options)
    config.markdown_extensions.append(Harmless())  # type: ignore[arg-type]  # Markdown takes both
    toc = config.mdx_configs.setdefault("toc", {})
    toc.setdefault("permalink", "¶")
    toc.setdefault("permalink_title", words("page.permalink"))
    toc.setdefault("slugify", slugify(case="lower"))
    _search(config)


def refuse_theme(config: MkDocsConfig) -> None:
    """PluginError for another theme than Material."""
    if config.theme.name != "material":
        raise PluginError(f"the handbook needs 'theme: material' in mkdocs.yml, found {config.theme.name!r}")


def foot(site: LanguageSite, own: str | None) -> Markup:
    """What stands under every page: the handbook's line, and below it the author's `own`."""
    return Markup("<br>").join(line for line in (site.footer, own) if line)


def is_spoken_by_material(language: str) -> bool:
    """Whether Material has its own words (search, menus) in a language."""
    return (OWN / "templates" / "partials" / "languages" / f"{language}.html").is_file()


def _brand(config: MkDocsConfig, site: LanguageSite) -> None:
    """Logo, colours and footer of the handbook, where mkdocs.yml says none of its own."""
    brand = site.brand
    if brand is None:
        return
    if brand.logo and not config.theme.get("logo"):
        config.theme["logo"] = brand.logo
    if brand.footer and not config.copyright:
        config.copyright = brand.footer
    if brand.css:
        config.extra_css.insert(0, BRAND)


def palette(words: Words) -> list[dict[str, Any]]:
    """Light and dark, following the system until the reader chooses."""
    return [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": "material/weather-night", "name": words("theme.dark")},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": "material/weather-sunny", "name": words("theme.light")},
        },
    ]


def _own_colours(given: Any) -> None:
    """A palette that names no colour has the handbook's: Material would take it for indigo."""
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, dict):
            one.setdefault("primary", "custom")
            one.setdefault("accent", "custom")


def _search(config: MkDocsConfig) -> None:
    """Search for Chinese and English: no stemmer, which would make a code such as FPY unfindable."""
    options: Any = getattr(search_plugin(config), "config", None)
    if options is None:
        return
    if not options.get("lang"):
        options["lang"] = ["zh", "en"]
    if options.get("pipeline") is None:
        options["pipeline"] = []
    if not options.get("separator"):
        options["separator"] = SEPARATOR
