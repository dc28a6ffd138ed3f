"""What other programs read: the data package, the feed, the calendar, the digest and where it is sent."""

from __future__ import annotations

import json
import re
import threading
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import frictionless
import icalendar
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.compute.insight.agenda import standings
from generator.exchange.datapackage import data_package
from generator.pipeline import Request, Run
from generator.posting import PostError, _signed, post_card
from generator.present.charts.draw import Drawings
from generator.present.digest import WECOM_BYTES, Digest, DigestPart, as_card, as_mail, as_text, digest_for
from generator.present.feeds import calendar_file, changes_feed
from generator.present.page_context import PageContext
from generator.present.parts.agenda import running_pilots
from generator.present.templates import Templates
from generator.present.text.format import Format

ROOT = Path(__file__).parents[2]
ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = frozenset(
    f"{folder}/{file.stem}.md"
    for folder in ("indicators", "pilots")
    for file in (ROOT / "data" / folder).glob("*.yml")
)
SECRET = "SEC-very-secret-77"


@pytest.fixture(scope="module")
def run() -> Run:
    return Run(ROOT, Request())


@pytest.fixture(scope="module")
def context(run: Run) -> PageContext:
    form = Format("en", "zh")
    return PageContext(run.figures, form, Templates(form.words), Drawings(None))


