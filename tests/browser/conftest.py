"""A Chromium for the whole session, and the built sample over HTTP and from its folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import built
from tests.browser.chromium import ARGUMENTS, executable, served
from tests.needs import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> built.Site:
    """The sample handbook as a site, built once a session through the command line."""
    return built.sample(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def past_review(tmp_path_factory: pytest.TempPathFactory) -> built.Site:
    """The frozen review of 2025-Q4, made from the sample as it is today."""
    return built.past_review(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if sync_playwright is None:
        missing("playwright is not installed: pip install playwright")
    program = executable()
    if program is None:
        missing("no Chromium: install chromium, or put its path into HANDBOOK_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def roots(sample_site: built.Site) -> Iterator[dict[str, str]]:
    """Where the sample can be opened, by scheme: below a sub-path of a server, and as a folder."""
    with served(sample_site.folder) as address:
        yield {"http": address, "file": f"{sample_site.folder.as_uri()}/"}
