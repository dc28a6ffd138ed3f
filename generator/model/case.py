"""The front matter of content/cases/<id>.md: a best-practice case, a lesson or a policy."""

from __future__ import annotations

from typing import Literal

from generator.model.common import AudienceName, Date, Id, Items, OneLine, Part
from generator.model.process import SymptomForm
from generator.model.text import Text


class CaseHead(Part):
    """The front matter of content/cases/<id>.md."""

    title: Text
    """Its title; a translated page's own title is joined to it."""

    kind: Literal["case", "lesson", "policy"] = "case"
    """case, lesson or policy. Default case."""

    pilot: Id | None = None
    """The pilot it comes from."""

    date: Date | None = None
    """Since when it stands, e.g. 2026-02-10; an edition as of an earlier day does not hold it."""

    process: Id | None = None
    """The process it is about."""

    indicators: Items[Id] = ()
    """The indicators that show it."""

    steps: Items[int] = ()
    """The roadmap steps it belongs to, e.g. [3, 5]."""

    change: Id | None = None
    """A change of the pilot, whose measured before and after is drawn on the page."""

    spread: Literal["horizontal", "vertical", "institutional"] | None = None
    """horizontal (to other units), vertical (up and down) or institutional (a rule for all)."""

    status: Literal["candidate", "adopted", "retired"] = "candidate"
    """candidate, adopted or retired. Default candidate."""

    audience: AudienceName | None = None
    """Who may see it; where left out, the widest audience."""

    tags: Items[OneLine] = ()
    """Free words for search and filters."""

    symptoms: Items[SymptomForm] = ()
    """The trouble that it answers; left out, that of the steps its change touches."""

    conditions: Items[Text] = ()
    """Under which conditions it holds; left out, those of its change."""

    failed: bool = False
    """What it tells of did not work. Default false; where its change was measured, the figures say it."""

    attachments: Items[OneLine] = ()
    """Files, or folders with a / at the end, seen from the page, that belong to it without a link."""
