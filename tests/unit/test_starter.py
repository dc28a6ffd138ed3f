"""A new handbook, new files and the library: each passes the check as it is written, in every language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.load.yaml_file import load_yaml_text
from generator.pipeline import check_project
from generator.problems import Problems
from generator.starter.kinds import quoted
from generator.starter.project import project_files, sample_dir
from generator.starter.sets import HERE, library
from generator.starter.texts import filled, in_languages

LANGUAGES = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}
SHIPPED = sorted(
    [
        *(HERE / "library").glob("*.yml"),
        *(HERE / "packs").glob("*.yml"),
        *(HERE / "new").glob("*.yml"),
        *(HERE / "project").rglob("*.yml"),
        HERE.parent / "model" / "roadmap.yml",
        HERE.parent / "model" / "questions.yml",
    ]
)
NAMES = ("id", "name", "date", "month", "pilot", "unit", "kind", "period")
LOG_PLACES = ("log", "cases", "variants", "shown", "covered")
PLACES = dict.fromkeys((*NAMES, *LOG_PLACES), "x") | {
    "nextyear": "2027", "sitename": "x", "version": "1", "languages": "[zh, en]", "owner": "",
    "process": "id: x", "processline": "# …", "unitline": "# …", "questions": "# …",
}  # fmt: skip


def run(*arguments: str | Path, ok: bool = True) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert (result.exit_code == 0) is ok, result.output
    return result


def begun(folder: Path, languages: Sequence[str] = ("zh", "en"), *, sample: bool = False) -> Path:
    for name, text in project_files(languages, sample).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def found(folder: Path, least: Sequence[str] = ("error", "warning")) -> list[str]:
    return [str(one) for one in check_project(folder).problems if one.level in least]


def projected(value: object, language: str) -> object:
    """Values with both languages, as one language alone says them."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return value[language].rstrip("\n")
        if set(value) == {language} and isinstance(value[language], str):
            return value[language].rstrip("\n")
        # A size in which another language counts is none of its own.
        kept = {k: inner for k, inner in value.items() if k != "unit_factor" or language in inner}
        return {key: projected(inner, language) for key, inner in kept.items()}
    if isinstance(value, list):
        return [projected(inner, language) for inner in value]
    return value.rstrip("\n") if isinstance(value, str) else value


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shipped_file_says_in_one_language_what_it_says_in_both(path: Path) -> None:
    """The texts are cut, not the values: read again, the file for one language is that language's half."""

    def read(text: str) -> object:
        problems = Problems()
        source = load_yaml_text(filled(text, PLACES), path.name, problems)
        assert source is not None, [str(problem) for problem in problems]
        return source.value

    text = path.read_text(encoding="utf-8")
    both = read(in_languages(text, ("zh", "en")))
    for language in ("zh", "en"):
        told = in_languages(text, (language,))
        assert projected(read(told), language) == projected(both, language)
        other = "en" if language == "zh" else "zh"
        assert not re.search(rf"# {other}: |\b{other}: ", told)
    chinese = in_languages(text, ("en",))
    assert not re.search("[\u4e00-\u9fff]", chinese), "English alone has no Chinese"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_handbook_has_nothing_to_complain_of(tmp_path: Path, language: str) -> None:
    result = run("init", tmp_path / "own", "--language", language)
    assert "handbook check" in result.output
    project = tmp_path / "own"
    assert found(project, ("error", "warning", "note")) == []
    for name in (
        ".gitignore", ".pre-commit-config.yaml", ".github/workflows/handbook.yml", ".gitlab-ci.yml",
        ".vscode/settings.json", ".vscode/schemas/indicator.json", "mkdocs.yml", "requirements.txt",
        "deploy/nginx.conf", "deploy/web.config", "deploy/Dockerfile", "deploy/README.md", "README.md",
        "data/roadmap.yml", "data/diagnosis/questions.yml", "data/strategy.yml", "content/index.md",
        "content/guide/reading-charts.md", "content/guide/six-steps.md", "data/results/README.md",
    ):  # fmt: skip
        assert (project / name).is_file(), name
    for kind in ("indicators", "processes", "pilots", "reviews", "diagnosis", "workshops"):
        assert any((project / "data" / kind).glob("*.yml")), kind
    settings = (project / ".vscode" / "settings.json").read_text(encoding="utf-8")
    for schema in re.findall(r'"(\.vscode/schemas/[^"]+)"', settings):
        assert (project / schema).is_file(), schema
    written = [path for path in project.rglob("*") if path.is_file() and ".vscode" not in path.parts]
    every = "".join(path.read_text(encoding="utf-8") for path in written)
    assert "{{" not in every
    assert "lead-to-cash-east" not in every, "nothing of the sample's company"


