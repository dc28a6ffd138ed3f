"""Changes one value of a YAML file and leaves every other byte: comments, order and quoting are the author's.

The file is not written anew: the characters of the value are replaced where the parser says they stand. Every
change is read back, and one that would change anything else (a value that an alias shares) is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import yaml

from generator.load.yaml_file import core_scalar, load_yaml_text
from generator.problems import Loc, Problems

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = re.compile(r"[A-Za-z0-9_\u3400-\u9fff][^\n:#\t]*")
"""Texts that need no quotes, unless they hold what a flow or a scalar means otherwise."""
_FLOW = re.compile(r"[,\[\]{}]")
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"))


class PatchError(Exception):
    """A value that cannot be changed by itself; the message says why."""


def patched(text: str, loc: Loc, value: object) -> str:
    """The text with `value` at `loc`; None takes the key away. PatchError where nothing else may stand there.

    Keys that are missing on the way are put in; a position one beyond a list's end adds an item.
    """
    old = _value(text)
    made = _changed(text, _root(text), loc, value)
    if not _alike(_value(made), with_value(old, loc, value)):
        raise PatchError("it shares its place with another value (an alias): change it in the file")
    return made


def _alike(one: object, other: object) -> bool:
    """Whether two values are the same but for the line break at the end of a block of text."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one.rstrip("\n") == other.rstrip("\n")
    return (type(one) is type(other) and one == other) or (_number(one) and _number(other) and one == other)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def with_value(old: object, loc: Loc, value: object) -> object:
    """A plain value with another one at a place; mappings that become empty go with their last key."""
    root = deepcopy(old) if old is not None else {}
    parents: list[tuple[Any, Any]] = []
    node: Any = root
    for number, part in enumerate(loc):
        last = number == len(loc) - 1
        parents.append((node, part))
        if last:
            break
        here = node.get(part) if isinstance(node, dict) else next(iter(node[int(part) :]), None)
        if not isinstance(here, dict | list):
            here = [] if isinstance(loc[number + 1], int) else {}
            _put(node, part, here)
        node = here
    node, part = parents.pop()
    if value is not None:
        _put(node, part, value)
        return root
    if isinstance(node, dict):
        node.pop(part, None)
    while parents and node == {}:
        node, part = parents.pop()
        if not isinstance(node, dict):
            break
        node.pop(part, None)
    return root


def _put(node: Any, part: Any, value: object) -> None:
    if isinstance(node, list) and part == len(node):
        node.append(value)
    else:
        node[part] = value


def _value(text: str) -> object:
    problems = Problems()
    source = load_yaml_text(text, "", problems)
    if source is None or problems.has_errors:
        raise PatchError("the file cannot be read")
    return source.value


def _root(text: str) -> Any:
    return yaml.compose(text, Loader=_Loader)


