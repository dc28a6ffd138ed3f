"""Puts the documents for authors, as a built site, into the wheel."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DocumentsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling, as pyproject.toml says."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the site beside the wheel; not for an editable install, which reads docs/ itself."""
        if version == "editable" or not Path(self.root, "docs", "make_site.py").exists():
            return
        sys.path.insert(0, self.root)
        try:
            from docs.make_site import make  # noqa: PLC0415
        finally:
            sys.path.remove(self.root)
        self.folder = tempfile.TemporaryDirectory()
        site = Path(self.folder.name, "site")
        make(site)
        build_data["force_include"][str(site)] = "generator/documents"

    def finalize(self, *_: object) -> None:
        """Take away what was built for it."""
        if hasattr(self, "folder"):
            self.folder.cleanup()