def test_the_english_handbook_has_no_chinese(tmp_path: Path) -> None:
    files = project_files(("en",))
    chinese = [name for name, text in files.items() if re.search("[\u4e00-\u9fff]", text)]
    assert [name for name in chinese if not name.startswith(".vscode/schemas/")] == []
    case = files["content/cases/ask-once.md"]
    assert case.startswith("---\ntitle: A form that asks once\nkind: case\n")
    assert "change: ask-once\n" in case


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_may_come_along(tmp_path: Path, language: str) -> None:
    project = begun(tmp_path, LANGUAGES[language], sample=True)
    assert found(project, ("error",)) == []
    assert len(list((project / "data" / "pilots").glob("*.yml"))) == 3
    assert (sample_dir() / "data" / "handbook.yml").is_file()


def test_a_used_folder_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("mine", encoding="utf-8")
    result = run("init", tmp_path, ok=False)
    assert result.exit_code == 2
    assert "it holds plan.txt" in result.output
    assert "Nothing was written" in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.txt"]


def test_an_empty_repository_with_an_environment_is_a_good_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (".git", ".venv"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own").write_text("kept", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "files written here\nnext: handbook check, handbook serve;" in run("init", ".").output
    assert (tmp_path / ".git" / "own").read_text(encoding="utf-8") == "kept"
    again = run("init", tmp_path, ok=False)
    assert "holds a handbook already" in again.output
    (tmp_path / "other" / ".vscode").mkdir(parents=True)
    assert "it holds .vscode" in run("init", tmp_path / "other", ok=False).output


@pytest.mark.parametrize("name", library())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_set_checks_clean_by_itself(tmp_path: Path, name: str, language: str) -> None:
    """In a handbook that has nothing else: no error and no warning, whatever its languages."""
    handbook = f"title: T\nlanguages: [{', '.join(LANGUAGES[language])}]\nunits: [{{id: all, name: All}}]\n"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "handbook.yml").write_text(handbook, encoding="utf-8")
    run("add", name, "--project", tmp_path, "--unit", "all")
    assert found(tmp_path) == []
    held = check_project(tmp_path).catalogue
    assert held is not None
    assert set(held.indicators) == set(library()[name].indicators)
    assert "nothing to add" in run("add", name, "--project", tmp_path).output


def test_all_sets_together_check_clean(tmp_path: Path) -> None:
    project = begun(tmp_path)
    for name in library():
        run("add", name, "--project", project, "--unit", "company")
    assert found(project) == []
    held = check_project(project).catalogue
    assert held is not None
    assert len(held.indicators) >= 40
    assert len(held.processes) == 5


def test_the_library_is_defined_to_the_end() -> None:
    """Each definition says all that the method's card asks for, and every set is told of."""
    asked = {
        "question", "definition", "scope", "formula", "unit", "direction", "frequency", "rollup", "dimension",
        "aspect", "goal_type", "generation", "level", "category", "kind", "source", "owner",
        "unintended_effects", "action_when_red",
    }  # fmt: skip
    used = {id_ for one in library().values() for id_ in one.indicators}
    assert {path.stem for path in (HERE / "library").glob("*.yml")} == used
    for path in (HERE / "library").glob("*.yml"):
        source = load_yaml_text(path.read_text(encoding="utf-8"), path.name, Problems())
        assert source is not None
        assert isinstance(source.value, dict)
        assert asked <= source.value.keys(), path.name


