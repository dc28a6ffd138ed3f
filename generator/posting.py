"""Sending a digest: to a bot's address or a mail server, with patience, and with no secret in any message."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import re
import smtplib
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import SplitResult, quote_plus, unquote, urlsplit

TRIES = 4
"""How often an address that does not answer, or asks to wait, is tried."""
WAITS = (1.0, 3.0, 9.0)
"""Seconds between the tries."""
TIMEOUT = 20
_LOCAL = ("127.0.0.1", "::1", "localhost")
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?|[0-9A-Fa-f:.]+")
_NAMED = re.compile(r'(?P<name>[^<>",;]*|"[^"\\]*")<(?P<address>[^<>]*)>')
"""`Reader <reader@example.org>`."""
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LATER = (408, 425, 429, 500, 502, 503, 504)
_BUSY = (-1, 9499, 11232, 45009, 130101)
"""What bots answer, with 200, when they are busy or are asked too often: Feishu 9499, 11232, WeCom 45009,
DingTalk 130101, the last two also -1."""


class PostError(Exception):
    """It was not sent; the message says why, and never where to or with what."""


class _TryLaterError(Exception):
    """Worth another try."""


def post_card(
    tool: str,
    card: dict[str, object],
    address: str,
    secret: str = "",
    wait: Callable[[float], None] = time.sleep,
) -> int:
    """Sends a card to a bot's address; the number of tries it took. PostError where it was not taken."""
    parts = _parts(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise PostError("the address is none that begins with https://")
    if not parts.hostname:
        raise PostError("the address names no host after https://")
    if "@" in parts.netloc:
        raise PostError("a bot's address has no user and no password before its host; take them out")
    _told_whole(secret, "the secret")
    return _patiently(lambda: _sent(tool, card, address, secret), wait)


def post_mail(
    message: EmailMessage, address: str, to: str, secret: str = "", wait: Callable[[float], None] = time.sleep
) -> int:
    """Sends a mail by smtps://user@host:465 or smtp://…:587 (STARTTLS); the number of tries it took.

    It comes from the user, or where the user is no mail address from the first receiver.
    """
    parts = _parts(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise PostError("the address is none like smtps://user@host:465")
    user, password = (_unquoted(part, word) for part, word in _logged_in(parts))
    _told_whole(secret, "the secret")
    receivers = _receivers(to)
    sender = _mail_address(user) or Address(addr_spec=receivers[0].addr_spec)
    message["From"] = sender
    message["To"] = receivers
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=sender.domain)
    return _patiently(lambda: _mailed(message, address, user, secret or password), wait)


def _parts(address: str) -> SplitResult:
    """An address in its parts. PostError, without a word of it, where it is none."""
    with suppress(ValueError):
        parts = urlsplit(address)
        whole = address.isascii() and address.isprintable() and " " not in address
        if parts.port != 0 and whole and _HOST.fullmatch(parts.hostname or "host"):
            return parts
    raise PostError(
        "the address is damaged: letters beyond ASCII, a space or a line break, no server, or no port"
    )


def _logged_in(parts: SplitResult) -> tuple[tuple[str, str], tuple[str, str]]:
    return (parts.username or "", "the user"), (parts.password or "", "the password")


def _unquoted(part: str, word: str) -> str:
    """A part of the address in its own letters. PostError where it hides a line break (`%0A`) or the like."""
    try:
        text = unquote(part, errors="strict")
    except UnicodeDecodeError:
        raise PostError(
            f"{word} in the address has a % that stands for no letter; write a % as %25"
        ) from None
    _told_whole(text, f"{word} in the address")
    return text


def _told_whole(text: str, what: str) -> None:
    """PostError where a text from the environment has what no log-in, header or signature may have."""
    if not text.isprintable():
        raise PostError(
            f"{what} has a line break or another invisible letter; it may come from the end of a file"
        )


def _receivers(to: str) -> tuple[Address, ...]:
    """Who gets a mail. PostError, which tells only their place, where one is no address."""
    told = [one.strip() for one in re.split("[,;，；]", to) if one.strip()]
    found = [_mail_address(one) for one in told]
    if not found:
        raise PostError("no receiver is named; write reader@example.org")
    for number, one in enumerate(found, 1):
        if one is None:
            which = f" ({number} of {len(found)})" if len(found) > 1 else ""
            raise PostError(
                f"a receiver is no address like reader@example.org, in ASCII letters before its @{which}"
            )
    return tuple(one for one in found if one is not None)


def _mail_address(text: str) -> Address | None:
    """`reader@example.org` or `Reader <reader@example.org>`; a domain of other letters in its form of ASCII.

    Written out here and not left to the library, which drops what it does not understand (`a@b;c@d` would
    go to a@b alone) or ends (`a@[x`).
    """
    named = _NAMED.fullmatch(text)
    name, address = (named["name"].strip().strip('"'), named["address"]) if named else ("", text)
    local, _, domain = address.rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii")
        parts = domain.split(".")
        whole = text.isprintable() and len(local) <= 64 and len(domain) <= 253
        if whole and _LOCAL_PART.fullmatch(local) and all(_LABEL.fullmatch(part) for part in parts):
            return Address(name, local, domain)
    return None


def _patiently(send: Callable[[], None], wait: Callable[[float], None]) -> int:
    why = ""
    for number in range(1, TRIES + 1):
        try:
            send()
        except _TryLaterError as fault:
            why = str(fault)
            if number < TRIES:
                wait(WAITS[number - 1])
        else:
            return number
    raise PostError(f"{why}; tried {TRIES} times")


def _sent(tool: str, card: dict[str, object], address: str, secret: str) -> None:
    body, signed = _signed(tool, card, address, secret, int(time.time()))
    parts = urlsplit(signed)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    link = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        link.request(
            "POST",
            path,
            json.dumps(body, ensure_ascii=False).encode(),
            {"Content-Type": "application/json; charset=utf-8"},
        )
        answer = link.getresponse()
        text = answer.read(65536)
    except ssl.SSLCertVerificationError:
        raise PostError("the certificate of the address is not one that this machine trusts") from None
    except (OSError, http.client.HTTPException) as error:
        raise _TryLaterError(f"the address does not answer ({type(error).__name__})") from None
    finally:
        link.close()
    if answer.status in _LATER:
        raise _TryLaterError(f"the address answers with {answer.status}")
    if answer.status != 200:
        raise PostError(f"the address answers with {answer.status}")
    _taken(text)


def _taken(text: bytes) -> None:
    """Bots answer 200 and say in the body whether they took it."""
    try:
        said = json.loads(text)
    except ValueError:
        if text.lstrip().startswith(b"<"):  # of a proxy, or of a login: no bot saw the card
            raise PostError("a page answers there, and no bot; look at the address") from None
        return
    if not isinstance(said, dict):
        return
    code = next((said[name] for name in ("errcode", "code", "StatusCode") if name in said), 0)
    if code in _BUSY:
        raise _TryLaterError(f"the bot asks to wait (code {code})")
    if code not in (0, "0"):
        raise PostError(f"it was not taken (code {code}); look at the bot's own help for it")


def _signed(
    tool: str, card: dict[str, object], address: str, secret: str, now: int
) -> tuple[dict[str, object], str]:
    """Body and address with a bot's signature, where it has a secret."""
    if not secret:
        return card, address
    if tool == "feishu":
        made = hmac.new(f"{now}\n{secret}".encode(), b"", hashlib.sha256).digest()
        return {"timestamp": str(now), "sign": base64.b64encode(made).decode(), **card}, address
    if tool == "dingtalk":
        moment = now * 1000
        made = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
        sign = quote_plus(base64.b64encode(made))
        return card, f"{address}{'&' if '?' in address else '?'}timestamp={moment}&sign={sign}"
    return card, address


def _mailed(message: EmailMessage, address: str, user: str, secret: str) -> None:
    parts = urlsplit(address)
    host, secure = parts.hostname or "", ssl.create_default_context()
    try:
        if parts.scheme == "smtps":
            link: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=secure)
        else:
            link = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT)
        with link:
            if parts.scheme == "smtp" and host not in _LOCAL:
                link.starttls(context=secure)
            if user and secret:
                link.login(user, secret)
            refused = link.send_message(message)
    except smtplib.SMTPAuthenticationError:
        raise PostError("the mail server refuses the log-in") from None
    except smtplib.SMTPRecipientsRefused as error:
        if all(400 <= code < 500 for code, _ in error.recipients.values()):
            raise _TryLaterError("the mail server asks to come again") from None
        raise PostError("the mail server takes mail for none of the receivers") from None
    except smtplib.SMTPServerDisconnected:
        raise _TryLaterError("the mail server hung up") from None
    except smtplib.SMTPNotSupportedError:
        raise PostError("the mail server offers no STARTTLS, or no log-in; try smtps://") from None
    except UnicodeError:
        raise PostError(
            "user, secret and receivers can have ASCII letters only with this mail server"
        ) from None
    except ssl.SSLCertVerificationError:
        raise PostError("the certificate of the mail server is not one that this machine trusts") from None
    except smtplib.SMTPResponseException as error:
        if 400 <= error.smtp_code < 500:
            raise _TryLaterError(f"the mail server answers with {error.smtp_code}") from None
        raise PostError(f"the mail server answers with {error.smtp_code}") from None
    except smtplib.SMTPException as error:
        raise PostError(f"the mail server did not take it ({type(error).__name__})") from None
    except OSError as error:
        raise _TryLaterError(f"the mail server does not answer ({type(error).__name__})") from None
    if refused:
        raise PostError(f"sent, but not to {len(refused)} of the receivers, whom the mail server refused")
