"""`handbook upgrade` brings older files to today's format, no more; the commands of the first pages."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from generator.starter.sets import HERE
from tests.unit.test_starter import begun, found, run


def test_an_older_handbook_is_brought_to_todays_format(tmp_path: Path) -> None:
    project = begun(tmp_path)
    file = project / "data" / "handbook.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("format: 1\n", ""), encoding="utf-8")
    settings = project / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace(
            "  - search\n", "  - search:\n      jieba_dict: x.txt\n"
        ),
        encoding="utf-8",
    )
    schema = project / ".vscode" / "schemas" / "pilot.json"
    schema.write_text("{}", encoding="utf-8")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    dry = run("upgrade", project)
    assert "nothing was written" in dry.output
    assert before == {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    key_result = r"look at data/strategy.yml:\d+:\d+: by: 2026-Q4"
    assert re.search(key_result, dry.output), "by a quarter, of a monthly indicator"
    run("upgrade", project, "--write")
    changed = {path for path, content in before.items() if path.read_bytes() != content}
    assert changed == {file, settings, schema}
    assert file.read_text(encoding="utf-8").splitlines()[1:3] == [
        "format: 1",
        "title: {zh: 执行效率指标手册, en: Execution-efficiency indicator handbook}",
    ]
    assert "jieba" not in settings.read_text(encoding="utf-8")
    assert found(project) == []
    assert "nothing to change" in run("upgrade", project).output


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_an_upgrade_changes_no_other_byte(tmp_path: Path, mark: bytes, end: bytes) -> None:
    project = begun(tmp_path)
    handbook, settings = project / "data" / "handbook.yml", project / "mkdocs.yml"
    old = handbook.read_bytes().replace(b"format: 1\n", b"")
    handbook.write_bytes(mark + old.replace(b"\n", end))
    said = settings.read_bytes()
    gone = said.replace(b"  - search\n", b"  - search:\n      jieba_dict: x.txt\n")
    assert gone != said
    settings.write_bytes(mark + gone.replace(b"\n", end))
    run("upgrade", project, "--write")
    comment, _, rest = old.partition(b"\n")
    assert comment.startswith(b"#")
    wanted = mark + (comment + b"\nformat: 1\n" + rest).replace(b"\n", end)
    assert handbook.read_bytes() == wanted
    kept = said.replace(b"  - search\n", b"  - search:\n")
    assert settings.read_bytes() == mark + kept.replace(b"\n", end)
    assert "nothing to change" in run("upgrade", project).output


def test_an_upgrade_of_a_file_that_is_no_utf_8_is_refused_in_words(tmp_path: Path) -> None:
    project = begun(tmp_path)
    file = project / "data" / "handbook.yml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("gb18030"))
    assert "is not UTF-8" in run("upgrade", project, ok=False).output.replace("\n", " ")


DOCS = HERE.parents[1] / "docs"
_command = re.compile(r"(?<![\w-])handbook ((?:init|add|new|check|explain) [^`\n#]*)")


@pytest.mark.parametrize(
    "page", [DOCS.parent / "README.md", DOCS / "getting-started.md", DOCS / "getting-started.zh.md"],
    ids=lambda page: page.name,
)  # fmt: skip
def test_what_the_first_pages_tell_to_type_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: Path
) -> None:
    """Every command as it stands there, one after the other, in a handbook that `init` began."""
    monkeypatch.chdir(tmp_path)
    typed = [found[1].split() for found in _command.finditer(page.read_text(encoding="utf-8"))]
    typed = [shlex.split(" ".join(words)) for words in typed if words[-1] not in ("RULE", "[SET]")]
    assert {words[0] for words in typed} >= {"init", "add", "new"}
    assert typed[0][:2] == ["init", "my-handbook"]
    run(*typed[0])
    inside = not any("--project" in words for words in typed)
    if inside:
        monkeypatch.chdir(tmp_path / "my-handbook")
    for words in typed[1:]:
        run(*words)
    assert found(tmp_path / "my-handbook", ("error",)) == []
