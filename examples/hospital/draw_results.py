"""Writes the results of the invented hospital: `python examples/hospital/draw_results.py`.

Every number is drawn by a fixed seed; what was put in is what the pages should say (which ward gained).
"""

from __future__ import annotations

import random
from pathlib import Path

MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
LEVELS = {
    "discharge-time": (9.5, 0.4, 2),
    "before-noon": (24.0, 1.8, 1),
    "letter-errors": (5.5, 0.4, 2),
    "patient-experience": (4.2, 0.06, 2),
    "readmission": (5.0, 0.35, 2),
    "discharges-per-nurse": (31.0, 1.2, 1),
    "checklist-use": (40.0, 4.0, 0),
}
"""Mean, standard deviation, decimals."""
STEPS = {
    ("ward-a", "discharge-time"): [("2024-07", -3.0)],
    ("ward-a", "before-noon"): [("2024-07", 14.0), ("2025-03", 6.0)],
    ("ward-a", "checklist-use"): [("2024-07", 45.0)],
    ("ward-b", "discharge-time"): [("2025-01", -2.6)],
    ("ward-b", "before-noon"): [("2025-01", 11.0)],
    ("ward-b", "checklist-use"): [("2025-01", 40.0)],
    ("ward-c", "discharges-per-nurse"): [("2024-07", 4.0)],
    ("ward-c", "letter-errors"): [("2024-07", 2.6)],
    ("ward-c", "checklist-use"): [("2025-02", 30.0)],
}
"""What changed from which month on."""


def main() -> None:
    """One file; a ward's lines, then the next one's."""
    dice = random.Random(7)
    lines = ["period,indicator,pilot,value"]
    for ward in ("ward-a", "ward-b", "ward-c"):
        for name, (mean, spread, decimals) in LEVELS.items():
            for month in MONTHS:
                value = mean + sum(by for since, by in STEPS.get((ward, name), []) if month > since)
                lines.append(f"{month},{name},{ward},{dice.gauss(value, spread):.{decimals}f}")
    target = Path(__file__).parent / "data/results/wards.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
