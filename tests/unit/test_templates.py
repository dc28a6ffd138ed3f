"""Templates and their contexts agree: a template names what its context has, and says no words of its own."""

import re
from dataclasses import fields

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from generator.present.pages.actions import ActionsContext
from generator.present.pages.agenda import AgendaContext
from generator.present.pages.case import CaseContext, CasesContext
from generator.present.pages.changes import ChangesContext
from generator.present.pages.cover import CoverContext
from generator.present.pages.diagnosis import DiagnosesContext, DiagnosisContext
from generator.present.pages.downloads import DownloadsContext
from generator.present.pages.evidence import EvidenceContext
from generator.present.pages.home import HomeContext
from generator.present.pages.indicator import IndicatorContext
from generator.present.pages.indicators import IndicatorsContext
from generator.present.pages.people import PeopleContext
from generator.present.pages.pilot import PilotContext
from generator.present.pages.pilots import PilotsContext
from generator.present.pages.printed import PrintedContext
from generator.present.pages.process import ProcessContext
from generator.present.pages.processes import ProcessesContext
from generator.present.pages.quality import QualityContext
from generator.present.pages.quarter import QuarterContext
from generator.present.pages.questionnaire import QuestionnaireContext
from generator.present.pages.review import ReviewContext
from generator.present.pages.reviews import ReviewsContext
from generator.present.pages.rhythm import RhythmContext
from generator.present.pages.roadmap import RoadmapContext, RoadmapStepContext
from generator.present.pages.showcase import ShowcaseContext
from generator.present.pages.signals import SignalsContext
from generator.present.pages.strategy import StrategyContext
from generator.present.pages.tree import TreeContext
from generator.present.theme_files import theme_dir
from generator.present.words import labels

CONTEXTS = {
    "home": HomeContext,
    "cover": CoverContext,
    "printed": PrintedContext,
    "indicators": IndicatorsContext,
    "indicator": IndicatorContext,
    "pilots": PilotsContext,
    "pilot": PilotContext,
    "people": PeopleContext,
    "processes": ProcessesContext,
    "process": ProcessContext,
    "roadmap": RoadmapContext,
    "roadmap_step": RoadmapStepContext,
    "strategy": StrategyContext,
    "tree": TreeContext,
    "changes": ChangesContext,
    "quality": QualityContext,
    "reviews": ReviewsContext,
    "review": ReviewContext,
    "evidence": EvidenceContext,
    "quarter": QuarterContext,
    "actions": ActionsContext,
    "agenda": AgendaContext,
    "rhythm": RhythmContext,
    "diagnoses": DiagnosesContext,
    "diagnosis": DiagnosisContext,
    "questionnaire": QuestionnaireContext,
    "cases": CasesContext,
    "case": CaseContext,
    "showcase": ShowcaseContext,
    "signals": SignalsContext,
    "downloads": DownloadsContext,
}
TEMPLATES = Environment(loader=FileSystemLoader(theme_dir() / "templates"), autoescape=True)
GLOBALS = {"t", "ui", "maps_ui", "reviews_ui"}


def test_every_page_template_has_a_context():
    found = (theme_dir() / "templates").glob("*.html.jinja")
    names = {path.name.removesuffix(".html.jinja") for path in found}
    assert names == set(CONTEXTS)


@pytest.mark.parametrize("kind", CONTEXTS)
def test_names_used_are_names_given(kind):
    source = (theme_dir() / "templates" / f"{kind}.html.jinja").read_text(encoding="utf-8")
    used = meta.find_undeclared_variables(TEMPLATES.parse(source)) - GLOBALS
    assert used == {field.name for field in fields(CONTEXTS[kind])}


@pytest.mark.parametrize("kind", CONTEXTS)
def test_every_section_has_a_title_in_every_language(kind):
    blocks = [name for name in TEMPLATES.get_template(f"{kind}.html.jinja").blocks if name != "lead"]
    for language in ("zh", "en"):
        assert {f"sections.{kind}.{name}" for name in blocks} <= set(labels(language))


def test_templates_have_no_words_of_their_own():
    for path in (theme_dir() / "templates").rglob("*.jinja"):
        source = path.read_text(encoding="utf-8")
        text = "".join(token[2] for token in TEMPLATES.lex(source) if token[1] == "data")
        visible = re.sub(r"<[^>]*>?|[^<]*>", "", text)
        assert not re.search(r"[A-Za-z\u4e00-\u9fff]{3,}", visible), path.name
