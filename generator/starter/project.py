"""The files of a new handbook: an example of every kind, the method in words, and what surrounds them.

The method's roadmap and questions are those that the product ships; the pages on the method are the sample's,
without what they say of the sample's company. `texts` turns all of it into the languages that are asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from generator import __version__
from generator.load.yaml_file import load_yaml
from generator.model.json_schema import editor_settings
from generator.problems import Problems
from generator.schema_files import all_schemas, schema_text
from generator.site.unused_settings import BEGUN
from generator.starter.editor import SNIPPETS, snippets
from generator.starter.sets import HERE, Plan, set_named, with_known
from generator.starter.texts import filled, in_languages

EXAMPLE = "service-desk"
"""The set that the example is made of."""
SCHEMAS = ".vscode/schemas"

_PROJECT = HERE / "project"
_SHIPPED = HERE.parent / "model"
_PLACES = {
    "gitignore.txt": ".gitignore",
    "pre-commit-config.yml": ".pre-commit-config.yaml",
    "github-pages.yml": ".github/workflows/handbook.yml",
    "gitlab-ci.yml": ".gitlab-ci.yml",
}
"""Names that would be taken for files of ours where they lie here."""
_METHOD = {
    "data/roadmap.yml": (
        "roadmap.yml",
        """# zh: 方法的六步。改成你们自己的说法；不要这个文件，就用产品自带的这一份
# en: The six steps of the method, yours to change. Without this file the same steps are used
""",
    ),
    "data/diagnosis/questions.yml": (
        "questions.yml",
        """# zh: 诊断的题目，六组，两个方面。可以改、可以加；id 不要改，旧的回答认它
# en: The questions of the diagnosis, in six groups. Change and add, but keep the ids: answers go by them
""",
    ),
}
"""What the product ships of the method, and what is said above it."""
_EXAMPLES = (
    *(f"data/{folder}/" for folder in ("indicators", "pilots", "processes", "reviews", "workshops")),
    "data/results/",
    "data/diagnosis/2",
    "data/diagnosis/responses/",
    "content/cases/",
)
_NOTE = re.compile(r"\n!!! note \"[^\n]*\n(?:    [^\n]*\n?)+")
"""What the home page says of a handbook that was just begun."""
_INNER_UNIT = re.compile(r"^  - \{id: [^\n]*parent: [^\n]*\n", re.MULTILINE)
_STEP = re.compile(r"^6\. [^\n]*\n", re.MULTILINE)
_INVENTED = re.compile(r" ?[^。.\n]*`service-desk\.csv`[^\n]*")
"""How the example is taken away."""
_RAW = "data/raw/"
_HEAD = re.compile(r"---\n(.*?)---\n", re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\(\.\./((?:indicators|pilots|processes)/[^)#]+\.md)[^)]*\)")


def project_files(languages: Sequence[str], sample: bool = False, bare: bool = False) -> dict[str, str]:
    """Every text of a new handbook by its path; with `sample` the sample's data and pages, `bare` without
    the example."""
    made = {**_surroundings(languages), **(_sample(languages) if sample else example_files(languages))}
    if bare:
        made = {name: without_example(name, text) for name, text in made.items() if not is_example(name)}
    return dict(sorted(made.items()))


def is_example(name: str) -> bool:
    """Whether a file that is not the sample's belongs to the example, whole."""
    return name == "data/strategy.yml" or (name.startswith(_EXAMPLES) and not name.endswith("README.md"))


def without_example(name: str, text: str) -> str:
    """A file that stays, without what it says of the example."""
    if name.startswith("content/index."):
        return _NOTE.sub("", text)
    if name == "data/handbook.yml":
        return _INNER_UNIT.sub("", text)
    if name == "data/results/README.md":
        return _INVENTED.sub("", text)
    return _STEP.sub("", text) if name == "README.md" else text


