"""How long an author waits under `handbook serve`: from a file's write until a page in Chromium shows it.

    python bench/serve.py [PROJECT | sample]

PROJECT is a handbook of `shapes` (M where none is named), `sample` that of this checkout; it is copied. Of
every kind of change: seconds until the new words stand on the page that is open, processor time of the
serving process until then, and seconds until all pages are built again.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import shapes
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, executable

PATIENCE = 300_000
TICKS = os.sysconf("SC_CLK_TCK")
Change = tuple[str, str, Path, Callable[[str], str], str]
"""What it is called, the page, the file, what is done to its text, and the words to wait for."""


def changes(project: Path) -> Iterator[Change]:
    """One of each kind."""
    sample = (project / "data/indicators/order-cycle-time.yml").exists()
    files = sorted((project / "data/indicators").glob("*.yml"))
    indicator = project / "data/indicators/sign-off-wait.yml" if sample else files[6]
    review = max((project / "data/reviews").glob("*.yml"))
    results = project / "data/results/order-chain.csv"
    results = results if sample else max((project / "data/results").glob("*.csv"))
    page = f"indicators/{indicator.stem}.html"
    name = re.compile(r"(name:.*?zh: )([^,}\n]+?)([,}\n])", re.DOTALL)
    yield (
        "an indicator",
        page,
        indicator,
        lambda text: name.sub(r"\1改名后的指标\3", text, count=1),
        "改名后的指标",
    )

    def other(text: str) -> str:
        rows = text.split("\n")
        place = max(n for n, row in enumerate(rows) if f",{indicator.stem},," in row)
        cells = rows[place].split(",")
        cells[3 if sample else -1] = "76543.21"
        rows[place] = ",".join(cells)
        return "\n".join(rows)

    yield "results", page, results, other, "76,543"
    said = re.compile(r'(text"?:\s+(?:\{\s*)?"?zh"?: "?)')
    yield (
        "a review",
        f"reviews/{review.stem}.html",
        review,
        lambda text: said.sub(r"\1等得太久太久。", text, count=1),
        "等得太久太久",
    )
    home = project / "content/index.md"
    yield "a Markdown page", "index.html", home, lambda text: f"{text}\n新的一段话。\n", "新的一段话"
    book = project / "data/handbook.yml"
    title = re.compile(r'(title"?:\s+\{\s*"?zh"?: "?)([^",}\n]+)')
    yield (
        "handbook.yml",
        "index.html",
        book,
        lambda text: title.sub(r"\1改名后的手册", text, 1),
        "改名后的手册",
    )
    settings = project / "mkdocs.yml"
    yield "mkdocs.yml", "index.html", settings, lambda text: f"{text}\ncopyright: 新的页脚\n", "新的页脚"
    parent = project / "base.yml"
    yield "its INHERIT", "index.html", parent, lambda _: "extra: {base: y}\nsite_author: 新的作者\n", ""
    words = project / "labels/zh.yml"
    yield "labels", "indicators/index.html", words, lambda _: "table:\n  indicator: 考核项\n", "考核项"
    own = project / "theme/main.html"
    block = '{% extends "base.html" %}{% block announce %}新的横幅{% endblock %}\n'
    yield "a template", "index.html", own, lambda _: block, "新的横幅"


def processor(pid: int) -> float:
    """Seconds of processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(project: Path, page: Page, address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Make each change and print what it took."""
    print(f"{'':<16}{'seen, s':>9}{'processor, s':>14}{'all built, s':>14}")
    for what, where, file, change, words in changes(project):
        page.goto(f"{address}/{where}")
        page.wait_for_timeout(1500)
        file.parent.mkdir(exist_ok=True)
        text = change(file.read_text(encoding="utf-8") if file.exists() else "")
        assert not file.exists() or text != file.read_text(encoding="utf-8"), f"{what}: nothing to change"
        built, before = log.read_text(encoding="utf-8").count("all pages"), processor(server.pid)
        file.write_text(text, encoding="utf-8")
        begun = time.monotonic()
        page.wait_for_function(
            "words => words ? document.body?.textContent.includes(words)"
            " : document.querySelector('meta[name=author]')?.content === '新的作者'",
            arg=words,
            timeout=PATIENCE,
        )
        seen, used = time.monotonic() - begun, processor(server.pid) - before
        while log.read_text(encoding="utf-8").count("all pages") == built:
            time.sleep(0.2)
        print(f"{what:<16}{seen:>9.2f}{used:>14.2f}{time.monotonic() - begun:>14.1f}", flush=True)
        page.wait_for_timeout(2500)


def main() -> None:
    """Serve a copy and change it."""
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        project, log = Path(folder) / "project", Path(folder) / "log"
        if sys.argv[1:] == ["sample"]:
            for part in ("data", "content"):
                shutil.copytree(Path(__file__).parents[1] / part, project / part)
        elif sys.argv[1:]:
            shutil.copytree(sys.argv[1], project)
        else:
            shapes.make(project, shapes.SHAPES["M"])
        (project / "theme").mkdir()
        (project / "theme/main.html").write_text('{% extends "base.html" %}\n', encoding="utf-8")
        (project / "base.yml").write_text("extra: {base: x}\n", encoding="utf-8")
        settings = (
            "INHERIT: base.yml\nsite_name: bench\ndocs_dir: content\n"
            "theme: {name: material, custom_dir: theme}\nplugins: [handbook, search]\n"
        )
        (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "generator.cli",
            "serve",
            str(project),
            "--address",
            f"127.0.0.1:{port}",
        ]
        with log.open("wb") as told, subprocess.Popen(command, stdout=told, stderr=told) as server:
            try:
                while "all pages" not in log.read_text(encoding="utf-8") and server.poll() is None:
                    time.sleep(0.2)
                time.sleep(3)
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
                    page = browser.new_page(viewport={"width": 1280, "height": 900})
                    measure(project, page, f"http://127.0.0.1:{port}", server, log)
                    browser.close()
            finally:
                server.terminate()  # an interrupt is ignored by what was started in the background
                server.wait(30)
                print(log.read_text(encoding="utf-8")[-1500:], file=sys.stderr)


if __name__ == "__main__":
    main()
