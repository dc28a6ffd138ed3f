"""Texts that Markdown would need minutes for are refused with their line; what people write is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.exchange.bpmn_bytes import BpmnError
from generator.exchange.bpmn_in import MOST_NODES, read_bpmn
from generator.model.costly_text import MOST_DEFINITIONS, MOST_STEPS, _steps, too_costly
from generator.model.page_links import without_links
from generator.present.text.prose import render_prose
from tests.conftest import Change
from tests.problems.assemble import BASE, problems_of

Make = Callable[[Change], Path]
MANY = 20_000


@pytest.mark.parametrize("part", ["[", "![", "[[]", "[a](", "[a][", "[](", "[](<", "[a](b) ["])
def test_brackets_that_nothing_closes_are_told_with_their_line(part: str) -> None:
    assert too_costly(f"words\n\nmore\n\n{part * (MANY // len(part) * 2)}\n")[0] == 4  # type: ignore[index]


def test_what_people_write_is_cheap() -> None:
    for text in (
        "[ ] to do\n" * MANY,
        "\n\n".join("[a](b)" * 100 for _ in range(100)),
        "[a](b) and [c]: " * (MANY // 4),
        "(" * MANY,
        "\n\n".join(["["] * MANY),
        "a\n\n: b\n\n" * MANY,
    ):
        assert too_costly(text, page=True) is None, text[:40]
    assert too_costly("a\n: b\n" * 2000, page=True) is not None
    assert too_costly("a\n: b\n" * 2000) is None
    assert MOST_DEFINITIONS < 200


DEEP = {
    "numbers in a line": "1. " * 300 + "a",
    "dashes in a line": "- " * 300 + "a",
    "indented": "".join(" " * (4 * level) + "- a\n" for level in range(300)),
    "indented by tabs": "".join("\t" * level + "1. a\n" for level in range(300)),
}
STRESSED = {
    "stars": "*" * 1000 + "a" + "*" * 1000,
    "words": "**a " * 1000 + "**" * 1000,
    "both": "*a _b " * 1000,
}


@pytest.mark.parametrize("text", [*DEEP.values(), *STRESSED.values()], ids=[*DEEP, *STRESSED])
def test_what_is_deeper_than_python_is_told_with_its_line(text: str) -> None:
    assert too_costly(f"words\n\n{text}\n", page=True)[0] == 2  # type: ignore[index]
    assert (too_costly(text) is None) == (text in STRESSED.values())


@pytest.mark.parametrize("text", STRESSED.values(), ids=STRESSED)
def test_texts_of_the_data_may_be_stressed_as_deep(text: str) -> None:
    assert "a" in render_prose(text)


def test_lists_lines_and_names_that_people_write_are_not_deep() -> None:
    for text in (
        "- - " * 400,
        "* " * 400,
        "*" * 800,
        "".join(" " * (4 * level) + "- a\n" for level in range(40)),
        "**word** and _word_ " * 400,
        "snake_case_name and __init__ " * 400,
        "2*3*4*5 " * 400,
        "- item\n" * 3000,
        "1. item\n" * 3000,
    ):
        assert too_costly(text, page=True) is None, text[:30]


def test_links_that_leave_are_cut_in_one_pass_however_many_nothing_opens() -> None:
    """Each once looked back to the beginning of the text: five minutes for a note of a megabyte."""
    looked_at = []

    class Counted(str):
        def __getitem__(self, key: Any) -> str:
            looked_at.append(key)
            return super().__getitem__(key)

    text = Counted("](x)" * 5000)
    assert without_links(text, lambda target: True) == text
    assert len(looked_at) < 20
    assert without_links("a [b](x) [[c](x)] ![d](x) e](x)", lambda target: True) == "a b [c] d e](x)"


def test_steps_are_letters_up_to_what_closes() -> None:
    assert _steps("[ab]") == 3
    assert _steps("[a") == 2
    assert _steps("[[a]]") == 4 + 2
    assert _steps("[a](bc)") == 2 + 3
    assert _steps("[" * MANY) > MOST_STEPS


def test_data_and_pages_are_held_to_it(make_project: Make) -> None:
    text = (BASE / "data/indicators/satisfaction.yml").read_text(encoding="utf-8")
    bad = text.replace("en: Mean of the customers' scores", f'en: "{"[" * MANY}"')
    assert bad != text
    root = make_project(
        {
            "data/indicators/satisfaction.yml": bad,
            "content/guide/x.md": f"---\ntitle: x\n---\n# T\n\n{'![' * MANY}\n",
        }
    )
    said = f"{MANY} opening brackets '[' in one paragraph, most of them never closed"
    assert [(str(one.mark), one.rule, one.message) for one in problems_of(root)] == [
        ("content/guide/x.md:6:1", "too-costly", said),
        ("data/indicators/satisfaction.yml:3:32", "wrong-type", f"definition.en: {said}"),
    ]


def test_many_unknown_languages_of_one_text_are_counted(make_project: Make) -> None:
    text = (BASE / "data/indicators/satisfaction.yml").read_text(encoding="utf-8")
    many = "".join(f", xx-{number:04}: x" for number in range(3000))
    root = make_project(
        {
            "data/indicators/satisfaction.yml": text.replace(
                "en: Mean of the customers' scores", f"en: x{many}"
            )
        }
    )
    told = [problem.message for problem in problems_of(root) if problem.rule == "unknown-language"]
    assert len(told) == 10
    assert told[-1] == "unknown language 'xx-0009' (and 2990 more in this text)"


def test_a_map_without_end_is_refused() -> None:
    steps = "".join(f'<task id="t{number}" name="n"/>' for number in range(MOST_NODES + 1))
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
    file = f"{head}{steps}</process></definitions>"
    with pytest.raises(BpmnError, match="the file has 2001 tasks, gateways and events"):
        read_bpmn(file.encode(), "x")
