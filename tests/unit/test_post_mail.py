"""`handbook post --to mail` against a mail server of the test: STARTTLS, log-in, patience, no secret told."""

from __future__ import annotations

import base64
import email
import email.policy
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.posting import PostError, post_card, post_mail
from tests.needs import missing

ROOT = Path(__file__).parents[2]
HOST, USER, SECRET = "127.0.0.2", "robot@example.org", "Ma!l-secret-91"
"""Loopback, but none of the addresses that may go without TLS."""


@dataclass
class Server:
    """What a mail server was told, and what it is to answer."""

    port: int = 0
    context: ssl.SSLContext | None = None
    offers_tls: bool = True
    password: str = SECRET
    answers: dict[str, list[str]] = field(default_factory=dict)
    """By command, or by the receiver's address: answers in place of the usual ones, one after the other."""
    hang_up: int = 0
    heard: list[str] = field(default_factory=list)
    plain: list[bytes] = field(default_factory=list)
    """What came without TLS."""
    mails: list[EmailMessage] = field(default_factory=list)


class Handler(socketserver.StreamRequestHandler):
    """Enough of RFC 5321, 3207 and 4954."""

    told: Server

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
        self.wfile.flush()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        with suppress(OSError):
            self.request.close()

    def handle(self) -> None:
        if self.told.hang_up:
            self.told.hang_up -= 1
            return
        secure = False
        self.say("220 mail")
        while line := self.rfile.readline():
            if not secure:
                self.told.plain.append(line)
            word, _, rest = line.decode().strip().partition(" ")
            word = word.upper()
            self.told.heard.append(word)
            waiting = self.told.answers.get(word, [])
            if waiting:
                self.say(waiting.pop(0))
            elif word in ("EHLO", "HELO"):
                more = "250-STARTTLS\r\n" if self.told.offers_tls and not secure else ""
                self.say(f"250-mail\r\n{more}250 AUTH PLAIN")
            elif word == "STARTTLS":
                self.say("220 go ahead")
                assert self.told.context is not None
                try:
                    link = self.told.context.wrap_socket(self.connection, server_side=True)
                except (OSError, ssl.SSLError):
                    return
                self.request = link
                self.rfile, self.wfile = link.makefile("rb"), link.makefile("wb")  # type: ignore[assignment]
                secure = True
            elif word == "AUTH":
                _, user, password = base64.b64decode(rest.split()[1]).decode().split("\0")
                good = (user, password) == (USER, self.told.password)
                self.say("235 welcome" if good else f"535 {password} is not the password of {user}")
            elif word == "RCPT":
                who = rest.partition("<")[2].partition(">")[0]
                later = self.told.answers.get(who, [])
                self.say(later.pop(0) if later else "250 fine")
            elif word == "DATA":
                self.say("354 go on")
                lines = []
                while (part := self.rfile.readline()) != b".\r\n":
                    lines.append(part.removeprefix(b"."))
                data = b"".join(lines)
                self.told.mails.append(email.message_from_bytes(data, policy=email.policy.default))  # type: ignore[arg-type]
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of the test's own server, for an hour."""
    folder = tmp_path_factory.mktemp("certificate")
    words = (
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=mail"
        f" -addext subjectAltName=IP:{HOST} -keyout {folder}/both.pem -out {folder}/own.pem"
    )
    try:
        subprocess.run(words.split(), check=True, capture_output=True)
    except OSError:
        missing("openssl")
    with (folder / "both.pem").open("ab") as both:
        both.write((folder / "own.pem").read_bytes())
    return folder


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server(context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
    assert made.context is not None
    made.context.load_cert_chain(certificate / "both.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "own.pem"))
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr("generator.posting.WAITS", (0.0, 0.0, 0.0))

    class Own(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Own((HOST, 0), type("Bound", (Handler,), {"told": made})) as listening:
        made.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield made
        listening.shutdown()
        thread.join()


def mail() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "本周变化"
    message.set_content("- 迟: x\n.\n- 到期: y\n")
    return message


def posted(server: Server, to: str = "a@example.org, b@example.org", secret: str = SECRET) -> int:
    address = f"smtp://{USER.replace('@', '%40')}@{HOST}:{server.port}"
    return post_mail(mail(), address, to, secret, lambda _: None)


def test_a_mail_goes_by_starttls_with_its_log_in(server: Server) -> None:
    assert posted(server) == 1
    (got,) = server.mails
    assert (got["From"], got["To"], got["Subject"]) == (USER, "a@example.org, b@example.org", "本周变化")
    assert got["Message-ID"].endswith("@example.org>")
    assert got["Date"]
    assert got.get_content().replace("\r\n", "\n") == "- 迟: x\n.\n- 到期: y\n"
    assert [line.split()[0] for line in server.plain] == [b"ehlo", b"STARTTLS"], "nothing else goes unhidden"
    assert server.heard.count("RCPT") == 2


def test_patience_ends_and_what_was_refused_is_told(server: Server) -> None:
    server.hang_up = 1
    server.answers = {
        "MAIL": ["451 busy"],
        "a@example.org": ["450 come again"],
        "b@example.org": ["450 come again"],
    }
    assert posted(server) == 4
    assert len(server.mails) == 1
    server.answers = {"a@example.org": ["550 unknown"]}
    with pytest.raises(PostError, match="sent, but not to 1 of the receivers"):
        posted(server)
    server.answers = {"DATA": ["451 busy"] * 4}
    with pytest.raises(PostError, match="answers with 451; tried 4 times"):
        posted(server)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"offers_tls": False}, "offers no STARTTLS"),
        ({"password": "another"}, "refuses the log-in"),
        ({"answers": {"MAIL": ["550 no"]}}, "answers with 550"),
        ({"answers": {"a@example.org": ["550 no"], "b@example.org": ["550 no"]}}, "takes mail for none"),
        ({"hang_up": 9}, "hung up; tried 4 times"),
    ],
)
def test_what_goes_wrong_is_told_without_any_secret(
    server: Server, change: dict[str, object], said: str
) -> None:
    for name, value in change.items():
        setattr(server, name, value)
    address = f"smtp://{USER.replace('@', '%40')}@{HOST}:{server.port}"
    environment = {"HANDBOOK_POST_ADDRESS": address, "HANDBOOK_POST_SECRET": SECRET}
    words = ["post", str(ROOT), "--to", "mail", "--mail-to", "a@example.org,b@example.org"]
    done = CliRunner(env=environment).invoke(main, words)
    assert done.exit_code == 1
    assert said in done.output
    for secret in (SECRET, HOST, str(server.port), USER):
        assert secret not in done.output
    assert not server.mails
    assert SECRET.encode() not in b"".join(server.plain)


