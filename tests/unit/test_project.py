"""A whole project: what is loaded, what is refused, and that nothing an author writes raises."""

from __future__ import annotations

import os
import pickle
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.load.consistency import circles
from generator.load.project import default_roadmap, load_project
from generator.model.catalogue import Catalogue
from generator.problems import Problems, as_text
from tests.conftest import Change
from tests.problems.assemble import BASE, problems_of

FILES = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.is_file())


def text_of(root: Path) -> str:
    return as_text(problems_of(root))


def test_the_whole_base_is_loaded(make_catalogue: Callable[[Change], Catalogue]) -> None:
    catalogue = make_catalogue({})
    assert list(catalogue.indicators) == ["cycle-time", "first-pass", "satisfaction"]
    assert list(catalogue.processes) == ["quote-to-cash"]
    assert list(catalogue.pilots) == ["east"]
    assert list(catalogue.reviews) == ["2025-q1-east"]
    assert catalogue.strategy is not None
    assert catalogue.questionnaire is not None
    assert [str(made.date) for made in catalogue.diagnoses] == ["2025-01-10"]
    assert len(catalogue.results) == 7
    assert str(catalogue.mark("indicators/cycle-time", ("targets", 0, "floor"))) == (
        "data/indicators/cycle-time.yml:16:28"
    )
    assert pickle.loads(pickle.dumps(catalogue)) == catalogue


def test_the_default_roadmap_has_six_steps_in_both_languages() -> None:
    roadmap = default_roadmap()
    assert [step.number for step in roadmap.steps] == [1, 2, 3, 4, 5, 6]
    assert roadmap.steps[0].outputs[0].id == "diagnosis-report"
    assert all(step.name.languages == ("zh", "en") for step in roadmap.steps)


def test_a_project_may_have_its_own_roadmap(make_catalogue: Callable[[Change], Catalogue]) -> None:
    text = "steps:\n" + "".join(
        f"  - {{number: {n}, id: s{n}, name: S{n}, outputs: [{{id: diagnosis-report, name: D}}]}}\n"
        for n in (1, 3, 5)
    )
    catalogue = make_catalogue({"data/roadmap.yml": text})
    assert [step.id for step in catalogue.roadmap.steps] == ["s1", "s3", "s5"]


def test_the_least_handbook(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "handbook.yml").write_text("title: T\nlanguages: [en]\n", encoding="utf-8")
    problems = Problems()
    catalogue = load_project(tmp_path, problems)
    assert not list(problems)
    assert catalogue is not None
    assert (catalogue.strategy, catalogue.results, catalogue.handbook.audiences) == (None, (), ("public",))


def test_an_empty_folder_is_one_problem(tmp_path: Path) -> None:
    problems = Problems()
    assert load_project(tmp_path, problems) is None
    assert [str(problem.mark) for problem in problems] == ["data/handbook.yml:1:1"]


def test_a_link_out_of_the_project_is_refused(make_project: Callable[[Change], Path], tmp_path: Path) -> None:
    root = make_project({"data/indicators/satisfaction.yml": None})
    outside = tmp_path / "outside"
    shutil.copytree(BASE / "data" / "indicators", outside)
    (root / "data/indicators/satisfaction.yml").symlink_to(outside / "satisfaction.yml")
    (root / "content/more").symlink_to(outside, target_is_directory=True)
    text = text_of(root)
    assert (
        "content/more:1:1: error[path-outside] a link that leaves the project is not followed\n"
        "    hint: copy the file into the project\n"
    ) in text
    assert "data/indicators/satisfaction.yml:1:1: error[path-outside]" in text


def test_a_link_within_the_project_is_followed_once(make_project: Callable[[Change], Path]) -> None:
    root = make_project({"shared/extra.csv": "period,indicator,pilot,value\n2024-11,cycle-time,east,27\n"})
    (root / "data/results/extra.csv").symlink_to(root / "shared/extra.csv")
    assert text_of(root) == "no problems\n"
    catalogue = load_project(root, Problems())
    assert catalogue is not None
    assert [made.file for made in catalogue.results if made.value == 27] == ["data/results/extra.csv"]
    (root / "data/results/again").symlink_to(root / "data/results", target_is_directory=True)
    assert text_of(root) == (
        "data/results/again:1:1: error[path-outside] a link to a folder that is read already: not followed\n"
        "    hint: delete the link\n1 error\n"
    )


