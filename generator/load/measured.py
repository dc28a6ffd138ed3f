"""What data/measured says, held against the processes and the steps that there are."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.measured import Measured
from generator.model.process import Process
from generator.problems import FilePosition, Problems, Source, nearest


def of_processes(
    measured: Mapping[str, Measured],
    processes: Mapping[str, Process],
    sources: Mapping[str, Source],
    problems: Problems,
) -> dict[str, Measured]:
    """What was measured of the processes that there are.

    Reports figures of no process, and warns where the map has changed since they were measured.
    """
    for id_, found in measured.items():
        source = sources.get(f"measured/{id_}")
        mark = source.mark(("id",)) if source is not None else FilePosition(f"data/measured/{id_}.yml", 1, 1)
        process = processes.get(id_)
        if process is None:
            problems.error(mark, "unknown-process", f"there is no process '{id_}'", nearest(id_, processes))
            continue
        gone = [step.id for one in found.maps for step in one.steps if step.id not in process.step_ids]
        if gone:
            message = f"measured steps that no map of '{id_}' has any more: {', '.join(gone[:5])}"
            problems.warning(mark, "measured-steps", message, f"run handbook measure --only {id_}")
    return {id_: one for id_, one in measured.items() if id_ in processes}
