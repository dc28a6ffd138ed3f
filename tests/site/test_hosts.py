"""Other builders than MkDocs make the same site."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.built import Site, files, run


def test_properdocs_makes_the_same_site_but_for_its_name(sample_site: Site, tmp_path: Path) -> None:
    """The fork that goes on where MkDocs rests: one host can take the other's place."""
    out = tmp_path / "site"
    done = run(sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml", "--site-dir", out)
    assert done.returncode == 0, done.stderr
    signed = re.compile(rb'<meta name="generator" content="(?:mkdocs-ProperDocs|mkdocs)-[^"]*">')
    theirs, ours = files(out), files(sample_site.folder)
    assert theirs.keys() == ours.keys()
    own = theirs.keys() - {"SHA256SUMS"}  # fingerprints of the pages that differ
    others = [path for path in own if signed.sub(b"", theirs[path]) != signed.sub(b"", ours[path])]
    assert others == []
    assert any(b"ProperDocs" in data for data in theirs.values()), "another host built this"
