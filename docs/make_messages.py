"""Renews the catalogue of what the commands say: `python docs/make_messages.py`.

New sentences come in with an empty translation, which a test asks for; those that the code says no more go.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # so that the script finds this project's code, and not an installed one

from docs.messages_of_code import all_keys  # noqa: E402
from generator.messages.catalogue import entries  # noqa: E402

CATALOGUE = ROOT / "generator/messages/zh.po"

HEAD = """# What the commands say, in Chinese. Renewed by docs/make_messages.py; translate empty msgstr.
# A place {name} holds what the English sentence has there, in Chinese where it is a part of a sentence;
# {name!s} holds it as it stands. A place may be left out where Chinese needs none (a plural's s).
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"""


def catalogue(known: dict[str, str]) -> str:
    """The catalogue's text: every sentence of the code in the order of the modules, and what is known."""
    parts, place = [HEAD], ""
    for module, key in all_keys(ROOT / "generator"):
        said = f"#: {module}\n" if module != place else ""
        place = module
        parts.append(f"{said}msgid {_quoted(key)}\nmsgstr {_quoted(known.get(key, ''))}\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    known = dict(entries(CATALOGUE)) if CATALOGUE.exists() else {}
    CATALOGUE.write_text(catalogue(known), "utf-8")
    lacking = [key for key, value in entries(CATALOGUE) if not value]
    print(f"{len(lacking)} sentences have no Chinese yet")  # noqa: T201
    for key in lacking:
        print(f"  {key!r}")  # noqa: T201
