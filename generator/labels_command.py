"""The command `handbook export labels`: every word of the site, to be said in another language."""

from __future__ import annotations

import json

import click

from generator.console import printed


@click.command("labels")
@click.argument("language", default="en")
def to_labels(language: str) -> None:
    """Every label of the site, a line each, as labels/LANGUAGE.yml begins.

    In a LANGUAGE that the product does not speak they are in English: translate what you can, and delete the
    rest, for which English stands in.
    """
    from generator.present.text.own_words import STAND_IN
    from generator.present.text.words import labels, languages

    told = labels(language if language in languages() else STAND_IN)
    lines = [f"{key}: {json.dumps(str(text), ensure_ascii=False)}" for key, text in told.items() if text]
    printed(("\n".join(lines) + "\n").encode())
