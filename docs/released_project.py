"""pyproject.toml with the version written out, for tools that cannot look for it in the code.

`make sbom` gives it to the maker of the list of parts, whose head else has a name and no version.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from generator import __version__  # noqa: E402 - the checkout's own, not an installed one

DYNAMIC = 'dynamic = ["version"]\n'


def released() -> str:
    """The text of pyproject.toml as of this version. ValueError where it looks otherwise than thought."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    if text.count(DYNAMIC) != 1:
        raise ValueError(f"pyproject.toml has no line {DYNAMIC.strip()}")
    return text.replace(DYNAMIC, f'version = "{__version__}"\n')


if __name__ == "__main__":
    sys.stdout.write(released())
