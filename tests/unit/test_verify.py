"""What `handbook verify`, and the script in a review's zip, tell of a site that was changed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from generator.site import verify as module
from generator.site.frozen import pack, sign
from generator.site.owned import mark
from generator.site.verify import VerifyError, report, verify
from tests.needs import missing

FILES = {"index.html": "<p>94.2 %", "en/index.html": "<p>94.2 %", "assets/页.css": "p{}"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with its list, and the script."""
    folder = tmp_path / "review"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(module.__file__, folder / "verify.py")
    mark(folder)
    return folder


def packed(site: Path) -> Path:
    """Its zip."""
    pack(site, site.name, site.with_suffix(".zip"), 0)
    return site.with_suffix(".zip")


def told(place: Path) -> list[str]:
    return list(report(verify(place)))


def test_a_site_as_it_was_built(site: Path) -> None:
    assert told(site) == ["5 files as they were built", "not signed"]
    assert told(packed(site)) == ["5 files as they were built", "not signed"]


def test_everything_that_changed_is_named(site: Path) -> None:
    (site / "index.html").write_text("<p>99.9 %", encoding="utf-8")
    (site / "en/index.html").unlink()
    (site / "en/more.html").write_text("x", encoding="utf-8")
    (site / "CNAME").write_text("x", encoding="utf-8")
    faults = ["missing: en/index.html", "altered: index.html", "added: en/more.html"]
    count = "3 files as they were built, 1 missing, 1 altered, 1 added"
    assert told(site) == [*faults, "beside the site: CNAME", count, "not signed"]
    assert told(packed(site)) == [*faults, "beside the site: CNAME", count, "not signed"]


def test_a_link_is_no_file_of_a_site(site: Path) -> None:
    (site / "index.html").rename(site.parent / "elsewhere.html")
    (site / "index.html").symlink_to(site.parent / "elsewhere.html")
    assert told(site)[0] == "altered: index.html"


@pytest.mark.parametrize("how", ["no list", "no zip", "two folders", "a name twice"])
def test_what_cannot_be_checked_is_refused(site: Path, how: str) -> None:
    place = site
    if how == "no list":
        (site / "SHA256SUMS").unlink()
    else:
        place = packed(site)
        if how == "no zip":
            place.write_bytes(b"PK")
        else:
            with zipfile.ZipFile(place, "a") as more, warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Python's own word on a name that is there already
                more.writestr("review/index.html" if how == "a name twice" else "other/x", "x")
    with pytest.raises(VerifyError):
        verify(place)


def test_the_script_in_the_zip_needs_nothing_of_ours(site: Path, tmp_path: Path) -> None:
    def run(*words: str | Path, cwd: Path) -> tuple[int, str]:
        command = (sys.executable, "-I", "-S", site / "verify.py", *words)
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    whole = "5 files as they were built\nnot signed\n"
    assert run(cwd=tmp_path) == (0, whole)
    assert run(packed(site), cwd=tmp_path) == (0, whole)
    (site / "index.html").write_text("x", encoding="utf-8")
    code, said = run(cwd=site)
    assert (code, said.splitlines()[0]) == (1, "altered: index.html")
    assert run("--nonsense", cwd=site)[0] == 2


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key without a passphrase, and `signers` beside it, which knows it."""
    if shutil.which("ssh-keygen") is None:
        missing("ssh-keygen (OpenSSH)")
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(tmp_path / "key")]
    subprocess.run(words, check=True)
    public = (tmp_path / "key.pub").read_text(encoding="utf-8")
    (tmp_path / "signers").write_text(f"li.na@example.org {public}", encoding="utf-8")
    return tmp_path / "key"


def test_a_signature_tells_who_wrote_the_list(site: Path, key: Path, tmp_path: Path) -> None:
    mark(site, "SHA256SUMS.sig")
    sign(site / "SHA256SUMS", key)
    first = (site / "SHA256SUMS.sig").read_bytes()
    for place in (site, packed(site)):
        assert told(place)[-1].startswith("signed with the key SHA256:")
        found = verify(place, tmp_path / "signers")
        assert (found.whole, found.known, found.signed) == (True, True, "li.na@example.org")
    (site / "SHA256SUMS.sig").unlink()
    sign(site / "SHA256SUMS", key)
    assert (site / "SHA256SUMS.sig").read_bytes() == first, "the same input, the same bytes"


def test_a_list_written_anew_has_no_signature_any_more(site: Path, key: Path, tmp_path: Path) -> None:
    sign(site / "SHA256SUMS", key)
    (site / "index.html").write_text("<p>99.9 %", encoding="utf-8")
    mark(site)
    for signers in (None, tmp_path / "signers"):
        with pytest.raises(VerifyError, match="does not hold"):
            verify(site, signers)
    (site / "SHA256SUMS.sig").unlink()
    with pytest.raises(VerifyError, match="not signed"):
        verify(site, tmp_path / "signers")


def test_a_strangers_signature_is_refused(site: Path, key: Path, tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "k2")], check=True)
    sign(site / "SHA256SUMS", tmp_path / "k2")
    with pytest.raises(VerifyError, match="does not hold"):
        verify(site, tmp_path / "signers")
