"""The built sample, for every test of a site."""

from __future__ import annotations

import pytest

from tests import built


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> built.Site:
    """The sample handbook as a site, built once a session through the command line."""
    return built.sample(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def past_review(tmp_path_factory: pytest.TempPathFactory) -> built.Site:
    """The frozen review of 2025-Q4, made from the sample as it is today."""
    return built.past_review(tmp_path_factory.getbasetemp())
