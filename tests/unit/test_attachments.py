"""A file beside the pages is published where a page that leads to it is; what editors leave behind, never."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.model.attachments import belonging
from generator.model.catalogue import Catalogue
from generator.model.edition import for_audience
from generator.model.leftovers import is_leftover
from generator.site.written import HEAD, LIST
from tests.conftest import Change
from tests.problems.assemble import BASE

FILES: Change = {
    "content/index.md": "---\nimage: of-head.png\n---\n# 首页\n\n![](a.png) <img src='b.svg'> [](<c d.xlsx>)",
    "content/inside.md": (
        "---\naudience: staff\nattachments: [folder/]\n---\n# 内部\n\n[p](plan.xlsx) ![](a.png) [s](site/)\n"
    ),
    "content/inside.en.md": "# Inside\n\n[p](plan.en.xlsx)\n",
    "data/indicators/satisfaction.yml": ("zh: 客户评分的平均值", "zh: '[表](table.csv)'"),
    **{
        f"content/{name}": "x"
        for name in (
            "of-head.png", "a.png", "c d.xlsx", "plan.xlsx", "plan.en.xlsx", "table.csv", "nobody.pdf",
            "folder/one.txt", "folder/below/two.txt", "site/index.txt", "CNAME", "picture.png", "deep.css",
            "index.md~", "#index.md#", "inside.md.bak", "plan.xlsx.swp", ".inside.md.swp", "old.orig",
            ".obsidian/x.txt", "folder/~$plan.xlsx",
        )
    },
    "content/b.svg": "<svg><image href='picture.png'/><style>@import 'deep.css'</style></svg>",
}  # fmt: skip
PUBLIC = {"of-head.png", "a.png", "b.svg", "picture.png", "deep.css", "c d.xlsx", "table.csv", "CNAME"}
STAFF = {"plan.xlsx", "plan.en.xlsx", "folder/one.txt", "folder/below/two.txt"}
NOBODYS = {"nobody.pdf", "site/index.txt"}


def test_files_go_with_the_pages_that_lead_to_them(make_catalogue: Callable[[Change], Catalogue]) -> None:
    whole = make_catalogue(FILES)
    assert set(whole.attachments) == PUBLIC | STAFF | NOBODYS
    assert set(for_audience(whole, "staff").attachments) == PUBLIC | STAFF | NOBODYS
    assert set(for_audience(whole, "public").attachments) == PUBLIC
    assert belonging(whole, {"inside.md"}) == STAFF | {"a.png", "CNAME"}


def test_what_a_published_file_names_is_named_by_no_list_of_hidden_ones(
    make_catalogue: Callable[[Change], Catalogue],
) -> None:
    linked = {**FILES, "content/folder/one.html": "<a href='../nobody.pdf'>x</a>"}
    catalogue = make_catalogue(linked)
    assert catalogue.attachments["folder/one.html"] == ("nobody.pdf",)
    assert "nobody.pdf" in belonging(catalogue)
    assert "nobody.pdf" not in repr(for_audience(catalogue, "public").attachments)


def test_leftovers() -> None:
    for name in ("x.md~", "x.md.bak", "#x.md#", ".x.md.swp", "x.SWP", "~$x.xlsx", ".git/config",
                 "a/.DS_Store", "a~/x.md", "Thumbs.db", "x.orig", "x.tmp", ".~lock.x.ods#"):  # fmt: skip
        assert is_leftover(name), name
    for name in ("x.md", "a/b.png", "old.png", "backup/x.png", "CNAME"):
        assert not is_leftover(name), name


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.stderr


@pytest.mark.parametrize(("edition", "shown"), [("public", PUBLIC), ("staff", PUBLIC | STAFF | NOBODYS)])
def test_the_markdown_tree_has_the_files_of_its_edition(
    make_project: Callable[[Change], Path], tmp_path: Path, edition: str, shown: set[str]
) -> None:
    project = make_project(FILES)
    run("export", "markdown", tmp_path / "tree", "--project", project, "--edition", edition)
    mine = {name.partition("/")[2] for name in FILES if name.startswith("content/")}
    docs = files(tmp_path / "tree" / "docs")
    assert {name for name in docs & mine if not name.endswith(".md")} == shown
    assert not [name for name in docs if is_leftover(name)]


def test_a_text_of_the_data_leads_to_the_file_from_any_page(
    make_project: Callable[[Change], Path], tmp_path: Path
) -> None:
    run("export", "markdown", tmp_path / "tree", "--project", make_project(FILES))
    page = (tmp_path / "tree/docs/indicators/satisfaction.md").read_text(encoding="utf-8")
    assert 'href="../table.csv"' in page


# Files of an earlier export


WIDE: Change = {
    "data/handbook.yml": ("[public, staff]", "[public, staff]\ndefault_audience: public"),
    "data/processes/hidden.yml": (
        (BASE / "data/processes/quote-to-cash.yml").read_text(encoding="utf-8")
        .replace("id: quote-to-cash\n", "id: hidden\naudience: staff\n")
    ),
}  # fmt: skip


@pytest.fixture
def two_maps(make_project: Callable[[Change], Path]) -> Path:
    return make_project(WIDE)


def test_a_narrower_export_takes_the_maps_of_a_wider_one_away(two_maps: Path, tmp_path: Path) -> None:
    maps, fresh = tmp_path / "maps", tmp_path / "fresh"
    run("export", "bpmn", maps, "--project", two_maps, "--edition", "staff")
    assert "hidden.as-is.bpmn" in files(maps)
    (maps / "notes.txt").write_text("mine", encoding="utf-8")
    told = run("export", "bpmn", maps, "--project", two_maps, "--edition", "public")
    run("export", "bpmn", fresh, "--project", two_maps, "--edition", "public")
    assert files(maps) == files(fresh) | {"notes.txt"}
    assert "hidden.as-is.bpmn" in told
    assert "hidden" not in (maps / LIST).read_text(encoding="utf-8")
    assert (maps / LIST).read_bytes() == (fresh / LIST).read_bytes()


def test_what_others_changed_since_or_brought_stays_and_is_told(two_maps: Path, tmp_path: Path) -> None:
    maps = tmp_path / "maps"
    run("export", "bpmn", maps, "--project", two_maps, "--edition", "staff")
    changed = maps / "hidden.as-is.bpmn"
    changed.write_bytes(changed.read_bytes() + b"<!-- mine -->")
    (tmp_path / "elsewhere.bpmn").write_text("theirs", encoding="utf-8")
    (maps / "link.bpmn").symlink_to(tmp_path / "elsewhere.bpmn")
    for _ in range(2):
        told = run("export", "bpmn", maps, "--project", two_maps, "--edition", "public")
        assert "hidden.as-is.bpmn is not of this export; it stays" in told.replace("\n", " ")
    assert changed.read_bytes().endswith(b"<!-- mine -->")
    assert (maps / "link.bpmn").is_symlink()


def test_a_list_names_only_files_of_its_own_folder(two_maps: Path, tmp_path: Path) -> None:
    """What somebody wrote into the list leads nowhere else."""
    maps = tmp_path / "maps"
    maps.mkdir()
    outside = tmp_path / "outside.txt"
    outside.write_text("x", encoding="utf-8")
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    (maps / LIST).write_text(f"{HEAD}\n{digest}  ../outside.txt\n{digest}  .\n", encoding="utf-8")
    run("export", "bpmn", maps, "--project", two_maps)
    assert outside.exists()


def test_a_list_that_is_not_ours_is_refused(two_maps: Path, tmp_path: Path) -> None:
    maps = tmp_path / "maps"
    maps.mkdir()
    (maps / LIST).write_text(json.dumps({"theirs": True}), encoding="utf-8")
    done = CliRunner().invoke(main, ["export", "bpmn", str(maps), "--project", str(two_maps)])
    assert (done.exit_code, files(maps)) == (2, {LIST})
    assert "is there already and is no list of ours" in done.stderr


def test_the_logo_of_the_brand_belongs_to_every_edition(
    make_catalogue: Callable[[Change], Catalogue],
) -> None:
    """No page leads to it, and every page shows it; the tree for other builders has no other way to it."""
    catalogue = make_catalogue(
        {
            "data/handbook.yml": ("audiences: ", "brand: {logo: own/logo.svg}\naudiences: "),
            "content/own/logo.svg": "<svg/>",
            "content/own/nobody.svg": "<svg/>",
        }
    )
    for seen in (for_audience(catalogue, "public"), for_audience(catalogue, "staff")):
        assert "own/logo.svg" in belonging(seen)
        assert "own/nobody.svg" not in belonging(seen)
    assert "own/logo.svg" in belonging(catalogue, [])
