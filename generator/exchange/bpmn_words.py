"""What the report of a BPMN import says, in the language of whoever asked for it.

Kinds of elements and places in our files come in many mixtures with names of the author's; they are put into
words one by one here, and the author's own stand between them as they are.
"""

from __future__ import annotations

import re

from generator.exchange.bpmn_losses import Fate, Loss
from generator.exchange.bpmn_model import spaced
from generator.messages import said, spoken

_ELEMENT = "bpmn element: "
"""How the catalogue calls an element, so that a key of our own of that name is no word to translate."""
_KINDS = (
    re.compile(r"(?P<tag>.+)(?P<rest> became a step| became a gateway of our kinds)"),
    re.compile(r"(?P<rest>attribute )(?P<name>\S+)(?P<of> of a )(?P<tag>.+)"),
    re.compile(r"(?P<rest>(?:extension|attribute) )(?P<name>\S+)(?P<of> of another tool )\((?P<tag>.+)\)"),
)
_BARE = re.compile(r"(?P<what>attribute|extension) (?P<name>\S+)")
_NAMED = re.compile(
    r"(?P<tag>[a-z]+(?: [a-z]+)*|[a-z]+(?:[A-Z][a-z]+)+) (?P<id>[^\s:=]+)(?P<more>(?:(?:: | = | → ).*)?)",
    re.DOTALL,
)
_PLACE = re.compile(r"(?P<what>process|step|lane|way) (?P<id>.*?)(?: of (?P<of>\S+))?")


def colon() -> str:
    """What stands between a name and what is said of it."""
    return ": " if spoken() == "en" else "："


def element(tag: str) -> str:
    """A kind of element (`user task`) in words; as it stands where BPMN has no such kind."""
    told = said(f"{_ELEMENT}{tag}")
    return tag if told.startswith(_ELEMENT.split(":", maxsplit=1)[0]) else told


def kind_words(kind: str) -> str:
    """What became of a kind of thing: "inclusive gateway became a gateway of our kinds"."""
    if spoken() == "en":
        return kind
    if found := _BARE.fullmatch(kind):
        return f"{element(found['what'])} {found['name']}"
    for form in _KINDS:
        if found := form.fullmatch(kind):
            given = found.groupdict()
            # Said with signs in the places, which the words for them then take.
            places = {"«1»": element(given["tag"]), "«2»": given.get("name", "")}
            whole = kind.replace(given["tag"], "«1»", 1) if not given.get("of") else _marked(given)
            told = said(whole)
            for sign, word in places.items():
                told = told.replace(sign, word)
            return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", told)
    told = element(kind)
    return told if told != kind else said(kind)


def _marked(given: dict[str, str]) -> str:
    tag = "(«1»)" if "tool" in given["of"] else "«1»"
    return f"{given['rest']}«2»{given['of']}{tag}"


def name_words(name: str) -> str:
    """A name of the file as it is; what has none is said by its kind and id, and a flow by its two ends."""
    if spoken() == "en":
        return name
    if found := re.fullmatch(r"(U\+\w+) in (.*)", name, re.DOTALL):
        return f"{found[1]}（{found[2]}）"
    return " → ".join(map(_end_words, name.split(" → ")))


def _end_words(name: str) -> str:
    found = _NAMED.fullmatch(name)
    tag = spaced(found["tag"]) if found else ""
    if found and (told := element(tag)) != tag:
        return f"{told} {found['id']}{found['more']}"
    return name


def loss_words(loss: Loss) -> str:
    """A line of the report."""
    if spoken() == "en":
        return str(loss)
    times = said(f" ({loss.number} times)") if loss.number > 1 else ""
    more = said(f", and {loss.more} more") if loss.more else ""
    names = "、".join(map(name_words, loss.names))
    return f"{kind_words(loss.kind)}{times}{f'：{names}{more}' if names else ''}"


def fate_words(one: Fate) -> tuple[str, str]:
    """(the kind of what was named, where it is now or why it was dropped)."""
    if spoken() == "en":
        return one.kind, one.where or one.why
    places = "；".join(_place(place) for place in one.where.split("; ")) if one.where else said(one.why)
    return kind_words(one.kind), places


def _place(where: str) -> str:
    found = _PLACE.fullmatch(where)
    if found is None:
        return where
    return f"{element(found['what'])} {found['id']}" + (f"（{found['of']}）" if found["of"] else "")