def test_frictionless_finds_the_data_package_valid(run: Run, tmp_path: Path) -> None:
    for name, content in data_package(run.figures).items():
        (tmp_path / name).write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert [task.name for task in report.tasks] == ["results", "indicators", "pilots"]
    text = (tmp_path / "results.csv").read_text(encoding="utf-8")
    broken = text.replace(",order-cycle-time,", ",no-such-indicator,", 1)
    (tmp_path / "results.csv").write_text(broken, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_csv_on_the_web_names_every_column_of_every_table(run: Run) -> None:
    files = data_package(run.figures)
    tables = json.loads(files["csv-metadata.json"])["tables"]
    assert [table["url"] for table in tables] == ["results.csv", "indicators.csv", "pilots.csv"]
    for table in tables:
        head = files[table["url"]].decode().splitlines()[0].split(",")
        assert [column["name"] for column in table["tableSchema"]["columns"]] == head


def test_the_package_is_of_an_edition(run: Run, tmp_path: Path) -> None:
    words = ["export", "datapackage", str(tmp_path / "p"), "--project", str(ROOT), "--edition", "public"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert "segment" not in (tmp_path / "p/results.csv").read_text(encoding="utf-8").splitlines()[0]
    assert CliRunner().invoke(main, words).exit_code == 2, "it is there already"


def test_the_feed_is_atom_and_keeps_its_ids(context: PageContext) -> None:
    feed = ET.fromstring(changes_feed(context, PAGES))
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    catalogue = context.figures.catalogue
    changes = [entry for one in catalogue.indicators.values() for entry in one.history]
    changes_of_work = [change for pilot in catalogue.pilots.values() for change in pilot.changes]
    assert len(set(ids)) == len(ids) == min(len(changes) + len(changes_of_work), 100)
    days = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href", "").startswith(("../indicators/", "../pilots/"))
        assert entry.findtext(f"{ATOM}title")
    assert (
        "pilots/"
        not in changes_feed(context, frozenset(one for one in PAGES if "pilots" not in one)).decode()
    )


def test_a_calendar_program_reads_reviews_and_open_actions(context: PageContext) -> None:
    data = calendar_file(context)
    calendar = icalendar.Calendar.from_ical(data)
    events = {str(event["UID"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}
    catalogue = context.figures.catalogue
    held = {f"review-{review.id}": review.date for review in catalogue.reviews.values()}
    due = {
        f"action-{review.id}-{action.id}": action.due
        for review in catalogue.reviews.values()
        for action in review.actions
        if action.status in ("open", "doing") and action.due
    }
    assert due
    assert {
        uid: event.decoded("DTSTART") for uid, event in events.items() if not uid.startswith("next-")
    } == (held | due)
    assert any(uid.startswith("next-") for uid in events)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for uid, event in events.items():
        assert event.decoded("DTEND") > event.decoded("DTSTART"), uid
        assert "\\" not in str(event["SUMMARY"])


def test_the_digest_says_what_the_agenda_says(run: Run) -> None:
    told = digest_for(run.figures, "en")
    text = as_text(told)
    assert "what changed" in told.title
    assert any(kind == "Late" for part in told.parts for kind, _ in part.lines)
    assert "<" not in text
    earlier = digest_for(run.figures, "en", date(2026, 7, 8))
    assert sum(len(part.lines) for part in earlier.parts) > sum(len(part.lines) for part in told.parts)
    (review,) = (
        one for one in run.figures.catalogue.reviews.values() if one.id == "2026-q3-lead-to-cash-east"
    )
    chinese = digest_for(run.figures, "zh", review)
    assert len(chinese.parts) == 1
    assert all(re.match("- [^:：]+：", line) for line in as_text(chinese).splitlines()[3:])
    mail = as_mail(told)
    assert mail["Subject"] == told.title
    assert "To" not in mail


def test_a_target_that_is_missed_as_it_was_before_is_in_no_digest(run: Run) -> None:
    """Of the kinds that are news; a value below its bar is none while its standing did not turn."""
    figures = run.figures
    missed = {
        run.figures.catalogue.indicators[item.indicator].name.say("en", "en")
        for pilot in running_pilots(figures)
        for item in standings(figures, pilot).values()
        if item.review is not None and item.review.status == "missed"
    }
    assert missed
    lines = [line for part in digest_for(figures, "en").parts for line in part.lines]
    assert {kind for kind, _ in lines} <= {
        "New signal", "Newly on target", "No longer on target", "Newly missed", "Back above the floor",
        "Gate", "Effect known", "Data restated", "Definition", "Data late", "Process changed",
        "Effect awaited", "Late", "Falls due",
    }  # fmt: skip
    newly = [text for kind, text in lines if kind == "Newly missed"]
    assert not [text for text in newly if any(name in text for name in missed)]
    assert not [text for kind, text in lines if "misses its target" in text]


@pytest.mark.parametrize("tool", ["feishu", "wecom", "dingtalk"])
def test_cards_are_as_the_tools_take_them(run: Run, tool: str) -> None:
    told = digest_for(run.figures, "zh", date(2026, 1, 1))
    card = as_card(told, tool)
    kind, place = {
        "feishu": ("msg_type", "card"), "wecom": ("msgtype", "markdown"), "dingtalk": ("msgtype", "markdown"),
    }[tool]  # fmt: skip
    assert card[kind] == {"feishu": "interactive"}.get(tool, "markdown")
    assert place in card
    assert len(json.dumps(card, ensure_ascii=False).encode()) < 30_000


def test_names_start_no_mention_and_long_messages_are_cut() -> None:
    lines = tuple(("迟", f"<at id=all></at> **x** `y` {number}") for number in range(400))
    told = Digest("t", (DigestPart("<@all> [x](https://a)", lines),), "nothing", "and {n} more")
    text = json.dumps(as_card(told, "wecom"), ensure_ascii=False)
    assert "<" not in text
    content = json.loads(text)["markdown"]["content"]
    assert len(content.encode()) <= WECOM_BYTES
    assert "](" not in content
    for tool in ("feishu", "dingtalk"):
        assert len(json.dumps(as_card(told, tool), ensure_ascii=False).encode()) < 20_000
    assert content.endswith(" more")


@dataclass
class Bot:
    """What a bot answers, one after the other, and what it was sent."""

    answers: list[tuple[int, bytes]]
    got: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    port: int = 0


@pytest.fixture
def bot() -> Iterator[Bot]:
    made = Bot([])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append((self.path, json.loads(body)))
            status, answer = made.answers.pop(0)
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_does_not_answer_is_tried_again_with_patience(bot: Bot) -> None:
    bot.answers = [(503, b""), (429, b""), (200, b'{"errcode": 0}')]
    waits: list[float] = []
    address = f"http://127.0.0.1:{bot.port}/robot/send?access_token={SECRET}"
    assert post_card("dingtalk", {"a": 1}, address, SECRET, waits.append) == 3
    assert waits == [1.0, 3.0]
    path, body = bot.got[-1]
    assert body == {"a": 1}
    assert "&timestamp=" in path
    assert "&sign=" in path
    bot.answers = [(200, b'{"code": 0}')]
    post_card("feishu", {"msg_type": "interactive"}, address, SECRET, waits.append)
    assert {"timestamp", "sign", "msg_type"} == set(bot.got[-1][1])


def test_a_bot_that_asks_to_wait_is_tried_again(bot: Bot) -> None:
    """With 200, and its own number for it: each of the three tools'."""
    for code in (b'{"code": 11232}', b'{"errcode": 45009}', b'{"errcode": 130101}'):
        bot.answers = [(200, code), (200, b'{"StatusCode": 0, "code": 0}')]
        assert post_card("wecom", {}, f"http://127.0.0.1:{bot.port}/", "", lambda _: None) == 2


def test_signatures_are_those_of_the_tools() -> None:
    """Made by `openssl dgst -sha256 -hmac` of what Feishu and DingTalk say is to be signed."""
    body, address = _signed("feishu", {"msg_type": "text"}, "https://a/b", "demo", 1599360473)
    assert body == {
        "timestamp": "1599360473", "sign": "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=", "msg_type": "text"
    }  # fmt: skip
    body, address = _signed("dingtalk", {"a": 1}, "https://a/b?access_token=x", "this is secret", 1577262236)
    assert body == {"a": 1}
    assert address == (
        "https://a/b?access_token=x&timestamp=1577262236000"
        "&sign=HzO4wLODwSiLBXSOBHYgXd9bUWTJH27cw3Qf1jd62Eg%3D"
    )


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([(500, b"")] * 4, "answers with 500; tried 4 times"),
        ([(403, SECRET.encode())], "answers with 403"),
        ([(200, b'{"errcode": 310000, "errmsg": "sign not match SEC-very-secret-77"}')], "code 310000"),
        ([(200, b'{"code": {"no": "bot"}}')], "it was not taken"),
        ([(302, b"")], "answers with 302"),
        ([(200, f"\n<html>Log in, {SECRET}".encode())], "a page answers there, and no bot"),
    ],
)
def test_what_is_not_taken_is_told_without_any_secret(
    bot: Bot, answers: list[tuple[int, bytes]], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.answers = list(answers)
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr("generator.posting.WAITS", (0.0, 0.0, 0.0))
    address = f"http://127.0.0.1:{bot.port}/hook/{SECRET}"
    environment = {"HANDBOOK_POST_ADDRESS": address, "HANDBOOK_POST_SECRET": SECRET}
    done = CliRunner(env=environment).invoke(main, ["post", str(ROOT), "--to", "wecom"])
    assert done.exit_code == 1
    assert said in done.output
    for secret in (SECRET, str(bot.port), "127.0.0.1"):
        assert secret not in done.output


def test_an_address_that_anybody_can_listen_to_is_refused() -> None:
    with pytest.raises(PostError, match="https://"):
        post_card("wecom", {}, "http://example.org/hook")
    done = CliRunner(env={"HANDBOOK_POST_ADDRESS": ""}).invoke(main, ["post", str(ROOT), "--to", "wecom"])
    assert done.exit_code == 2
    assert "HANDBOOK_POST_ADDRESS" in done.output


@pytest.mark.parametrize("form", ["wecom", "mail"])
@pytest.mark.parametrize("damaged", ["host:{}/hook", "[host/{}", "host/{} 令牌", "host/{} x"])
def test_a_damaged_address_is_told_without_any_of_it(form: str, damaged: str) -> None:
    scheme = "smtps" if form == "mail" else "https"
    address = f"{scheme}://{damaged.format(SECRET)}"
    words = ["post", str(ROOT), "--to", form, "--mail-to", "a@example.org"]
    done = CliRunner(env={"HANDBOOK_POST_ADDRESS": address}).invoke(main, words)
    assert done.exit_code == 1
    assert done.output.startswith(f"Error: not sent to {form}: the address is damaged: ")
    assert len(done.output.splitlines()) == 1
    for secret in (SECRET, "host", "令"):
        assert secret not in done.output


def test_the_digest_is_printed_for_every_tool() -> None:
    for form in ("text", "mail", "feishu"):
        done = CliRunner().invoke(main, ["digest", str(ROOT), "--as", form, "--since", "2026-09-01"])
        assert done.exit_code == 0, done.output
    assert json.loads(done.output)["msg_type"] == "interactive"
    for form in ("wecom", "dingtalk"):
        done = CliRunner().invoke(main, ["digest", str(ROOT / "examples/minimal"), "--as", form])
        assert done.exit_code == 0, done.output
        assert json.loads(done.output)["msgtype"] == "markdown"
    wrong = CliRunner().invoke(main, ["digest", str(ROOT), "--since", "2026-q3-lead-to-cash-eats"])
    assert "did you mean '2026-q3-lead-to-cash-east'?" in wrong.output
