"""A port for a server that a test starts."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from itertools import count

_FROM, _HOW_MANY, _APART = 20_000, 10_000, 97
_asked = count()


def free_port() -> int:
    """A port that nobody has, and that nobody is given before the server takes it.

    The system gives ports from 32,768 on (Linux) to whoever connects or listens without naming one, which
    other tests do in this moment. Below that, each process of tests begins at a place of its own.
    """
    while True:
        port = _FROM + (os.getpid() * _APART + next(_asked)) % _HOW_MANY
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port
