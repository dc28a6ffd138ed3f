"""The house rules that no linter holds: sizes, docstrings, locks, and nothing about anyone's machine."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.needs import missing

REPOSITORY = Path(__file__).parents[2]
CODE = ("generator", "bench", "docs", "examples", "tests")
MODULES = sorted(
    path.relative_to(REPOSITORY).as_posix() for folder in CODE for path in (REPOSITORY / folder).rglob("*.py")
)
LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-test.lock")
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))

# Absolute paths of a workplace, and hosts that packages are fetched from: neither belongs into the project.
PLACES = re.compile(r"(?<![\w.@-])/(work|root|home|Users)/\w|/tmp/(venv|bash)|\.pyenv|[A-Z]:\\Users")
HOSTS = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian|conda\.anaconda", re.IGNORECASE)

MONTH_NAMED = "fiscal_year_starts"
MONTH = ("generator/model/calendar.py", "generator/model/handbook.py")
"""Who may know the month in which years start."""


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def each(names: Iterable[str]) -> Callable[[Callable[[str], None]], Callable[[], None]]:
    """One test of all names: to begin one takes longer than to look at a file. All wrong ones are told."""

    def of_all(looked_at: Callable[[str], None]) -> Callable[[], None]:
        def look() -> None:
            wrong = []
            for name in names:
                try:
                    looked_at(name)
                except AssertionError as error:
                    wrong.append(f"{name}: {error}")
            assert not wrong, "\n".join(wrong)

        look.__doc__ = looked_at.__doc__
        return look

    return of_all


@each(MODULES)
def test_a_module_says_why_it_exists_and_stays_short(name: str) -> None:
    tree = ast.parse(read(name))
    assert ast.get_docstring(tree), "begin with a docstring that says why the module exists"
    lines = len(read(name).splitlines())
    assert lines <= 400, f"{lines} lines; 400 is the most, split it"
    long = {
        node.name: length
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > 60
    }
    assert not long, f"functions of more than 60 lines: {long}"


@each([name for name in MODULES if name.startswith("generator/")])
def test_periods_are_reckoned_by_a_calendar_that_has_no_default(name: str) -> None:
    """The month that years start in is known to the handbook and its calendar; others are handed that one."""
    found = []
    for node in ast.walk(ast.parse(read(name))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            given = node.args
            plain = [*given.posonlyargs, *given.args]
            usual = plain[len(plain) - len(given.defaults) :] + [
                one for one, by in zip(given.kwonlyargs, given.kw_defaults, strict=True) if by is not None
            ]
            found += [(one.lineno, one.arg) for one in (*plain, *given.kwonlyargs) if MONTH_NAMED in one.arg]
            found += [(one.lineno, "a default") for one in usual if one.arg == "calendar"]
        elif isinstance(node, ast.Attribute | ast.Name) and name not in MONTH:
            said = node.attr if isinstance(node, ast.Attribute) else node.id
            found += [(node.lineno, said)] if said == MONTH_NAMED else []
    assert not found, f"hand on `handbook.calendar`: {found}"


def tracked() -> list[str]:
    """Text files that are, or would be, in the repository; vendored code is as its authors wrote it."""
    if not shutil.which("git") or not (REPOSITORY / ".git").exists():
        missing("git and a clone, to tell the project's files from others")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, check=True, capture_output=True, text=True, encoding="utf-8",
    ).stdout.split("\0")  # fmt: skip
    own = Path(__file__).relative_to(REPOSITORY).as_posix()
    return [
        name
        for name in sorted(set(listed))
        if name and name != own and "/vendor/" not in name and (REPOSITORY / name).is_file()
    ]


@pytest.mark.parametrize(("what", "pattern"), [("a machine's path", PLACES), ("a registry's host", HOSTS)])
def test_no_file_names(what: str, pattern: re.Pattern[str]) -> None:
    found = []
    for name in tracked():
        data = (REPOSITORY / name).read_bytes()
        if b"\0" in data:
            continue
        for number, line in enumerate(data.decode("utf-8", errors="replace").splitlines(), start=1):
            if match := pattern.search(line):
                found.append(f"{name}:{number}: {match[0]}")
    assert not found, f"{what} does not belong into the project:\n" + "\n".join(found)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_versions_and_hashes_and_no_address(name: str) -> None:
    text = read(name)
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host|^file:", text, re.MULTILINE)
    assert "uv pip compile" in text.splitlines()[1], "the header says how to renew the lock"
    blocks = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())
    for block in blocks:
        assert re.match(r"[a-z0-9.-]+==\S+", block), f"{name}: not pinned: {block.splitlines()[0]}"
        assert "--hash=sha256:" in block, f"{name}: no hash: {block.splitlines()[0]}"


def test_the_node_lock_pins_versions_and_hashes_and_no_address() -> None:
    """axe-core and bpmn-js are for tests only; where npm fetches them is the machine's own affair."""
    folder = "tests/browser/"
    lock, asked = (json.loads(read(f"{folder}{name}.json")) for name in ("package-lock", "package"))
    packages = dict(lock["packages"])
    assert packages.pop("")["devDependencies"] == asked["devDependencies"]
    assert set(asked) & {"dependencies", "peerDependencies", "optionalDependencies", "scripts"} == set()
    for name, version in asked["devDependencies"].items():
        assert packages[f"node_modules/{name}"]["version"] == version, "pinned exactly"
    for name, package in packages.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"]), name
        assert package["integrity"].startswith("sha512-"), name
        assert package["dev"] is True, name
        assert "resolved" not in package, f"{name} says where it was fetched: npm install --prefix {folder}"
        said = json.dumps({key: value for key, value in package.items() if key != "funding"})
        assert "://" not in said, name
    assert "omit-lockfile-registry-resolved=true" in read(f"{folder}.npmrc"), "npm install writes no address"


