"""The files of process maps for other tools: BPMN with the coordinates that the maps have on pages.

Only geometry is needed for it: no page, template or chart is imported here, and a contract holds that.
"""

from __future__ import annotations

from generator.compute.figures import Figures
from generator.exchange.bpmn_out import bpmn_xml
from generator.present.maps.geometry import maps_laid_out
from generator.present.text.format import Format
from generator.present.text.own_words import own_words


def bpmn_files(figures: Figures, language: str | None = None) -> dict[str, str]:
    """Every process map as BPMN 2.0, by file name; texts in `language`, else the handbook's first."""
    catalogue = figures.catalogue
    first = catalogue.handbook.languages[0]
    form = Format(language or first, first, own_words(figures.catalogue))
    files = {}
    for process in catalogue.processes.values():
        laid_out = maps_laid_out(process, figures.processes[process.id], catalogue.indicators, form)
        for name, drawn in process.maps.drawn:
            text = bpmn_xml(process, name, drawn, laid_out[name].diagram, form.language, first)
            files[f"{process.id}.{name.replace('_', '-')}.bpmn"] = text
    return files
