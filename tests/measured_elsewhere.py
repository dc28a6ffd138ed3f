"""The simulated log measured from files and from a company's own engine: both must say the same."""

from __future__ import annotations

from pathlib import Path

from generator.load.validate import validate
from generator.load.yaml_file import load_yaml_text
from generator.measure.measure import measured_and_results
from generator.model.handbook import Handbook
from generator.model.measured import Measured
from generator.model.process import Process
from generator.problems import Problems, as_text
from tests import made_log

MINIMAL = Path(__file__).parents[1] / "examples/minimal/data/handbook.yml"
RESULTS = """  source: shop
  query: select *, case when region = 'north' then 'n' else 's' end as pilot from events
  results: {cycle_time: a, first_pass_yield: b, waiting_share: c, automation: d}
"""


def measured_from(source: str, root: Path, more: str = "") -> tuple[Measured, str]:
    """What is measured of the log by a source ("postgres, address: …"), and its results; `more` of maps."""
    problems = Problems()
    text = made_log.PROCESS.replace("  table: events\n", RESULTS) + more
    read = load_yaml_text(text, "data/processes/repair.yml", problems)
    process = validate(read, Process, problems) if read else None
    written = f"{MINIMAL.read_text(encoding='utf-8')}\nsources: [{{id: shop, kind: {source}}}]\n"
    read = load_yaml_text(written, "data/handbook.yml", problems)
    handbook = validate(read, Handbook, problems) if read else None
    assert process is not None, as_text(problems)
    assert process.log is not None, as_text(problems)
    assert handbook is not None, as_text(problems)
    return measured_and_results(process, process.log, handbook, ("n", "s"), root)