def test_what_editors_and_systems_leave_is_passed_over(make_project: Callable[[Change], Path]) -> None:
    leftovers: Change = dict.fromkeys(
        (
            "data/.DS_Store",
            "data/results/~$2025.xlsx",
            "data/pilots/east.yml~",
            "data/Thumbs.db",
            "data/README.md",
        ),
        "x",
    )
    assert text_of(make_project(leftovers)) == "no problems\n"


def test_results_may_lie_in_folders(make_catalogue: Callable[[Change], Catalogue]) -> None:
    rows = "period,indicator,pilot,value\n2024-11,cycle-time,east,27\n"
    assert len(make_catalogue({"data/results/2024/q4.csv": rows}).results) == 8


@pytest.mark.skipif(os.name == "nt", reason="a folder's name in bytes is a matter of POSIX")
def test_a_name_that_is_no_unicode_is_told(make_project: Callable[[Change], Path]) -> None:
    root = make_project({})
    (root / "data/indicators" / os.fsdecode(b"\xff.txt")).touch()
    assert "data/indicators/\ufffd.txt:1:1: warning[misplaced-file]" in text_of(root)


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ({"a": ["b"], "b": []}, []),
        ({"a": ["a"]}, [["a", "a"]]),
        ({"b": ["c"], "c": ["a"], "a": ["b"]}, [["a", "b", "c", "a"]]),
        ({"a": ["b", "c"], "b": ["a"], "c": ["a"]}, [["a", "b", "a"], ["a", "c", "a"]]),
        ({"a": ["unknown"]}, []),
    ],
)
def test_circles(edges: dict[str, list[str]], found: list[list[str]]) -> None:
    assert circles(edges) == found


def test_a_long_chain_is_no_circle() -> None:
    assert circles({f"n{i}": [f"n{i + 1}"] for i in range(5000)}) == []


# Whatever stands in a file, loading it gives problems and never raises.

SCRAPS = (
    b"", b"\t", b"\n", b": ", b"[", b"{", b"'", b'"', b"*", b"&a ", b"- ", b"\xff", b"\0", b",", b"null",
    b"? ", b"-1e999", b"9" * 400, b"---\n", b"!!x ", b"#", b"%", "，".encode(), "\u2028".encode(),
)  # fmt: skip
VALUES = (
    "", "null", "3", "-0.5", "true", "x", "[]", "{}", "[[1]]", "{a: {b: c}}", "2025", ".nan", "'  '",
    "[x, x]", "9" * 300, "1e308", "2025-W53",
)  # fmt: skip

SLOW = settings(max_examples=60)


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], Problems]:
    """Loads and checks the base with one file's bytes replaced."""
    root = tmp_path_factory.mktemp("fuzz") / "project"
    shutil.copytree(BASE, root)

    def check(name: str, data: bytes) -> Problems:
        (root / name).write_bytes(data)
        try:
            return problems_of(root)
        finally:
            shutil.copyfile(BASE / name, root / name)

    return check


@SLOW
@given(st.sampled_from(FILES), st.binary(max_size=80))
def test_random_bytes_never_raise(spoiled: Callable[[str, bytes], Problems], name: str, data: bytes) -> None:
    assert all(problem.message for problem in spoiled(name, data))


@SLOW
@given(st.sampled_from(FILES), st.integers(0, 2**32), st.integers(1, 4))
def test_mutations_never_raise(
    spoiled: Callable[[str, bytes], Problems], name: str, seed: int, times: int
) -> None:
    data = bytearray((BASE / name).read_bytes())
    dice = random.Random(seed)
    for _ in range(times):
        at = dice.randrange(len(data))
        scrap = dice.choice(SCRAPS)
        data[at : at + dice.randrange(3)] = scrap
    assert all(problem.message for problem in spoiled(name, bytes(data)))


@SLOW
@given(st.sampled_from([name for name in FILES if name.endswith(".yml")]), st.data())
def test_any_value_in_any_place_never_raises(
    spoiled: Callable[[str, bytes], Problems], name: str, data: st.DataObject
) -> None:
    lines = (BASE / name).read_text(encoding="utf-8").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    value = data.draw(st.sampled_from(VALUES))
    key, colon, _ = lines[at].partition(":")
    lines[at] = f"{key}{colon} {value}"
    assert all(problem.message for problem in spoiled(name, "\n".join(lines).encode()))
