"""The page kinds by topic. A new kind is a module, a template and a line here."""

from generator.present.pages import downloads, home, pillars, roadmap, signals
from generator.present.pages.cases import case, evidence, find, showcase, spread
from generator.present.pages.cases import index as cases_index
from generator.present.pages.diagnosis import diagnosis, questionnaire, workshop_form, workshops
from generator.present.pages.diagnosis import index as diagnosis_index
from generator.present.pages.library import (
    cascade,
    changes,
    collected,
    indicator,
    loop,
    measures,
    offices,
    quality,
    strategy,
    tree,
    x_matrix,
)
from generator.present.pages.library import index as library_index
from generator.present.pages.pilots import incentives, people, pilot
from generator.present.pages.pilots import index as pilots_index
from generator.present.pages.processes import index as processes_index
from generator.present.pages.processes import node_tools, process, redesign
from generator.present.pages.reviews import actions, agenda, coaching, levels, quarter_page, review, rhythm
from generator.present.pages.reviews import index as reviews_index

PAGE_KINDS = (
    home,
    strategy,
    cascade,
    x_matrix,
    loop,
    library_index,
    tree,
    changes,
    collected,
    quality,
    indicator,
    measures,
    offices,
    processes_index,
    process,
    redesign,
    node_tools,
    pilots_index,
    pilot,
    people,
    incentives,
    roadmap,
    pillars,
    reviews_index,
    review,
    evidence,
    quarter_page,
    agenda,
    actions,
    rhythm,
    levels,
    coaching,
    diagnosis_index,
    diagnosis,
    questionnaire,
    workshops,
    workshop_form,
    cases_index,
    case,
    find,
    spread,
    signals,
    downloads,
)
"""Each has `pages(ctx)`, which yields its pages."""
SHOWCASE_KINDS = (showcase, cases_index, case, find, process, pilot, indicator)
"""The kinds of a collection of cases: its cover, the cases, and what they lead to."""