def test_what_is_there_stays_and_what_is_missing_waits_in_a_comment(tmp_path: Path) -> None:
    project = begun(tmp_path)
    own = project / "data" / "indicators" / "first-pass-yield.yml"
    own.write_text("id: first-pass-yield\nname: Ours\nstatus: draft\n", encoding="utf-8")
    result = run("add", "lead-to-cash", "--project", project)
    assert "first-pass-yield is there already and stays as it is" in result.output
    assert own.read_text(encoding="utf-8").startswith("id: first-pass-yield\nname: Ours")
    text = (project / "data" / "indicators" / "cost-per-order.yml").read_text(encoding="utf-8")
    assert (
        "# guardrails: [on-time-delivery, customer-satisfaction]\nguardrails: [customer-satisfaction]" in text
    )
    assert found(project, ("error",)) == []


def test_one_of_a_set_may_be_taken(tmp_path: Path) -> None:
    project = begun(tmp_path)
    run("add", "quality", "--only", "nps", "--project", project)
    assert (project / "data" / "indicators" / "nps.yml").is_file()
    assert not (project / "data" / "indicators" / "rework-rate.yml").exists()
    assert (
        "did you mean 'nps'" in run("add", "quality", "--only", "npss", "--project", project, ok=False).output
    )
    assert "did you mean 'quality'" in run("add", "qualty", "--project", project, ok=False).output
    lacking = run("add", "recruiting", "--only", "recruiting", "--project", project, ok=False)
    assert "--only time-to-fill" in lacking.output
    assert not (project / "data" / "processes" / "recruiting.yml").exists()


NEW = (
    ("indicator", "--name", "订单交付周期"),
    ("indicator", "reply-time", "--name", "Time: to reply", "--unit", "it"),
    ("process", "--name", "报销"),
    ("pilot", "bao-xiao-pilot", "--process", "service-desk", "--unit", "it"),
    ("review", "2026-10-20-service-desk-pilot"),
    ("review", "2026-q4-service-desk-pilot"),
    ("review", "--pilot", "service-desk-pilot"),
    ("case", "--name", "少跑一趟", "--pilot", "service-desk-pilot"),
    ("diagnosis", "it"),
    ("diagnosis", "2026-11-30-company"),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_file_of_every_kind_passes_the_check(tmp_path: Path, language: str) -> None:
    project = begun(tmp_path, LANGUAGES[language])
    there = set(project.rglob("*.*"))
    for words in NEW:
        run("new", *words, "--project", project)
    new = sorted(path.relative_to(project).as_posix() for path in set(project.rglob("*.*")) - there)
    assert len(new) == len(NEW) + LANGUAGES[language].count("en") * (language == "both"), "a case in each"
    assert found(project, ("error",)) == []
    run("new", "indicator", "another", "--name", "另一个", "--project", project)
    assert not [line for line in found(project) if "same-name" in line], "two formulas still to be written"
    (project / "data/indicators/another.yml").unlink()
    told = [line for line in found(project) if "warning[todo-left] TODO is left " in line]
    assert sorted(re.sub(r":\d+:\d+: warning.*", "", line.splitlines()[0]) for line in told) == new
    text = (project / "data" / "indicators" / "ding-dan-jiao-fu-zhou-qi.yml").read_text(encoding="utf-8")
    assert "TODO" in text
    assert "name: 订单交付周期" in text
    long = (project / "data" / "reviews" / "2026-q4-service-desk-pilot.yml").read_text(encoding="utf-8")
    assert "kind: long\nperiod: 2026-Q4\ndate: 2026-12-31" in long
    taken = run("new", "indicator", "--name", "订单交付周期", "--project", project, ok=False)
    assert "how about 'ding-dan-jiao-fu-zhou-qi-2'" in taken.output


def test_a_definition_that_still_says_todo_cannot_be_in_use(tmp_path: Path) -> None:
    project = begun(tmp_path)
    run("new", "indicator", "reply-time", "--name", "Time to reply", "--project", project)
    (left,) = found(project)
    assert "reply-time.yml:5:16: warning[todo-left] TODO is left in 12 lines: 5, 7, " in left
    file = project / "data" / "indicators" / "reply-time.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("status: draft", "status: active"), "utf-8")
    (error,) = found(project, ("error",))
    assert "still says TODO under definition, formula, source, owner" in error


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("indicator",), "say what it is called"),
        (("indicator", "订单周期"), "how about 'ding-dan-zhou-qi'"),
        (("indicator", "Order_Time"), "how about 'order-time'"),
        (("review", "2026-q4-nobody"), None),
        (("diagnosis", "2026-11-30-nobody"), "there is no unit 'nobody'"),
        (("diagnosis", "nobody"), "a diagnosis is called DATE-UNIT"),
        (("case", "x", "--pilot", "nobody"), "there is no pilot 'nobody'"),
        (("review", "2026-13-service-desk-pilot"), "'2026-13' is not in the calendar"),
        (("review", "2026-02-30-service-desk-pilot"), "'2026-02-30' is not in the calendar"),
        (("diagnosis", "2026-02-30-company"), "'2026-02-30' is not in the calendar"),
    ],
)
def test_what_cannot_be_is_refused_in_words(tmp_path: Path, words: tuple[str, ...], said: str | None) -> None:
    project = begun(tmp_path)
    before = sorted(project.rglob("*"))
    result = run("new", *words, "--project", project, ok=said is None)
    if said is not None:
        assert said in result.output.replace("\n", " ")
        assert sorted(project.rglob("*")) == before


