"""What is said to whoever runs a command, in that person's language.

The code says everything once, in English, mostly by f-strings, and carries the finished sentence about as a
plain text: in problems, refusals, progress. Only where it leaves the program is it put into another language,
by `said`: the sentence is recognised by its pattern, the f-string that made it, and the catalogue of the
language (`zh.po`, the form that translators know) has the same pattern in that language. So English stays as
it is written, an exception of a library can be translated like our own, and no module has to know of it.
What the catalogue does not know stays English. `docs/messages_of_code.py` finds the patterns in the code, and
a test holds that each has its Chinese and that the places in both agree.

A site's pages never pass here: they have their labels, and their bytes do not depend on who builds them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

LANGUAGES = ("zh", "en")

_spoken = "en"


def speak(language: str) -> None:
    """Say everything from now on in this language, one of LANGUAGES."""
    global _spoken  # noqa: PLW0603  # one person runs one command; threads of `serve` say the same
    _spoken = language


def spoken() -> str:
    """The language that is spoken now."""
    return _spoken


def language_of(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, as gettext reads it; English where it asks for another.

    On Windows, where nobody sets these variables, the language of its own windows.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := environment.get(name):
            return "zh" if wanted.lower().startswith("zh") else "en"
    if sys.platform == "win32":  # pragma: no cover
        import ctypes  # noqa: PLC0415

        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x04 else "en"
    return "en"


def said(text: str) -> str:
    """A finished English sentence in the language that is spoken; as it is where that does not know it."""
    return said_in(_spoken, text)


def said_in(language: str, text: str) -> str:
    """A finished English sentence in a language, for a file whose readers speak that one."""
    if language != "zh" or not text:
        return text
    # Imported here: whoever speaks English reads no catalogue.
    from generator.messages.catalogue import translated  # noqa: PLC0415

    return translated(text)


def from_environment() -> None:
    """Speak the language of this process's environment."""
    speak(language_of(os.environ))
