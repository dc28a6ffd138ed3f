"""The command `handbook explain`: what stands behind a rule, a field or a fault, in the terminal."""

from __future__ import annotations

import click

from generator.problems import WrongUseError


@click.command()
@click.argument("name")
def explain(name: str) -> None:
    """What NAME means: a rule (pack-size), a field (indicator.rollup, rollup), a kind of file, a fault."""
    from generator.starter.explain import explained

    try:
        click.echo(explained(name))
    except WrongUseError as error:
        raise click.UsageError(str(error)) from None