def pins(name: str) -> dict[str, set[str]]:
    """Package -> the versions a lock has for it (more than one where they differ by Python version)."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", read(name), re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


def test_the_locks_agree_with_each_other() -> None:
    build, run, test = map(pins, LOCKS)
    assert build.items() <= run.items()
    assert run.items() <= test.items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    asked = {
        "requirements-build.lock": groups["build"] + PROJECT["build-system"]["requires"],
        "requirements.lock": groups["build"] + PROJECT["project"]["dependencies"],
        "requirements-test.lock": groups["test"],
    }
    for lock, requirements in asked.items():
        locked = pins(lock)
        for requirement in map(Requirement, requirements):
            versions = locked.get(requirement.name.lower().replace("_", "-"), set())
            assert versions, f"{lock} lacks {requirement}: make lock"
            assert all(requirement.specifier.contains(version) for version in versions), (
                f"{lock} has {requirement.name} {versions}, asked for is {requirement}: make lock"
            )


def test_the_licence_is_mit() -> None:
    assert read("LICENSE").startswith("MIT License\n")
    assert PROJECT["project"]["license"] == "MIT"


def judging(tree: ast.AST) -> list[int]:
    """Lines on which a module maps something to good or bad: a value of a dict, either end of a condition,
    what is returned, assigned or handed on. Keys, types and comparisons only read a tone."""
    found = []

    def tone(node: ast.expr | None) -> bool:
        if isinstance(node, ast.Tuple | ast.List):
            return any(map(tone, node.elts))
        return isinstance(node, ast.Constant) and node.value in ("good", "bad")

    for node in ast.walk(tree):
        given: list[ast.expr | None] = []
        if isinstance(node, ast.Dict):
            given = list(node.values)
        elif isinstance(node, ast.IfExp):
            given = [node.body, node.orelse]
        elif isinstance(node, ast.Return | ast.Yield | ast.Assign | ast.AnnAssign):
            given = [node.value]
        elif isinstance(node, ast.For | ast.comprehension):
            given = [node.iter]
        elif isinstance(node, ast.Call):
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
        found += [one.lineno for one in given if one is not None and tone(one)]
    return found


@pytest.mark.parametrize(
    "text",
    ['T = {"met": "good"}', 'x = "bad" if y else "normal"', 'def f():\n    return "good"', 'f(1, "bad")',
     'x = a, "bad"', 'for t, tone in ((B, "bad"), (G, "good")):\n    pass', 'T = [(B, "bad")]'],
)  # fmt: skip
def test_a_module_that_judges_is_found(text: str) -> None:
    assert judging(ast.parse(text))


@pytest.mark.parametrize(
    "text", ['I = {"good": "improvement"}', 'x = tone == "bad"', 'T = Literal["good", "bad"]', 'f"{x}--bad"']
)
def test_a_module_that_reads_a_tone_is_not(text: str) -> None:
    assert not judging(ast.parse(text))


# The colours of a chart are called by their tones; nothing is decided there.
PALETTE = "generator/present/charts/style.py"


@each([name for name in MODULES if name.startswith("generator/present/") and name != PALETTE])
def test_pages_decide_nothing_about_good_and_bad(name: str) -> None:
    assert judging(ast.parse(read(name))) == [], "a tone is decided in generator/compute"


MOST_POSITIONAL = 6
ANY_NUMBER = {"alt.layer", "_git"}
"""Functions that take as many as one likes, all of the same kind."""


def crowded(tree: ast.AST) -> list[int]:
    """Lines of calls with, and of definitions for, more positional arguments than one can tell apart."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) not in ANY_NUMBER:
            found += [node.lineno] if len(node.args) > MOST_POSITIONAL else []
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            own = [
                each for each in (*node.args.posonlyargs, *node.args.args) if each.arg not in ("self", "cls")
            ]
            found += [node.lineno] if len(own) > MOST_POSITIONAL else []
    return found