def raw_files() -> dict[str, bytes]:
    """What the sample's figures are collected from, as it lies there: packed, and no text."""
    folder = sample_dir() / _RAW
    return {
        path.relative_to(sample_dir()).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@cache
def sample_dir() -> Path:
    """Where the sample's `data/` and `content/` lie: in the wheel beside this module, or in the checkout."""
    installed = HERE / "sample"
    return installed if installed.is_dir() else HERE.parent.parent


def _surroundings(languages: Sequence[str]) -> dict[str, str]:
    """What stands around data and content: settings, hooks, workflows, schemas, notes."""
    values = {
        "languages": f"[{', '.join(languages)}]",
        "sitename": BEGUN[languages[0]],
        "version": __version__,
    }
    made = {}
    for path in sorted(_PROJECT.rglob("*")):
        name = path.relative_to(_PROJECT).as_posix()
        if path.is_file() and not name.startswith(("data/", "content/")):
            made[_PLACES.get(name, name)] = path.read_text(encoding="utf-8")
    made = _pages(made, languages)
    made = {name: _for(name, text, languages, values) for name, text in made.items()}
    made |= {
        f"{SCHEMAS}/{kind}.json": schema_text(one) for kind, one in all_schemas().items() if kind != "export"
    }
    settings = {"yaml.schemas": editor_settings(SCHEMAS), "files.eol": "\n"}
    made[".vscode/settings.json"] = json.dumps(settings, indent=2) + "\n"
    made[SNIPPETS] = snippets(languages)
    wished = {"recommendations": ["redhat.vscode-yaml"]}
    made[".vscode/extensions.json"] = json.dumps(wished, indent=2) + "\n"
    return made


def _for(name: str, text: str, languages: Sequence[str], values: Mapping[str, str]) -> str:
    """One file as it is written: in the languages, with its values."""
    told = in_languages(text, languages) if not name.endswith(".md") else text
    return filled(told, values) if "{{" in told else told


def _told(name: str, text: str, languages: Sequence[str]) -> str:
    """A file of the sample in the languages: all of a YAML file, of a page what its head says."""
    if name.endswith(".yml"):
        return in_languages(text, languages)
    head = _HEAD.match(text) if name.endswith(".md") else None
    return in_languages(head[0], languages) + text[head.end() :] if head else text


def _pages(files: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """Of pages written as `x.md` (Chinese) and `x.en.md`, those of the languages, the first one as `x.md`."""
    first, both = languages[0], len(languages) > 1
    made = {}
    for name, text in files.items():
        stem, language = (name[:-6], "en") if name.endswith(".en.md") else (name.removesuffix(".md"), "zh")
        if not name.endswith(".md"):
            made[name] = text
        elif language == first:
            made[f"{stem}.md"] = text if language == "zh" else _headed(text, files.get(f"{stem}.md", ""))
        elif both and name.startswith("content/"):
            made[f"{stem}.{language}.md"] = text
    return made


def _headed(text: str, chinese: str) -> str:
    """The English page with what the Chinese one's front matter says besides: kind, pilot, steps."""
    own, other = _HEAD.match(text), _HEAD.match(chinese)
    if own is None or other is None:
        return text
    said = {line.partition(":")[0] for line in own[1].splitlines()}
    more = [line for line in other[1].splitlines() if line.partition(":")[0] not in said]
    rest = "".join(f"{line}\n" for line in more)
    return f"---\n{own[1]}{rest}---\n{text[own.end() :]}"


def example_files(languages: Sequence[str]) -> dict[str, str]:
    """One file of every kind, and the method: its roadmap, its questions, its pages."""
    values = {"languages": f"[{', '.join(languages)}]"}
    wanted = set_named(EXAMPLE)
    texts = {name: path.read_text(encoding="utf-8") for name, path in wanted.files.items()}
    known = set(wanted.indicators)
    texts |= {
        f"data/indicators/{id_}.yml": with_known(texts[f"data/indicators/{id_}.yml"], id_, known, Plan())
        for id_ in wanted.indicators
    }
    for path in sorted(_PROJECT.rglob("*")):
        name = path.relative_to(_PROJECT).as_posix()
        if path.is_file() and name.startswith(("data/", "content/")):
            texts[name] = path.read_text(encoding="utf-8")
    for name, (shipped, head) in _METHOD.items():
        text = (_SHIPPED / shipped).read_text(encoding="utf-8")
        texts[name] = head + re.sub(r"\A(#.*\n)+", "", text)
    texts |= _guide()
    pages = _pages({name: text for name, text in texts.items() if name.endswith(".md")}, languages)
    others = {name: text for name, text in texts.items() if not name.endswith(".md")}
    made = {name: _linked(text) for name, text in pages.items()}
    return made | {name: _for(name, text, languages, values) for name, text in others.items()}


def _guide() -> dict[str, str]:
    """The sample's pages on the method, as any company can use them."""
    source = load_yaml(HERE / "guide.yml", "guide.yml", Problems())
    if source is None or not isinstance(source.value, dict):
        raise RuntimeError("the shipped guide.yml is broken")
    changes = source.value["pages"]
    made = {}
    for path in sorted((sample_dir() / "content" / "guide").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for change in changes.get(path.name, ()):
            text = text.replace(change["old"], change["new"])
        made[f"content/guide/{path.name}"] = text
    return made


def _linked(text: str) -> str:
    """Without links to indicators, pilots and processes: none is there for good. Their words stay."""
    return _LINK.sub(lambda link: link[0] if link[2].endswith("/index.md") else link[1], text)


def _sample(languages: Sequence[str]) -> dict[str, str]:
    """The sample's own data and pages; its texts keep both languages where only one is asked for."""
    made = {}
    for folder in ("data", "content"):
        for path in sorted((sample_dir() / folder).rglob("*")):
            name = path.relative_to(sample_dir()).as_posix()
            if path.is_file() and not path.name.startswith(".") and not name.startswith(_RAW):
                made[name] = path.read_text(encoding="utf-8")
    made = _pages(made, languages)
    made = {name: _told(name, text, languages) for name, text in made.items()}
    handbook = made["data/handbook.yml"]
    asked = f"languages: [{', '.join(languages)}]"
    made["data/handbook.yml"] = re.sub(r"^languages: .*$", asked, handbook, flags=re.MULTILINE)
    return made
