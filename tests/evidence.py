"""Published data and models that some tests hold the code against; they do not lie in the repository.

They are looked for in the folder that HANDBOOK_EVIDENCE names, else in `shared/evidence` beside the checkout.
In a plain clone there is no such folder: the tests that need it are left out, with CI set or not, and the
summary says how many. Where HANDBOOK_EVIDENCE is set they are demanded: a file that is not there fails.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

NAMED = os.environ.get("HANDBOOK_EVIDENCE", "")
FOLDER = Path(NAMED) if NAMED else Path(__file__).parents[2] / "shared" / "evidence"
LEFT_OUT = "needs published data that is not beside this checkout"


def evidence(name: str) -> Path:
    """A file or folder of the evidence; leaves the test out where there is none."""
    path = FOLDER / name
    if path.exists():
        return path
    if NAMED or FOLDER.is_dir():
        pytest.fail(f"{name} is missing in {FOLDER}, where the published data is to be")
    pytest.skip(f"{LEFT_OUT}: {name}")


def told(skipped: list[str]) -> str:
    """What the summary says of the tests left out, given the reasons of all skipped ones; "" for none."""
    count = sum(LEFT_OUT in reason for reason in skipped)
    if not count:
        return ""
    tests = "1 test was" if count == 1 else f"{count} tests were"
    return (
        f"{tests} left out: published data is not beside this checkout "
        "(put its folder into HANDBOOK_EVIDENCE to run them)"
    )