def _entry(node: Any, part: object) -> tuple[Any, Any] | None:
    """Key and value below a node; of a list the item twice."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


def _changed(text: str, root: Any, loc: Loc, value: object) -> str:
    node, flow = root, False
    path = [root]
    for number, part in enumerate(loc):
        flow = flow or bool(getattr(node, "flow_style", False))
        entry = _entry(node, part)
        if entry is None:
            if value is None:
                return text
            return _added(text, node, loc[number:], value, flow=flow)
        node = entry[1]
        path.append(node)
        if isinstance(node, yaml.ScalarNode) and number < len(loc) - 1:
            if node.value.strip() and node.style in (None, ""):
                raise PatchError("it is written in short here: write it out in the file first")
            if value is None:
                return text
            return _replaced(text, node, _nested(loc[number + 1 :], value), flow=flow)
    if value is None:
        return _removed(text, path, loc)
    return _replaced(text, node, value, flow=flow)


def _nested(parts: Sequence[str | int], value: object) -> object:
    for part in reversed(parts):
        value = [value] if isinstance(part, int) else {part: value}
    return value


def _replaced(text: str, node: Any, value: object, *, flow: bool) -> str:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and isinstance(value, str):
        if node.style in ("|", ">"):
            return _block(text, node, value)
        return (
            text[:start] + _room(text, start, end) + scalar(value, style=node.style, flow=flow) + text[end:]
        )
    if not isinstance(node, yaml.ScalarNode) and not node.flow_style:
        end = _content_end(text, node)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        end = start + len(text[start:end].rstrip("\n"))
    return text[:start] + _room(text, start, end) + flat(value) + text[end:]


def _room(text: str, start: int, end: int) -> str:
    """A blank where an empty value follows its colon or dash."""
    return " " if start == end and start and text[start - 1] in ":-" else ""


def _block(text: str, node: Any, value: str) -> str:
    """A text in a block stays one, with its own indentation and mark at the head."""
    start, end = node.start_mark.index, node.end_mark.index
    head, _, body = text[start:end].partition("\n")
    first = next((line for line in body.split("\n") if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" "))]
    odd = not indent or re.search(r"[0-9]", head.partition("#")[0]) or value.strip() != value
    if odd and not value.endswith("\n"):
        stop = start + len(text[start:end].rstrip("\n"))
        return text[:start] + json.dumps(value, ensure_ascii=False) + text[stop:]
    folded = node.style == ">"
    lines = value.rstrip("\n").split("\n")
    if folded:
        lines = [
            line for number, one in enumerate(lines) for line in ([""] if number and one else []) + [one]
        ]
    kept = len(text[start:end]) - len(text[start:end].rstrip("\n"))
    written = "\n".join(f"{indent}{line}" if line else "" for line in lines)
    return (
        text[:start] + head + "\n" + written + "\n" * max(kept, 1 if end < len(text) else kept) + text[end:]
    )


def _added(text: str, node: Any, parts: Sequence[str | int], value: object, *, flow: bool) -> str:
    """A new entry of a mapping or list, behind its last one."""
    flow = flow or bool(node.flow_style)
    inner = _nested(parts[1:], value)
    said = flat(inner) if not isinstance(inner, str) else scalar(inner, flow=flow)
    entry = said if isinstance(node, yaml.SequenceNode) else f"{_key(str(parts[0]))}: {said}"
    if isinstance(node, yaml.SequenceNode) and parts[0] != len(node.value):
        raise PatchError("the list is shorter now")
    if node.flow_style:
        end = node.end_mark.index - 1
        stop = len(text[:end].rstrip())
        comma = ", " if node.value else ""
        if node.value and text[:stop].endswith(","):
            comma = " "
        return text[:stop] + comma + entry + text[stop:]
    if flow or not node.value:
        raise PatchError("there is no place for it: write it in the file")
    first = node.value[0][0] if isinstance(node, yaml.MappingNode) else node.value[0]
    column = first.start_mark.column
    if isinstance(node, yaml.SequenceNode):
        column = node.start_mark.column
        entry = f"- {entry}"
    at = _line_end(text, _content_end(text, node))
    return f"{text[:at]}\n{' ' * column}{entry}{text[at:]}"


def _content_end(text: str, node: Any) -> int:
    """One after the last letter of a node, without comments and blank lines that the parser counts to it."""
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip()) if end > start else start


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _removed(text: str, path: Sequence[Any], loc: Loc) -> str:
    """Without the key; mappings that become empty go too."""
    depth = len(loc)
    while depth > 1 and isinstance(path[depth - 1], yaml.MappingNode) and len(path[depth - 1].value) == 1:
        if not isinstance(path[depth - 2], yaml.MappingNode):
            break
        depth -= 1
    parent = path[depth - 1]
    entry = _entry(parent, loc[depth - 1])
    if entry is None or not isinstance(parent, yaml.MappingNode):
        raise PatchError("an item of a list is not taken away: delete it in the file")
    key, value = entry
    place = next(number for number, (other, _) in enumerate(parent.value) if other is key)
    if parent.flow_style:
        if len(parent.value) == 1:
            raise PatchError("nothing would be left: delete it in the file")
        if place:
            return text[: _node_end(text, parent.value[place - 1][1])] + text[_node_end(text, value) :]
        return text[: key.start_mark.index] + text[parent.value[1][0].start_mark.index :]
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    end = _line_end(text, _content_end(text, value) or value.end_mark.index)
    if text[start : key.start_mark.index].strip():
        # The first key of an item stands behind its dash.
        if len(parent.value) == 1:
            raise PatchError("nothing would be left: delete it in the file")
        return text[: key.start_mark.index] + text[parent.value[1][0].start_mark.index :]
    return text[:start] + text[min(end + 1, len(text)) :]


def _node_end(text: str, node: Any) -> int:
    return node.end_mark.index if node.end_mark.index > node.start_mark.index else _content_end(text, node)


def scalar(value: str, *, style: str | None = None, flow: bool = False) -> str:
    """A text as it is written: in the quotes that it had, else plain where it means the same."""
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    if style == '"' or not _is_plain(value, flow=flow):
        return json.dumps(value, ensure_ascii=False)
    return value


def _is_plain(value: str, *, flow: bool) -> bool:
    if not _PLAIN.fullmatch(value) or value != value.strip() or value.casefold() in _WORDS:
        return False
    return not (flow and _FLOW.search(value)) and isinstance(core_scalar(value), str)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z_][\w-]*", key) else json.dumps(key, ensure_ascii=False)


def flat(value: object) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(str(key))}: {flat(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flat, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return scalar(str(value), flow=True)
