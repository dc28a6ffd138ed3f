"""What a public forge runs agrees with what the project says of itself: versions, systems, commands, pins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.unit.test_house import PROJECT, pins, read

ROOT = Path(__file__).parents[2]
WORKFLOW = yaml.safe_load(read(".github/workflows/tests.yml"))
JOBS = WORKFLOW["jobs"]
YAML = sorted(path for path in (*(ROOT / ".github").rglob("*.yml"), ROOT / ".pre-commit-config.yaml"))
VERSIONS = [
    classifier.rpartition(" ")[2]
    for classifier in PROJECT["project"]["classifiers"]
    if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", classifier)
]


def runs(job: str) -> list[str]:
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


def test_the_versions_are_those_that_the_project_names() -> None:
    assert sorted(VERSIONS, key=lambda version: int(version.partition(".")[2])) == VERSIONS
    assert PROJECT["project"]["requires-python"] == f">={VERSIONS[0]}"
    assert JOBS["all"]["strategy"]["matrix"]["python"] == VERSIONS
    assert [row["python"] for row in JOBS["bytes"]["strategy"]["matrix"]["include"]] == VERSIONS
    assert JOBS["systems"]["strategy"]["matrix"]["python"] == [VERSIONS[0], VERSIONS[-1]]
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{VERSIONS[0].replace('.', '')}"


def test_everything_is_run_somewhere() -> None:
    assert [run for run in runs("all") if run.startswith("make test")]
    assert JOBS["systems"]["strategy"]["matrix"]["system"] == ["windows-latest", "macos-latest"]
    assert "python -m pytest tests/unit tests/problems" in runs("systems")


def test_what_tests_demand_of_the_machine_is_installed_where_everything_is_run() -> None:
    """The tests that ask a server are left out on the other systems: here they must find it."""
    (installed,) = (run for run in runs("all") if "apt-get install" in run)
    assert {"postgresql", "mariadb-server"} <= set(installed.split())
    servers = read("tests/servers.py")
    assert re.findall(r'missing\("(\w+)', servers) == ["PostgreSQL", "MariaDB"]
    asked = read("tests/unit/test_collect_servers.py")
    assert asked.count("skipif") == 1, "the other systems, nothing else"


def test_other_systems_need_neither_make_nor_a_shell_of_unix() -> None:
    for run in runs("systems"):
        assert re.fullmatch(r"python -m (pip|pytest) [\w./= -]+", run), run


def test_every_install_is_locked() -> None:
    files = set(re.findall(r"-r (\S+)", read(".github/workflows/tests.yml")))
    assert files == {"requirements-build.lock", "requirements.lock", "requirements-test.lock"}
    for job in JOBS:
        for run in runs(job):
            if "pip install" in run and "--editable ." not in run:
                assert "--require-hashes --no-build-isolation" in run, run


def test_the_same_bytes_are_asked_of_different_machines() -> None:
    rows = JOBS["bytes"]["strategy"]["matrix"]["include"]
    for key in ("locale", "zone", "seed"):
        assert len({row[key] for row in rows}) == len(rows)
    others = re.search(r"for seed in ([\d ]+);", runs("same")[0])
    assert others is not None
    assert ["0", *others[1].split()] == [row["seed"] for row in rows]


def test_every_job_ends_and_may_only_read() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert all(job["timeout-minutes"] <= 60 for job in JOBS.values())


@pytest.mark.parametrize("path", YAML, ids=lambda path: path.name)
def test_forge_files_are_yaml(path: Path) -> None:
    assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)


def test_hooks_are_the_locked_tools() -> None:
    (local,) = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    assert local["repo"] == "local"
    entries = {hook["id"]: hook["entry"].split() for hook in local["hooks"]}
    assert list(entries) == ["ruff", "format", "mypy", "imports", "handbook"]
    locked = pins("requirements-test.lock")
    packages = {"ruff": "ruff", "mypy": "mypy", "lint-imports": "import-linter"}
    for hook in local["hooks"]:
        folder, _, tool = hook["entry"].split()[0].rpartition("/")
        assert (folder, hook["language"]) == (".venv/bin", "system")
        assert tool == "handbook" or packages[tool] in locked, f"{tool} is not in requirements-test.lock"


def test_the_tool_for_mutants_is_pinned_once() -> None:
    asked = PROJECT["dependency-groups"]["mutation"]
    version = re.search(r'^VERSION = "(.+)"$', read("bench/mutation.py"), re.MULTILINE)
    assert version is not None
    assert asked == [f"mutmut=={version[1]}"]
    assert pins("requirements-mutation.lock")["mutmut"] == {version[1]}
    assert "mutmut" not in pins("requirements-test.lock")