@pytest.mark.parametrize("text", ["f(1, 2, 3, 4, 5, 6, 7)", "def f(a, b, c, d, e, g, h): pass"])
def test_a_crowded_call_is_found(text: str) -> None:
    assert crowded(ast.parse(text))


@each([name for name in MODULES if name.startswith(("generator/", "bench/"))])
def test_no_more_than_six_arguments_go_by_their_place(name: str) -> None:
    assert crowded(ast.parse(read(name))) == [], "name the arguments beyond the sixth"


def public_types() -> dict[str, set[str]]:
    """Name → modules that define a public type of that name."""
    where: dict[str, set[str]] = {}
    for name in MODULES:
        if not name.startswith("generator/"):
            continue
        for node in ast.parse(read(name)).body:
            if isinstance(node, ast.ClassDef):
                defined = node.name
            elif (
                isinstance(node, ast.Assign)
                and isinstance(target := node.targets[0], ast.Name)
                and re.fullmatch(r"[A-Z][a-z]\w*", target.id)
            ):
                defined = target.id
            else:
                continue
            if not defined.startswith("_"):
                where.setdefault(defined, set()).add(name)
    return where


def test_a_type_name_has_one_meaning() -> None:
    several = {name: sorted(places) for name, places in public_types().items() if len(places) > 1}
    assert several == {}, "one word, one meaning: give each type a name of its own"


TEMPLATES = sorted(
    path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "theme/templates").rglob("*.jinja")
)
LONGEST_LINE = 140


@each(TEMPLATES)
def test_a_template_fits_the_screen(name: str) -> None:
    long = [number for number, line in enumerate(read(name).splitlines(), 1) if len(line) > LONGEST_LINE]
    assert long == [], f"{name}: lines of more than {LONGEST_LINE} characters"


FORM = "theme/templates/diagnosis/questionnaire.html.jinja"
"""Tables to be filled in by hand; they neither scroll nor are they read."""


@each([name for name in TEMPLATES if name != FORM])
def test_tables_are_made_by_one_macro(name: str) -> None:
    assert read(name).count("<table") == (name == "theme/templates/macros/ui.html.jinja")


WHOLE = ("len", "int", "bool", "isinstance", "any", "all", "count", "ord", "startswith", "endswith")
"""What gives whole numbers, or yes and no."""


def is_whole(node: ast.expr) -> bool:
    """Whether an expression is a whole number, or yes or no, by its form alone."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not) or is_whole(node.operand)
    if isinstance(node, ast.BoolOp):
        return all(map(is_whole, node.values))
    if isinstance(node, ast.IfExp):
        return is_whole(node.body) and is_whole(node.orelse)
    if isinstance(node, ast.BinOp):
        return not isinstance(node.op, ast.Div | ast.Pow) and is_whole(node.left) and is_whole(node.right)
    if isinstance(node, ast.Call):
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        return name in WHOLE
    return isinstance(node, ast.Compare)


def summed_otherwise(tree: ast.AST) -> list[int]:
    """Lines on which `sum` may add other than whole numbers: from 3.12 on it gives another last digit."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "sum"
        and not (isinstance(node.args[0], ast.GeneratorExp | ast.ListComp) and is_whole(node.args[0].elt))
    ]


@pytest.mark.parametrize(
    "text", ["sum(values)", "sum(x.share for x in y)", "sum(a / 2 for a in b)", "sum(1.0 for a in b)"]
)
def test_a_sum_of_other_than_whole_numbers_is_found(text: str) -> None:
    assert summed_otherwise(ast.parse(text)) == [1]


@pytest.mark.parametrize(
    "text", ["sum(1 for x in y)", "sum(x > 2 for x in y)", "sum(len(a) + 1 for a in b)", "a.sum(axis=1)"]
)
def test_a_count_is_not(text: str) -> None:
    assert summed_otherwise(ast.parse(text)) == []


@each([name for name in MODULES if name.startswith("generator/")])
def test_numbers_add_up_alike_on_every_python(name: str) -> None:
    """`fsum`, or `total` of model/exact.py; `counted`, whose types hold that they are whole, for counts."""
    allowed = 1 if name == "generator/model/exact.py" else 0
    found = summed_otherwise(ast.parse(read(name)))
    assert len(found) == allowed, f"{name}: lines {found}"
