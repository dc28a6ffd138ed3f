"""The commands `handbook digest` and `handbook post`: what changed, as a message, and sent."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console import (
    as_of_option,
    edition_option,
    printed,
    problems_reported,
    progress_told,
    project_argument,
    say,
    uncollected,
)

if TYPE_CHECKING:
    from generator.model.catalogue import Catalogue
    from generator.model.period import Period
    from generator.model.review import Review
    from generator.present.digest import Digest

FORMS = ("text", "mail", "feishu", "wecom", "dingtalk")
since_option = click.option(
    "--since", metavar="REVIEW|DATE", help="What changed since this review, or the last one held by this day."
)
language_option = click.option("--language", help="Language of the message; default: the handbook's first.")


@click.command()
@project_argument
@since_option
@click.option("--as", "form", type=click.Choice(FORMS), default="text", help="For which tool it is written.")
@language_option
@edition_option
@as_of_option
def digest(
    project: Path,
    since: str | None,
    form: str,
    language: str | None,
    edition: str | None,
    as_of: Period | None,
) -> None:
    """Print what changed since the last reviews: signals, turns, gates, late data, due actions."""
    from generator.present.digest import as_card, as_mail, as_text

    made = _digest(project, since, language, edition, as_of)
    if form == "text":
        printed(as_text(made).encode())
    elif form == "mail":
        printed(as_mail(made).as_bytes())
    else:
        printed((json.dumps(as_card(made, form), ensure_ascii=False, indent=2) + "\n").encode())


@click.command()
@project_argument
@click.option("--to", "form", type=click.Choice(FORMS[1:]), required=True, help="Where it is sent.")
@click.option("--mail-to", help="Who gets a mail; several with commas.")
@since_option
@language_option
@edition_option
@as_of_option
def post(
    project: Path,
    form: str,
    mail_to: str | None,
    *,
    since: str | None,
    language: str | None,
    edition: str | None,
    as_of: Period | None,
) -> None:
    """Send the digest to a bot or by mail; nothing is sent where nothing changed.

    The environment holds the address (HANDBOOK_POST_ADDRESS: the bot's, or smtps://user@host:465) and the
    secret that signs or logs in (HANDBOOK_POST_SECRET). Neither is ever printed. Exit code 1: not sent.
    """
    from generator.posting import PostError, post_card, post_mail
    from generator.present.digest import as_card, as_mail

    address = os.environ.get("HANDBOOK_POST_ADDRESS", "")
    secret = os.environ.get("HANDBOOK_POST_SECRET", "")
    if not address:
        raise click.UsageError("the environment has no HANDBOOK_POST_ADDRESS, where to send it")
    if form == "mail" and not mail_to:
        raise click.UsageError("say who gets the mail: --mail-to")
    made = _digest(project, since, language, edition, as_of)
    if not made.parts:
        say("nothing changed: nothing was sent", err=True)
        return
    try:
        if form == "mail":
            tries = post_mail(as_mail(made), address, mail_to or "", secret)
        else:
            tries = post_card(form, as_card(made, form), address, secret)
    except PostError as error:
        raise click.ClickException(f"not sent to {form}: {error}") from None
    say(f"sent to {form}" + (f", at try {tries}" if tries > 1 else ""))


def _digest(
    project: Path, since: str | None, language: str | None, edition: str | None, as_of: Period | None
) -> Digest:
    from generator.pipeline import Request, Run
    from generator.present.digest import digest_for

    with progress_told() as told, problems_reported(), uncollected():
        run = Run(project.resolve(), Request(edition, as_of, (language,) if language else ()), told)
        catalogue = run.figures.catalogue
        held = _since(since, catalogue) if since else None
        return digest_for(run.figures, run.languages[0], held)


def _since(text: str, catalogue: Catalogue) -> Review | date:
    from generator.model.common import parse_date
    from generator.problems import WrongUseError, nearest

    if text in catalogue.reviews:
        return catalogue.reviews[text]
    try:
        return parse_date(text)
    except ValueError:
        hint = nearest(text, catalogue.reviews)
        raise WrongUseError(f"--since: '{text}' is no day and no review; {hint}") from None
