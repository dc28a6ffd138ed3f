"""The same bytes everywhere: builds a handbook under many settings of the machine and compares every file.

    python bench/same_bytes.py [PROJECT] [--python EXE]

Once plainly, then with each line of the matrix: locale, time zone, seed of Python's hashes, number of cores,
folder, cold and warm cache, the machine's fonts hidden (a mount namespace, as root on Linux), MkDocs and
ProperDocs, and other Pythons with the locked packages installed. It says what differs, and then ends with 1.
The public workflow runs the rest: `bytes` in .github/workflows/tests.yml.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts")
HIDDEN = "".join(f"[ -d {folder} ] && mount -t tmpfs none {folder}; " for folder in FONTS) + 'exec "$@"'
MATRIX: dict[str, dict[str, str]] = {
    "the plain C locale, Auckland, seed 4711": {
        "LC_ALL": "C",
        "TZ": "Pacific/Auckland",
        "PYTHONHASHSEED": "4711",
    },
    "Turkish, St. John's, seed 2": {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONHASHSEED": "2"},
    "Chinese, Shanghai, seed 3": {"LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "3"},
}
_signed = re.compile(rb'<meta name="generator" content="[^"]*">')


def digests(site: Path, unsigned: bool = False) -> dict[str, str]:
    """A fingerprint a file; without the builder's name where it is another one."""
    found = {}
    for path in sorted(site.rglob("*")):
        if path.is_file() and not (unsigned and path.name == "SHA256SUMS"):
            data = _signed.sub(b"", path.read_bytes()) if unsigned else path.read_bytes()
            found[path.relative_to(site).as_posix()] = sha256(data).hexdigest()
    return found


def build(words: list[str], project: Path, **settings: str) -> None:
    """Run a build that must succeed; a site that was kept would only be compared with itself."""
    for record in (project / ".handbook-cache").glob("site-*.kept"):
        record.unlink()
    kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    environment = kept | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"} | settings
    done = subprocess.run(words, cwd=project, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")


def _copy(project: Path, folder: Path) -> Path:
    """What a handbook is made from, without anything that was kept of earlier builds."""
    folder.mkdir()
    for name in ("data", "content"):
        shutil.copytree(project / name, folder / name)
    if (project / "mkdocs.yml").is_file():
        shutil.copy(project / "mkdocs.yml", folder)
    return folder


def runs(project: Path, work: Path, pythons: list[str]) -> dict[str, tuple[list[str], Path, dict[str, str]]]:
    """Name -> the command but for its target, the folder it runs in, and the environment."""
    own = [sys.executable, "-m", "generator.cli", "build"]
    cold = _copy(project, work / "another folder, cold")

    found: dict[str, tuple[list[str], Path, dict[str, str]]] = {
        name: (own, project, settings) for name, settings in MATRIX.items()
    }
    found["another folder, everything drawn anew"] = (own, cold, {})
    if shutil.which("taskset"):
        found["one core"] = (["taskset", "-c", "0", *own], project, {})
    if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("unshare"):
        bare = _copy(project, work / "without fonts")
        found["no fonts, everything drawn anew"] = (
            ["unshare", "-m", "sh", "-c", HIDDEN, "sh", *own],
            bare,
            {},
        )
    for python in pythons:
        found[f"{python}, everything drawn anew"] = ([python, "-m", "generator.cli", "build"], cold, {})
    return found


def main() -> None:
    """Build, compare, tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("project", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--python", action="append", default=[], help="another Python; may be repeated")
    asked = parser.parse_args()
    project, failed = asked.project.resolve(), False
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        build([sys.executable, "-m", "generator.cli", "build", "--out", str(work / "plain")], project)
        plain = digests(work / "plain")
        listed = [
            (name, [*words, "--out"], place, settings, False)
            for name, (words, place, settings) in runs(project, work, asked.python).items()
        ]
        if (project / "mkdocs.yml").is_file():
            for host in ("mkdocs", "properdocs"):
                words = [sys.executable, "-m", host, "build", "-f", "mkdocs.yml", "--site-dir"]
                listed.append((host, words, project, {}, host != "mkdocs"))
        for number, (name, words, place, settings, unsigned) in enumerate(listed):
            site = work / f"site-{number}"
            build([*words, str(site)], place, **settings)
            theirs, ours = digests(site, unsigned), digests(work / "plain", unsigned) if unsigned else plain
            others = sorted(
                path for path in theirs.keys() | ours.keys() if theirs.get(path) != ours.get(path)
            )
            failed = failed or bool(others)
            print(f"{len(others)} of {len(ours)} files differ: {name}", *others[:5], sep="\n    ")
            shutil.rmtree(site)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
