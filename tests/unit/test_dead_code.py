"""No public function, class or method is there for tests alone."""

from __future__ import annotations

from pathlib import Path

from bench.dead_code import unused


def test_nothing_is_there_for_tests_alone() -> None:
    assert unused() == []


def test_what_is_found(tmp_path: Path) -> None:
    """A name that nobody says is found, in a class too; one that a template or a script says is not."""
    module = tmp_path / "generator/one.py"
    module.parent.mkdir()
    module.write_text(
        "class Thing:\n    def used(self): ...\n    def unused(self): ...\n    def shown(self): ...\n"
        "def make(): return Thing().used()\ndef _own(): ...\n",
        encoding="utf-8",
    )
    template = tmp_path / "theme/page.html.jinja"
    template.parent.mkdir()
    template.write_text("{{ thing.shown() }}", encoding="utf-8")
    assert unused(tmp_path) == ["generator/one.py:5 make", "generator/one.py:3 unused"]
