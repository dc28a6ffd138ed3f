"""The command `handbook verify`: a site or a review, as somebody got it, against its list of fingerprints."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.console import say


@click.command()
@click.argument("site", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--signers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="It must be signed by one of these (an allowed_signers file of OpenSSH).",
)
def verify(site: Path, signers: Path | None) -> None:
    """Hold a built SITE, a folder or a review's zip, against its list of fingerprints.

    Names what is missing, altered or added. Exit code 0: all is as it was built.
    """
    from generator.site.verify import VerifyError, report
    from generator.site.verify import verify as verified

    try:
        found = verified(site, signers)
    except VerifyError as error:
        raise click.ClickException(str(error)) from None
    for line in report(found):
        say(line)
    sys.exit(0 if found.whole else 1)
