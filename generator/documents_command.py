"""The command `handbook docs`: the documents for authors, as they were installed, without a network."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from generator.messages import spoken

INSTALLED = Path(__file__).with_name("documents")
"""Where the wheel holds them; docs/make_site.py makes them while it is built."""

SOURCES = Path(__file__).parent.parent / "docs"
"""Where a checkout holds what they are made of."""


@click.command()
@click.option("--no-browser", is_flag=True, help="Open nothing, only say where they are.")
def docs(no_browser: bool) -> None:
    """Open the documents for authors, in the language of the messages (--lang)."""
    page = first_page(spoken())
    if not no_browser and page.suffix == ".html":
        webbrowser.open(page.as_uri())
    click.echo(page)


def first_page(language: str) -> Path:
    """Where the documents begin: the installed site, or in a checkout the Markdown that it is made of."""
    installed = INSTALLED / language / "index.html"
    if installed.exists():
        return installed
    source = SOURCES / ("start.zh.md" if language == "zh" else "start.md")
    if not source.exists():
        raise click.ClickException("this installation holds no documents; install the wheel anew")
    return source
