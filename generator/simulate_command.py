"""The command `handbook simulate incentives`: what the last years would have paid, and by other terms."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from generator.console import (
    as_of_option,
    edition_option,
    problems_reported,
    progress_told,
    project_argument,
    say,
)
from generator.messages.help_text import Listing

if TYPE_CHECKING:
    from generator.exchange.export_incentives import PilotPayOut
    from generator.model.period import Period
HEAD = ("terms", "periods", "gate shut", "paid", "gain", "at a cost", "noise", "level", "unknown", "share")
WIDTHS = (10, 9, 11, 6, 6, 11, 7, 7, 9, 7)


class _Asked(TypedDict):
    """The options that ask for other terms."""

    weights: tuple[str, ...]
    bars: tuple[str, ...]
    no_gate: bool


@click.group(cls=Listing)
def simulate() -> None:
    """Try what other terms would have brought, with the results of the last years."""


@simulate.command("incentives")
@project_argument
@click.option("--pilot", "only", help="Only this pilot.")
@click.option("--weight", "weights", multiple=True, metavar="INDICATOR=WEIGHT", help="Try another weight.")
@click.option("--bar", "bars", multiple=True, metavar="INDICATOR=VALUE", help="Try another target.")
@click.option("--no-gate", is_flag=True, help="Try it without the gate.")
@click.option("--years", type=click.IntRange(1, 20), default=2, show_default=True, help="So many years.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@edition_option
@as_of_option
def incentives(
    *,
    project: Path,
    only: str | None,
    years: int,
    form: str,
    edition: str | None,
    as_of: Period | None,
    **terms: Unpack[_Asked],
) -> None:
    """Who would have been paid for noise, for a gain, or for a gain at a cost.

    One rule everywhere: while a gate is missed nothing of the pack is paid; a bonus is paid on target,
    provided the gate is passed and none of its guardrails is missed. What pilots pay is for the narrowest
    edition alone; another one that is asked for, or that mkdocs.yml sets, is refused.
    """
    from generator.compute.insight.payouts import Terms, bonuses_of
    from generator.exchange.export_incentives import pilot_pay_out
    from generator.pipeline import Request, Run

    asked = None
    weights, bars = _numbers(terms["weights"]), _numbers(terms["bars"])
    if any(terms.values()):
        asked = Terms(weights=weights, bars=bars, gate=not terms["no_gate"])
    with progress_told() as told, problems_reported():
        run = Run(project.resolve(), Request(edition, as_of), told)
        figures = run.figures.whole
    narrowest, asked_for = figures.catalogue.handbook.audiences[-1], edition or run.settings[0]
    if asked_for not in (None, narrowest):
        raise click.UsageError(
            f"what pilots pay is not for the edition {asked_for!r}; ask with --edition {narrowest}"
        )
    pilots = figures.catalogue.pilots
    if only is not None and only not in pilots:
        raise click.UsageError(f"there is no pilot {only!r}; known: {', '.join(pilots)}")
    chosen = [pilots[only]] if only is not None else list(pilots.values())
    known = {name for pilot in chosen for name in bonuses_of(figures, pilot)}
    for name in (*weights, *bars):
        if name not in known:
            raise click.UsageError(f"no bonus is paid for {name!r}; known: {', '.join(sorted(known))}")
    made = [pilot_pay_out(figures, pilot, asked, years) for pilot in chosen if bonuses_of(figures, pilot)]
    if form == "json":
        inner = ",\n".join(each.model_dump_json(indent=2) for each in made)
        click.echo(f"[\n{inner}\n]" if made else "[]")
        return
    if not made:
        say("no pilot pays a bonus")
        return
    for each in made:
        click.echo("\n".join(_table(each)))


def _numbers(given: tuple[str, ...]) -> dict[str, float]:
    made = {}
    for text in given:
        name, equals, value = text.partition("=")
        try:
            made[name] = float(value)
        except ValueError:
            equals = ""
        if not equals or not isfinite(made[name]):
            raise click.UsageError(f"{text!r} is not INDICATOR=NUMBER")
    return made


def _table(pay: PilotPayOut) -> list[str]:
    def line(cells: tuple[object, ...]) -> str:
        first, *others = [str(cell) for cell in cells]
        return first.ljust(WIDTHS[0]) + "".join(
            cell.rjust(width) for cell, width in zip(others, WIDTHS[1:], strict=True)
        )

    lines = [pay.id, line(HEAD)]
    for each in pay.scenarios:
        kinds = [each.by_kind[name] for name in ("gain", "at-a-cost", "noise", "level", "unknown")]
        share = "-" if each.share is None else f"{each.share:.0%}"
        lines.append(line((each.id, each.periods, each.closed, each.paid, *kinds, share)))
    return [*lines, ""]
