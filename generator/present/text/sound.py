"""How a Chinese name sounds, for who types it in Latin letters: `dingdan` or `dd` for 订单.

Made when the site is built, so that a page needs no dictionary.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_other = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=8192)
def sounds(name: str) -> tuple[str, ...]:
    """The name as pinyin without blanks and tones, and its initials; nothing where nothing is Chinese."""
    if not HAN.search(name):
        return ()
    syllables = [_other.sub("", part.casefold()) for part in lazy_pinyin(name, style=Style.NORMAL)]
    first = [
        part[:1] if HAN.match(sign) else part
        for sign, part in zip(_signs(name), syllables, strict=False)
        if part
    ]
    whole, initials = "".join(syllables), "".join(first)
    return (whole, initials) if len(initials) > 1 else (whole,)


def _signs(name: str) -> list[str]:
    """The name in the pieces to which the library gives a sound each: a character, or what is between."""
    return re.findall(rf"{HAN.pattern}|(?:(?!{HAN.pattern}).)+", name)
