"""How Lighthouse judges a built site on a phone, served compressed.

    python -m bench.lighthouse [SITE] [--runs N] [--all]

SITE is a built handbook; without one the sample is built. Five pages of both languages: home, a pilot, an
indicator, a process, a quarter. Performance is a timing (a slow phone is simulated, but what a page costs is
measured on this machine): of several runs the median stands there. `--all` judges every kind of page by what
is no timing. Budgets: performance 90, the others 100.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.browser.chromium import executable, page_kinds, served
from tests.built import ROOT, Site, built

SCRIPT = ROOT / "tests/browser/lighthouse.mjs"
PAGES = (
    "index.html",
    "pilots/lead-to-cash-east.html",
    "indicators/order-cycle-time.html",
    "processes/lead-to-cash.html",
    "quarters/2026-q3.html",
)
STABLE = ("accessibility", "best-practices", "seo")


def judged(addresses: Sequence[str], categories: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What Lighthouse says of each page: scores, what it lacks, metrics."""
    words = ["node", str(SCRIPT), str(executable()), ",".join(categories), *addresses]
    done = subprocess.run(words, cwd=SCRIPT.parent, capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        yield json.loads(line)


def measure(site: Path, runs: int, every: bool) -> bool:
    """Print a line a page; whether all budgets hold."""
    pages = page_kinds(Site(site)) if every else PAGES
    holds = True
    with served(site, packed=True) as root:
        for language in ("", "en/"):
            addresses = [f"{root}{language}{page}" for page in pages if (site / language / page).is_file()]
            for found in judged(addresses, STABLE):
                told = " ".join(f"{name} {score}" for name, score in found["scores"].items())
                print(f"{found['address'].removeprefix(root):<45} {told}")
                for name, lacks in found["lacks"].items():
                    for lack in lacks:
                        print(f"    {name}: {lack}")
                holds = holds and min(found["scores"].values()) == 100
            if every:
                continue
            timed: dict[str, list[dict[str, Any]]] = {}
            for _ in range(runs):
                for found in judged(addresses, ["performance"]):
                    timed.setdefault(found["address"], []).append(found)
            for address, told_all in timed.items():
                scores = [found["scores"]["performance"] for found in told_all]
                by_score = sorted(told_all, key=lambda found: found["scores"]["performance"])
                middle = by_score[len(by_score) // 2]
                name, score = address.removeprefix(root), statistics.median(scores)
                print(f"{name:<45} performance {score:.0f} of {scores}")
                print(f"    {middle['metrics']}")
                for lack in middle["lacks"]["performance"]:
                    print(f"    {lack}")
                holds = holds and statistics.median(scores) >= 90
    return holds


def main() -> None:
    """Judge one site."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("site", type=Path, nargs="?")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = asked.site or built(ROOT, Path(folder) / "site").folder
        sys.exit(0 if measure(site.resolve(), asked.runs, asked.all) else 1)


if __name__ == "__main__":
    main()
