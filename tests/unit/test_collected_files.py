"""Collected files after people had them, and parts whose newest data are late."""

from __future__ import annotations

from pathlib import Path

from tests.unit.test_collect import FILE, orders, root, run

__all__ = ["root"]


def test_a_part_whose_newest_data_are_late_is_told(root: Path) -> None:
    run(root, today="2026-09-09")
    file = root / "data/raw/orders.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not ("-09-" in line and "east" in line)]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    done = run(root)
    assert "note (late): 2026-09 (east): due and not there" in done.output
    assert done.exit_code == 0


def test_what_a_spreadsheet_saved_in_gbk_is_read(root: Path) -> None:
    text = (root / "data/handbook.yml").read_text(encoding="utf-8")
    (root / "data/handbook.yml").write_text(text.replace("east: East", "东: East"), encoding="utf-8")
    orders(root)
    raw = root / "data/raw/orders.csv"
    raw.write_text(raw.read_text(encoding="utf-8").replace(",east,", ",东,"), encoding="utf-8")
    run(root)
    for name in (FILE, "data/collect/runs.csv"):
        old = (root / name).read_text(encoding="utf-8")
        (root / name).write_bytes(old.replace(",erp,", ",东,").encode("gb18030"))
    done = run(root)
    assert (done.exit_code, "0 new, 0 restated, 0 gone" in done.output) == (0, True), done.output
    text = (root / FILE).read_bytes()
    (root / FILE).write_bytes(text.replace(b"2026-01", b"Jan-26"))
    assert "late-share.csv: 'Jan-26' is not a period;" in run(root).output
    (root / FILE).write_text("期间;指标\n2026-01;late-share\n", encoding="utf-8")
    assert run(root).exit_code == 1
