"""YAML as authors write it: YAML 1.2 core scalars, a place for everything, nothing executed."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.load import yaml_file
from generator.load.yaml_file import load_yaml, load_yaml_text
from generator.problems import Problems, Source


def loaded(text: str) -> object:
    problems = Problems()
    source = load_yaml_text(text, "f.yml", problems)
    assert not list(problems), [str(problem) for problem in problems]
    assert source is not None
    return source.value


def told(text: str) -> list[str]:
    problems = Problems()
    load_yaml_text(text, "f.yml", problems)
    return [f"{p.mark.line}:{p.mark.column} {p.message}" for p in problems]


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("no", "no"), ("on", "on"), ("yes", "yes"), ("1:30", "1:30"), ("off", "off"),
        ("2025-03-01", "2025-03-01"),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("12", 12), ("007", 7),
        ("0x1F", 31), ("0o17", 15), ("-1.5e3", -1500.0), (".5", 0.5), ("+.inf", math.inf), ("1_000", "1_000"),
        ("'12'", "12"), ('"true"', "true"), ("12 days", "12 days"), ("2025-Q3", "2025-Q3"), ("0b1", "0b1"),
    ],
)  # fmt: skip
def test_core_scalars(scalar: str, value: object) -> None:
    found = loaded(f"a: {scalar}\n")
    assert found == {"a": value}
    assert isinstance(found, dict)
    assert type(found["a"]) is type(value)


def test_not_a_number() -> None:
    found = loaded("a: .nan")
    assert isinstance(found, dict)
    assert math.isnan(found["a"])


def test_keys_are_the_words_as_written() -> None:
    assert loaded("no: 1\n2025: 2\n'x y': 3\nnull: 4\n") == {"no": 1, "2025": 2, "x y": 3, "null": 4}


def test_text_is_normalised() -> None:
    assert loaded("a: cafe\u0301") == {"a": "caf\u00e9"}
    assert loaded('"e\\u0301": 1') == {"\u00e9": 1}


def test_every_value_and_key_has_a_place() -> None:
    text = "a: 1\nb:\n  - x\n  - {c: 2, 名: 三}\n"
    source = load_yaml_text(text, "f.yml", Problems())
    assert source is not None
    assert source.marks == {
        (): (1, 1), ("a",): (1, 4), ("b",): (3, 3), ("b", 0): (3, 5), ("b", 1): (4, 5),
        ("b", 1, "c"): (4, 9), ("b", 1, "名"): (4, 15),
    }  # fmt: skip
    assert source.key_marks[("b", 1, "名")] == (4, 12)


def test_lines_are_counted_from_where_the_text_starts() -> None:
    problems = Problems()
    load_yaml_text("title: x\nkind: [a\n", "page.md", problems, first_line=2)
    assert [p.mark.line for p in problems] == [3]


def test_an_alias_is_the_value_it_stands_for() -> None:
    assert loaded("a: &x {b: 1}\nc: *x\nd: [*x, *x]\n") == {"a": {"b": 1}, "c": {"b": 1}, "d": [{"b": 1}] * 2}


def test_aliases_may_not_grow_without_end() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert told("\n".join(lines)) == ["4:45 aliases stand for more than 10000 values"]


def test_every_repeated_key_is_told() -> None:
    assert told("a: 1\nb: 2\na: 3\nb: {c: 1, c: 2}\n") == [
        "3:1 the key 'a' is given twice",
        "4:1 the key 'b' is given twice",
        "4:11 the key 'c' is given twice",
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: \xff", "1:4 the byte 0xFF is not UTF-8"),
        ("名: ".encode() + b"\xe5", "1:4 the byte 0xE5 is not UTF-8"),
        (b"a: 1\rb: \x001\r", "2:4 found a NUL character"),
        (b"a: \x07", "1:4 found the control character U+0007"),
        ("a: 1".encode("utf-16"), "1:1 the file is UTF-16"),
        (b'a: "\\0"', "1:5 the escape '\\0' stands for a NUL character"),
        (b'a: "C:\\bi"', "1:7 the escape '\\b' stands for the control character U+0008"),
        (b'a: "\\x41\n  \\x9f"', "2:3 the escape '\\x9f' stands for the control character U+009F"),
        (b'a: "\\\\b \\uFFFE"', "1:9 the escape '\\uFFFE' stands for the control character U+FFFE"),
    ],
)
def test_odd_bytes(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "f.yml"
    path.write_bytes(data)
    problems = Problems()
    assert load_yaml(path, "f.yml", problems) is None
    assert [f"{p.mark.line}:{p.mark.column} {p.message}" for p in problems] == [message]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_make_no_difference(start: str, end: str, tmp_path: Path) -> None:
    path = tmp_path / "f.yml"
    path.write_bytes((start + f"a: 1{end}b:{end}  - x{end}").encode())
    source = load_yaml(path, "f.yml", Problems())
    assert source is not None
    assert source.value == {"a": 1, "b": ["x"]}
    assert source.marks[("b", 0)] == (3, 5)


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    problems = Problems()
    assert load_yaml(tmp_path / "none.yml", "none.yml", problems) is None
    assert [p.message for p in problems] == ["cannot be read: No such file or directory"]


MISTAKES = [
    "a:\n\tb: 1", "a: 1\nb\nc: 3", "a: b: c", "- [a, b\n- c", "a: 'x\nb: 1", "a: @x", "a: {b: 1\nc: 2",
    "a:\n - 1\n b: 2", "a: *x", "a: 'x' y", 'a: "\\q"', "a: [1, 2]]", "}", "a: *", "a: |\n b\n\tc",
    "a:\n  b: 1\n c: 2", "\ta: 1",
]  # fmt: skip


@pytest.mark.parametrize("text", MISTAKES)
def test_both_parsers_say_the_same_place_is_wrong(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where libyaml is missing the pure Python parser does the work; an author should not notice."""
    assert len(told(text)) == 1
    monkeypatch.setattr(yaml_file, "_Loader", yaml.SafeLoader)
    assert len(told(text)) == 1


@given(st.text(alphabet="ab:-[]{}\"'&*!|>%@`#,?\n\t 0", max_size=60))
def test_no_text_raises(text: str) -> None:
    problems = Problems()
    source = load_yaml_text(text, "f.yml", problems)
    assert isinstance(source, Source) or problems.has_errors