def test_a_command_that_writes_into_a_handbook_asks_for_one(tmp_path: Path) -> None:
    result = run("new", "indicator", "x", "--project", tmp_path, ok=False)
    assert "no handbook here" in result.output
    assert "handbook init" in result.output.replace("\n", " ")
    assert "lead-to-cash" in run("add", "--project", tmp_path).output


def test_files_of_a_newer_format_are_refused(tmp_path: Path) -> None:
    project = begun(tmp_path)
    file = project / "data" / "handbook.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("format: 1", "format: 2"), encoding="utf-8")
    assert [line for line in found(project) if "newer-format" in line]


@given(st.text(alphabet="abc 中文：:#{}[]\"'\\，。%-", min_size=1, max_size=30))
def test_any_name_can_be_given(name: str) -> None:
    """A name is written so that it is read again as it was typed."""
    source = load_yaml_text(f"name: {quoted(name)}\n", "x.yml", Problems())
    assert source is not None
    assert source.value == {"name": name}


def test_sets_and_units_are_known_by_their_names(tmp_path: Path) -> None:
    project = tmp_path / "p"
    run("init", project, "--language", "zh", "--bare")
    told = run("add", "招聘", "--project", project, "--unit", "公司").output
    assert "recruiting-pilot.yml" in told
    assert "unit: company" in (project / "data/pilots/recruiting-pilot.yml").read_text("utf-8")
    assert (
        "there are: company 公司" in run("add", "采购", "--project", project, "--unit", "x", ok=False).output
    )
    assert "new-hire-retention  新员工六个月留任率" in run("add", "--project", project).output
    book = project / "data/handbook.yml"
    one = "  - {id: company, name: 公司, kind: back}\n"
    assert one in book.read_text("utf-8")
    book.write_text(book.read_text("utf-8").replace(one, one + one.replace("company", "group")), "utf-8")
    told = run("add", "采购", "--project", project, "--unit", "公司", ok=False).output
    assert "several units are called '公司': company, group; write the id of one" in told
    # A case takes from its pilot what is there to take.
    pilot = project / "data/pilots/recruiting-pilot.yml"
    change = "changes:\n  - {id: one, name: x, date: 2026-05-01, text: x, indicators: [time-to-fill]}\n"
    pilot.write_text(pilot.read_text("utf-8") + change, "utf-8")
    run("new", "案例", "a-case", "--pilot", "recruiting-pilot", "--project", project)
    text = (project / "content/cases/a-case.md").read_text("utf-8")
    assert "\nprocess: recruiting\n" in text
    assert "\nchange: one\nindicators: [time-to-fill]\n" in text


def test_a_command_in_a_folder_of_the_handbook_says_where_it_is(tmp_path: Path) -> None:
    run("init", tmp_path / "p", "--bare")
    for command in (("check", tmp_path / "p/data"), ("add", "recruiting", "--project", tmp_path / "p/data")):
        assert f"{tmp_path / 'p'}: run the command there" in run(*command, ok=False).output
