"""Templates and their contexts agree: a template names what its context has, and says no words of its own."""

import re
from dataclasses import fields

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from generator.present.pages.cases.case import CaseContext
from generator.present.pages.cases.evidence import EvidenceContext
from generator.present.pages.cases.find import FindCaseContext
from generator.present.pages.cases.index import CasesContext
from generator.present.pages.cases.showcase import ShowcaseContext
from generator.present.pages.cases.spread import SpreadContext
from generator.present.pages.diagnosis.diagnosis import DiagnosisContext
from generator.present.pages.diagnosis.index import DiagnosesContext
from generator.present.pages.diagnosis.questionnaire import QuestionnaireContext
from generator.present.pages.diagnosis.workshop_form import WorkshopFormContext
from generator.present.pages.diagnosis.workshops import WorkshopsContext
from generator.present.pages.downloads import DownloadsContext
from generator.present.pages.home import HomeContext
from generator.present.pages.library.cascade import CascadeContext
from generator.present.pages.library.changes import ChangesContext
from generator.present.pages.library.collected import CollectedContext
from generator.present.pages.library.index import IndicatorsContext
from generator.present.pages.library.indicator import IndicatorContext
from generator.present.pages.library.loop import LoopContext
from generator.present.pages.library.measures import MeasuresContext
from generator.present.pages.library.offices import OfficesContext
from generator.present.pages.library.quality import QualityContext
from generator.present.pages.library.strategy import StrategyContext
from generator.present.pages.library.tree import TreeContext
from generator.present.pages.library.x_matrix import XMatrixContext
from generator.present.pages.pillars import PillarsContext
from generator.present.pages.pilots.incentives import IncentivesContext
from generator.present.pages.pilots.index import PilotsContext
from generator.present.pages.pilots.people import PeopleContext
from generator.present.pages.pilots.pilot import PilotContext
from generator.present.pages.processes.index import ProcessesContext
from generator.present.pages.processes.node_tools import NodeToolsContext
from generator.present.pages.processes.process import ProcessContext
from generator.present.pages.processes.redesign import RedesignContext
from generator.present.pages.reviews.actions import ActionsContext
from generator.present.pages.reviews.agenda import AgendaContext
from generator.present.pages.reviews.coaching import CoachingContext
from generator.present.pages.reviews.cover import CoverContext
from generator.present.pages.reviews.index import ReviewsContext
from generator.present.pages.reviews.levels import LevelsContext
from generator.present.pages.reviews.printed import PrintedContext
from generator.present.pages.reviews.quarter_page import QuarterContext, SheetContext
from generator.present.pages.reviews.review import ReviewContext
from generator.present.pages.reviews.rhythm import RhythmContext
from generator.present.pages.roadmap import RoadmapContext, RoadmapStepContext
from generator.present.pages.signals import SignalsContext
from generator.present.templates import Templates
from generator.present.text.words import Words, labels
from generator.present.theme_files import theme_dir

CONTEXTS = {
    "home": HomeContext,
    "reviews/cover": CoverContext,
    "reviews/printed": PrintedContext,
    "library/index": IndicatorsContext,
    "library/indicator": IndicatorContext,
    "pilots/index": PilotsContext,
    "pilots/pilot": PilotContext,
    "pilots/people": PeopleContext,
    "processes/index": ProcessesContext,
    "processes/process": ProcessContext,
    "cases/find": FindCaseContext,
    "library/measures": MeasuresContext,
    "library/offices": OfficesContext,
    "processes/node_tools": NodeToolsContext,
    "pilots/incentives": IncentivesContext,
    "cases/spread": SpreadContext,
    "processes/redesign": RedesignContext,
    "reviews/coaching": CoachingContext,
    "roadmap": RoadmapContext,
    "pillars": PillarsContext,
    "roadmap_step": RoadmapStepContext,
    "library/strategy": StrategyContext,
    "library/loop": LoopContext,
    "library/cascade": CascadeContext,
    "library/x_matrix": XMatrixContext,
    "library/tree": TreeContext,
    "library/changes": ChangesContext,
    "library/collected": CollectedContext,
    "library/quality": QualityContext,
    "reviews/index": ReviewsContext,
    "reviews/review": ReviewContext,
    "cases/evidence": EvidenceContext,
    "reviews/quarter": QuarterContext,
    "reviews/sheet": SheetContext,
    "reviews/actions": ActionsContext,
    "reviews/agenda": AgendaContext,
    "reviews/rhythm": RhythmContext,
    "reviews/levels": LevelsContext,
    "diagnosis/index": DiagnosesContext,
    "diagnosis/diagnosis": DiagnosisContext,
    "diagnosis/questionnaire": QuestionnaireContext,
    "diagnosis/workshops": WorkshopsContext,
    "diagnosis/workshop_form": WorkshopFormContext,
    "cases/index": CasesContext,
    "cases/case": CaseContext,
    "cases/showcase": ShowcaseContext,
    "signals": SignalsContext,
    "downloads": DownloadsContext,
}
TEMPLATES = Environment(loader=FileSystemLoader(theme_dir() / "templates"), autoescape=True)
GLOBALS = {"t", "ui", "maps_ui", "reviews_ui"}


def test_every_page_template_has_a_context():
    folder = theme_dir() / "templates"
    found = {
        path.relative_to(folder).as_posix().removesuffix(".html.jinja")
        for path in folder.rglob("*.html.jinja")
    }
    assert {name for name in found if not name.startswith("macros/")} == set(CONTEXTS)


@pytest.mark.parametrize("kind", CONTEXTS)
def test_names_used_are_names_given(kind):
    source = (theme_dir() / "templates" / f"{kind}.html.jinja").read_text(encoding="utf-8")
    used = meta.find_undeclared_variables(TEMPLATES.parse(source)) - GLOBALS
    assert used == {field.name for field in fields(CONTEXTS[kind])}


@pytest.mark.parametrize("kind", CONTEXTS)
def test_every_section_has_a_title_in_every_language(kind):
    blocks = [name for name in TEMPLATES.get_template(f"{kind}.html.jinja").blocks if name != "lead"]
    for language in ("zh", "en"):
        assert {f"sections.{kind.replace('/', '.')}.{name}" for name in blocks} <= set(labels(language))


def test_templates_have_no_words_of_their_own():
    for path in (theme_dir() / "templates").rglob("*.jinja"):
        source = path.read_text(encoding="utf-8")
        text = "".join(token[2] for token in TEMPLATES.lex(source) if token[1] == "data")
        visible = re.sub(r"<[^>]*>?|[^<]*>", "", text)
        assert not re.search(r"[A-Za-z\u4e00-\u9fff]{3,}", visible), path.name


def test_a_further_language_compiles_no_template(monkeypatch):
    """What a build has compiled for one language it has for the others."""
    Templates(Words("zh"))
    monkeypatch.setattr(Environment, "compile", lambda *_given, **_named: pytest.fail("compiled again"))
    Templates(Words("en"))


def test_a_drawing_says_whole_places_without_a_point():
    """Places to the hundredth of a pixel; words that read like one stay as they are written."""
    source = '<path d="M{{ x }} {{ y }}H{{ far }}" x="{{ nought }}"/>{{ words }} {{ count }}'
    drawing = Templates(Words("en"))._drawings.from_string(source)
    drawn = drawing.render(x=27.0, y=19.004, far=126.456, nought=-0.0, words="20.0 d", count=3)
    assert drawn == '<path d="M27 19H126.46" x="0"/>20.0 d 3'