def test_a_server_that_nobody_vouches_for_gets_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(PostError, match="not one that this machine trusts"):
        posted(server)
    assert server.heard == ["EHLO", "STARTTLS"]


def test_letters_that_no_log_in_takes_and_receivers_that_are_none(server: Server) -> None:
    with pytest.raises(PostError, match="ASCII letters only") as told:
        posted(server, secret="密码")
    assert "密" not in str(told.value)
    with pytest.raises(PostError, match="no receiver is named"):
        posted(server, " ,")
    assert not server.mails


DAMAGED = "a@example.org\nBcc: b@example.org|reader|a@[x|a@|@b|a@b@c|a b@c|a@b c|a@b..c|(a@b|a@b)|a:b@c|[a@b]"
"""Some ended with a traceback, some were cut to what the library understood and sent to nobody or another."""


@pytest.mark.parametrize("to", [*DAMAGED.split("|"), "王@example.org", "a@b\u200b", f"a@{'b' * 64}.org"])
def test_a_receiver_that_is_no_address_is_refused_by_its_place(to: str) -> None:
    with pytest.raises(PostError) as told:
        post_mail(mail(), "smtps://robot@host.invalid", f"a@example.org,{to}")
    assert str(told.value) == (
        "a receiver is no address like reader@example.org, in ASCII letters before its @ (2 of 2)"
    )


def test_receivers_may_have_names_and_commas_of_any_kind(server: Server) -> None:
    posted(server, "读者甲 <a@example.org>；b@例子.cn，c@example.org")
    (got,) = server.mails
    assert [(one.display_name, one.addr_spec) for one in got["To"].addresses] == [
        ("读者甲", "a@example.org"),
        ("", "b@xn--fsqu00a.cn"),
        ("", "c@example.org"),
    ]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("smtps://a%0Ab%40x.org@host", "the user in the address has a line break"),
        ("smtps://a%0D%0ABcc:b%40x.org@host", "the user in the address has a line break"),
        ("smtps://a%00@host", "the user in the address has a line break"),
        ("smtps://a:b%0A@host", "the password in the address has a line break"),
        ("smtps://a%FF@host", "the user in the address has a % that stands for no letter"),
        ("smtps://a@host\n", "the address is damaged"),
        ("smtps://a@host%0a", "the address is damaged"),
        ("smtps://a@ho,st", "the address is damaged"),
        ("smtps://", "the address is none like smtps"),
    ],
)
def test_an_address_with_what_no_header_and_no_log_in_may_have_is_refused(address: str, said: str) -> None:
    with pytest.raises(PostError, match=said):
        post_mail(mail(), address, "a@example.org", SECRET)


@pytest.mark.parametrize("secret", [f"{SECRET}\n", "a\x00b", "b\udcff"])
def test_a_secret_with_the_end_of_its_file_is_told(secret: str) -> None:
    for send in (
        lambda: post_mail(mail(), "smtps://a@host", "a@example.org", secret),
        lambda: post_card("feishu", {}, "https://host/hook", secret),
    ):
        with pytest.raises(PostError, match="the secret has a line break or another invisible letter"):
            send()


def test_a_bot_has_a_host_and_no_log_in_before_it() -> None:
    with pytest.raises(PostError, match="names no host"):
        post_card("wecom", {}, "https:///hook")
    with pytest.raises(PostError, match="no user and no password"):
        post_card("wecom", {}, "https://a:b@host/hook")


def test_a_user_that_is_no_address_is_no_sender(server: Server) -> None:
    with pytest.raises(PostError, match="refuses the log-in"):
        post_mail(mail(), f"smtp://robot@{HOST}:{server.port}", "a@example.org", SECRET, lambda _: None)
    made = mail()
    with pytest.raises(PostError, match="refuses the log-in"):
        post_mail(made, f"smtp://DOMAIN%5Crobot@{HOST}:{server.port}", "a@example.org", SECRET)
    assert made["From"] == "a@example.org"
