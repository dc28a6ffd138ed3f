"""Who makes what goes beside the pages: whoever keeps contents of a build before may give them out again."""

from __future__ import annotations

from collections.abc import Callable

Content = Callable[[str, Callable[[], bytes]], bytes]
"""The content of a name, made by the function where it is not there yet."""


def made_now(_: str, make: Callable[[], bytes]) -> bytes:
    """Made each time."""
    return make()
