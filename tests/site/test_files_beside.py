"""A site has the files beside its pages that its edition may have, and nothing that editors leave behind."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.built import SITES, built, files


def test_a_site_has_the_files_of_its_edition_and_no_leftovers(tmp_path: Path) -> None:
    project = shutil.copytree(SITES / "audiences", tmp_path / "project")
    (project / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\ntheme: {name: material, logo: marks/logo.svg}\n"
        "extra_css: [own.css]\nplugins: [handbook, search]\nnav: [{起点: index.md}, indicators, guide]\n",
        encoding="utf-8",
    )
    content = project / "content"
    pages = {"guide/budget-zq.md": "![](plan.png) ![](both.png)", "guide/index.md": "![](both.png)"}
    for name, text in pages.items():
        page = content / name
        page.write_text(f"{page.read_text(encoding='utf-8')}\n\n{text}\n", encoding="utf-8")
    beside = {
        "guide/plan.png": "managers", "guide/both.png": "public", "nobody.pdf": "managers",
        "own.css": "public", "deep.css": "public",
        "marks/logo.svg": "public", "CNAME": "public", "guide/index.md~": "",
        "guide/budget-zq.md.bak": "", "#x.md#": "", "x.swp": "", ".x.md.swp": "",
    }  # fmt: skip
    (content / "marks").mkdir()
    for name in beside:
        (content / name).write_text("@import 'deep.css';" if name == "own.css" else "zq", encoding="utf-8")
    for edition in ("public", "managers"):
        site = built(project, tmp_path / edition, "--edition", edition)
        for name, audience in beside.items():
            wanted = audience in ("public", edition)
            assert ({name, f"en/{name}"} <= site.paths, name in site.paths) == (wanted, wanted), name
    # A page is called in the navigation as mkdocs.yml says, in the language of the file.
    tabs = [re.findall(r'md-tabs__link">\s*([^<]*?)\s*<', (site.folder / name).read_text("utf-8"))[0]
            for name in ("index.html", "en/index.html")]  # fmt: skip
    assert tabs[0] == "起点"
    assert tabs[1] != "起点"
    again = built(project, tmp_path / "managers", "--edition", "public")
    assert files(again.folder) == files(tmp_path / "public")
