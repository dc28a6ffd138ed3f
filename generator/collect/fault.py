"""What a source refuses or a query gets wrong, in words for whoever wrote it, without any secret."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

SHORTEST_SECRET = 3
"""Shorter values are not looked for: taking every `a` out of a message would tell more than it hides."""


class SourceFaultError(Exception):
    """A source that does not answer, or a query that it cannot answer.

    The message never holds an address, a user or a password; `statement` is the SQL that was refused, as its
    author wrote it, where there is one.
    """

    def __init__(self, message: str, statement: str = "") -> None:
        super().__init__(message)
        self.statement = statement


def needs(who: str, package: str, extra: str) -> None:
    """SourceFaultError where a package is not installed; an extra of ours brings it."""
    if find_spec(package) is None:
        message = f"{who} needs the package {package}"
        raise SourceFaultError(f"{message}: pip install 'indicator-handbook[{extra}]'")


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """A driver's words, one line, with every secret in them taken out."""
    for secret in sorted({one for one in secrets if len(one) >= SHORTEST_SECRET}, key=len, reverse=True):
        text = text.replace(secret, "***")
    return " ".join(text.split())[:400]
