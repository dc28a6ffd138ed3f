"""Material's templates, compiled once and kept between builds; what authors or other plugins bring is not."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from generator.present.kept_templates import KeptTemplates
from generator.site.material_parts import is_own


def kept_frame(cache: Path) -> KeptTemplates:
    """The compiled templates of the frame, in a project's cache."""
    made_by = f"{version('mkdocs')} {version('mkdocs-material')}"
    return KeptTemplates("frame", made_by, cache, is_own)
