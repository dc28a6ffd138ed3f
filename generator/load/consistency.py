"""What fits together in a file and across files beyond plain names: circles, order of dates, limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import floor

from generator.load.references import Names, check_name
from generator.model.calendar import Calendar
from generator.model.case import CaseHead
from generator.model.colour import READABLE, WHITE, contrast, readable
from generator.model.diagnosis import Diagnosis, Questionnaire
from generator.model.handbook import FORMAT, ORIGIN_COLUMNS, RESULT_COLUMNS, Handbook
from generator.model.indicator import Indicator, Limits, Target
from generator.model.pilot import Pilot
from generator.model.process import Process
from generator.model.review import Review
from generator.model.roadmap import Roadmap
from generator.model.unit import sizes_of
from generator.problems import FilePosition, Loc, Problems, Source, found, nearest

Sources = Mapping[str, Source]


def check_handbook(handbook: Handbook, source: Source, problems: Problems) -> None:
    """Languages have labels; dimensions do not hide a fixed column; units have no circle; scores ascend."""
    if handbook.format > FORMAT:
        message = f"the files are of format {handbook.format}, this version of handbook reads {FORMAT}"
        problems.error(source.mark(("format",)), "newer-format", message, "install a newer version of it")
    _check_brand(handbook, source, problems)
    for position, dimension in enumerate(handbook.dimensions):
        if dimension.id in (*RESULT_COLUMNS, *ORIGIN_COLUMNS):
            message = f"'{dimension.id}' is a fixed column of the results"
            mark = source.mark(("dimensions", position, "id"))
            problems.error(mark, "bad-id", message, "give it another id")
    edges: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    for position, unit in enumerate(handbook.units):
        edges.setdefault(unit.id, [unit.parent] if unit.parent else [])
        places.setdefault(unit.id, position)
    for circle in circles(edges):
        mark = source.mark(("units", places[circle[0]], "parent"))
        report_circle(circle, mark, "a unit cannot belong to itself", problems)
    points = handbook.scoring
    if not points.below_floor <= points.floor <= points.target <= points.stretch:
        message = "the points do not ascend from below_floor over floor and target to stretch"
        problems.error(source.mark(("scoring",)), "bad-value", message, "e.g. 0, 60, 100, 120")


def _check_brand(handbook: Handbook, source: Source, problems: Problems) -> None:
    """Colours that can be read (the header's under white text, the links' on white), a contact that leads
    somewhere: one address stands on pages of every folder."""
    brand = handbook.brand
    if brand is not None and brand.contact and ":" not in brand.contact:
        message = f"{found(brand.contact)} is no address: as a path it leads elsewhere from every folder"
        hint = "write mailto:… or https://…"
        problems.error(source.mark(("brand", "contact")), "bad-link", message, hint)
    for key, what in (("primary", "white text on it"), ("accent", "it as text on white")):
        colour = getattr(brand, key, None)
        if colour is not None and contrast(colour, WHITE) < READABLE:
            ratio = floor(contrast(colour, WHITE) * 100) / 100
            message = f"{key}: {colour} is too light: {what} has a contrast of {ratio:g} to 1"
            hint = f"{READABLE:g} is the least; the nearest shade that does is '{readable(colour, WHITE)}'"
            problems.error(source.mark(("brand", key)), "low-contrast", message, hint)


def check_indicators(
    indicators: Mapping[str, Indicator], calendar: Calendar | None, sources: Sources, problems: Problems
) -> None:
    """Within each indicator, and what only shows when all are seen together.

    Here and below `calendar` is None where the handbook does not tell it: then nothing is said of
    the order of periods.
    """
    codes: dict[str, str] = {}
    for id_, indicator in indicators.items():
        source = sources[f"indicators/{id_}"]
        _check_indicator(indicator, calendar, source, problems)
        if indicator.code is not None:
            first = codes.setdefault(indicator.code, id_)
            if first != id_:
                place = sources[f"indicators/{first}"].mark(("code",))
                message = f"the code '{indicator.code}' is taken by '{first}'"
                hint = f"see {place}; a code is unique"
                problems.error(source.mark(("code",)), "duplicate-code", message, hint)
    edges = {id_: [c.indicator for c in i.contributes_to] for id_, i in indicators.items()}
    for circle in circles(edges):
        position = edges[circle[0]].index(circle[1])
        mark = sources[f"indicators/{circle[0]}"].mark(("contributes_to", position, "indicator"))
        report_circle(circle, mark, "leave out one of these links", problems)


def _check_indicator(
    indicator: Indicator, calendar: Calendar | None, source: Source, problems: Problems
) -> None:
    def error(loc: Loc, rule: str, message: str, hint: str = "", key: bool = False) -> None:
        problems.error(source.mark(loc, key=key), rule, message, hint)

    if indicator.direction == "range" and indicator.range is None:
        error(("direction",), "missing-key", "direction: range needs the key 'range'", "e.g. range: [80, 95]")
    for language in indicator.unit_factor:
        if indicator.unit is None or language not in indicator.unit.languages:
            hint = "write the unit in that language under unit, e.g. unit: {zh: 万元, en: CNY}"
            message = f"unit_factor: the unit says nothing of its own in {found(language)}"
            error(("unit_factor", language), "bad-value", message, hint, key=True)
    for name in _of_two_sizes(indicator):
        hint = "write another unit in one of the languages, e.g. unit: {zh: 万元, en: CNY}"
        message = f"unit_factor: {found(name)} is the unit of values in two sizes"
        error(("unit_factor",), "bad-value", message, hint, key=True)
    if indicator.range is not None:
        if indicator.direction != "range":
            hint = "write direction: range, or delete 'range'"
            error(("range",), "bad-value", "range: is given, but the direction is not range", hint, key=True)
        if indicator.range[0] >= indicator.range[1]:
            error(("range",), "bad-value", "range: the first number is not less than the second", "swap them")
    least, most = indicator.limits.min, indicator.limits.max
    if least is not None and most is not None and least >= most:
        error(("limits",), "bad-value", f"limits: min {least:g} is not less than max {most:g}", "swap them")
    if indicator.id in indicator.guarded_by:
        position = indicator.guarded_by.index(indicator.id)
        hint = "name what must not get worse while this one gets better"
        error(("guardrails", position), "bad-value", "guardrails: an indicator cannot guard itself", hint)
    if indicator.status != "retired":
        for key in ("replaced_by", "retired_on"):
            if getattr(indicator, key) is not None:
                hint = "write status: retired, or delete this key"
                message = f"{key}: is given, but the status is {indicator.status}"
                error((key,), "bad-value", message, hint, key=True)
    check_targets(indicator.targets, ("targets",), indicator, calendar, source, problems)
    days = [entry.date for entry in indicator.history]
    for position, (before, day) in enumerate(pairwise(days), start=1):
        if day < before:
            message = f"history: {day} stands after {before}"
            error(("history", position, "date"), "bad-order", message, "the newest entry stands last")


def _of_two_sizes(indicator: Indicator) -> Iterator[str]:
    """The names of a unit that languages share and count in other sizes: nobody can tell what one means."""
    sizes: dict[str, set[float]] = {}
    for name, size in sizes_of(indicator.unit, indicator.unit_factor) if indicator.unit else ():
        sizes.setdefault(name.strip(), set()).add(size)
    return (name for name, found_sizes in sizes.items() if len(found_sizes) > 1)


def check_targets(
    targets: Sequence[Target],
    loc: Loc,
    indicator: Indicator | None,
    calendar: Calendar | None,
    source: Source,
    problems: Problems,
) -> None:
    starts = [calendar.start(target.from_) for target in targets] if calendar is not None else []
    for position, (before, start) in enumerate(pairwise(starts), start=1):
        if start <= before:
            message = f"from: {targets[position].from_} does not follow {targets[position - 1].from_}"
            mark = source.mark((*loc, position, "from"))
            problems.error(mark, "bad-order", message, "the newest targets stand last, one entry a start")
    for position, target in enumerate(targets):
        figures = {name: getattr(target, name) for name in ("floor", "target", "stretch")}
        given = {name: figure for name, figure in figures.items() if figure is not None}
        if not given:
            mark = source.mark((*loc, position))
            message = "the entry has no floor, target or stretch"
            problems.error(mark, "missing-key", message, "give at least one")
        for name, figure in given.items():
            limits = indicator.limits if indicator and _ordered(indicator.limits) else None
            if limits and (
                (limits.min is not None and figure < limits.min)
                or (limits.max is not None and figure > limits.max)
            ):
                mark = source.mark((*loc, position, name))
                message = f"{name}: {figure:g} is outside the limits of '{indicator.id if indicator else ''}'"
                problems.error(mark, "outside-limits", message, "correct it, or the indicator's limits")


def _ordered(limits: Limits) -> bool:
    """Limits the wrong way round are reported themselves; no value could fit them."""
    return limits.min is None or limits.max is None or limits.min < limits.max


def check_process(process: Process, source: Source, problems: Problems) -> None:
    """Steps lie in lanes and stages that the process has; ways between steps are the rule process-links'."""
    lanes, stages = [lane.id for lane in process.lanes], [stage.id for stage in process.stages]
    names = Names({"lane": lanes, "stage": stages})
    for key, map_ in (("as_is", process.maps.as_is), ("to_be", process.maps.to_be)):
        for position, step in enumerate(map_.steps if map_ else ()):
            loc = ("maps", key, "steps", position)
            for kind, name in (("lane", step.lane), ("stage", step.stage)):
                if name is not None:
                    check_name(kind, name, source, (*loc, kind), names, problems)
            if step.lane is None and process.lanes:
                message = f"the step '{step.id}' is in no lane"
                hint = nearest("", lanes)
                problems.error(source.mark(loc), "missing-key", message, f"give it a lane, {hint}")
            if step.gateway and step.event:
                message = f"the step '{step.id}' is both a gateway and an event"
                problems.error(source.mark((*loc, "event")), "bad-value", message, "keep one of the two")
            for index, symptom in enumerate(step.symptoms):
                if symptom.kind == "other" and symptom.text is None:
                    mark = source.mark((*loc, "symptoms", index))
                    hint = "write {other: what is seen}"
                    problems.error(mark, "missing-key", "symptoms: other needs a text", hint)


def check_pilot(
    pilot: Pilot,
    processes: Mapping[str, Process],
    indicators: Mapping[str, Indicator],
    roadmap: Roadmap | None,
    calendar: Calendar | None,
    source: Source,
    *,
    problems: Problems,
) -> None:
    """Dates and periods in order; steps and outputs that the process and the roadmap have; one baseline."""
    process = processes.get(pilot.process or "")
    if process:
        names = Names({"step": process.step_ids})
        for key in ("changes", "tools", "training"):
            for position, part in enumerate(getattr(pilot, key)):
                for index, step in enumerate(part.steps):
                    check_name("step", step, source, (key, position, "steps", index), names, problems)
    first, last = pilot.period.from_, pilot.period.to
    if last is not None and calendar is not None and calendar.end(last) < calendar.start(first):
        message = f"to: {last} lies before {first}"
        problems.error(source.mark(("period", "to")), "bad-order", message, "swap them")
    for position, item in enumerate(pilot.pack):
        loc: Loc = ("pack", position)
        measured = indicators.get(item.indicator)
        check_targets(item.targets, (*loc, "targets"), measured, calendar, source, problems)
        if item.baseline is not None and (item.baseline.period is None) == (item.baseline.value is None):
            message = "baseline: needs either a period or a value"
            hint = "write {period: 2024-Q4} or {value: 25.2}"
            problems.error(source.mark((*loc, "baseline")), "bad-value", message, hint)
    steps = roadmap.steps if roadmap else ()
    outputs = {step.number: [output.id for output in step.outputs] for step in steps}
    for position, progress in enumerate(pilot.steps):
        if progress.started and progress.finished and progress.finished < progress.started:
            mark = source.mark(("steps", position, "finished"))
            message = f"finished: {progress.finished} lies before {progress.started}"
            problems.error(mark, "bad-order", message, "swap the two dates, or correct one")
        if progress.started and progress.due and progress.due < progress.started:
            mark = source.mark(("steps", position, "due"))
            message = f"due: {progress.due} lies before {progress.started}"
            problems.error(mark, "bad-order", message, "swap the two dates, or correct one")
        for index, output in enumerate(progress.outputs if progress.step in outputs else ()):
            names = Names({"output": outputs[progress.step]})
            where = ("steps", position, "outputs", index, "output")
            check_name("output", output.output, source, where, names, problems)
    for position, training in enumerate(pilot.training):
        invited, attended = training.invited, training.attended
        if invited is not None and attended is not None and attended > invited:
            mark = source.mark(("training", position, "attended"))
            message = f"attended: {attended} is more than the {invited} invited"
            problems.warning(mark, "bad-value", message, "correct one of the two")


def check_review(
    review: Review,
    pilots: Mapping[str, Pilot],
    processes: Mapping[str, Process],
    source: Source,
    problems: Problems,
) -> None:
    """Actions answer problems of this review and close once; problems sit at steps of the process."""
    names = Names({"problem": [problem.id for problem in review.problems]})
    for position, action in enumerate(review.actions):
        if action.problem is not None:
            check_name("problem", action.problem, source, ("actions", position, "problem"), names, problems)
        if action.closed is not None and action.status in ("open", "doing"):
            mark = source.mark(("actions", position, "closed"))
            message = f"closed: {action.closed} stands beside 'status: {action.status}'"
            problems.error(mark, "bad-value", message, "write 'status: done' or 'dropped', or leave it out")
    for position, problem in enumerate(review.problems):
        if problem.conditions is not None and problem.factor != "conditions":
            mark = source.mark(("problems", position, "conditions"), key=True)
            message = "conditions: says whose they are, and the factor is not conditions"
            problems.error(mark, "bad-value", message, "write factor: conditions, or leave it out")
    pilot = pilots.get(review.pilot)
    process = processes.get(pilot.process or "") if pilot else None
    if process:
        names = Names({"step": process.step_ids})
        for position, problem in enumerate(review.problems):
            if problem.step is not None:
                check_name("step", problem.step, source, ("problems", position, "step"), names, problems)


def check_diagnosis(
    diagnosis: Diagnosis, questionnaire: Questionnaire, source: Source, problems: Problems
) -> None:
    """Scores answer questions that exist, on the scale."""
    names = Names({"question": [question.id for question in questionnaire.questions]})
    scale = questionnaire.scale
    for key in ("scores", "notes"):
        for question in getattr(diagnosis, key):
            if not names.has("question", question):
                mark = source.mark((key, question), key=True)
                hint = nearest(question, names.known["question"])
                problems.error(mark, "unknown-question", f"unknown question '{question}'", hint)
    for question, score in diagnosis.scores.items():
        if not scale.min <= score <= scale.max:
            message = f"{question}: {score:g} is not on the scale {scale.min:g}–{scale.max:g}"
            problems.error(source.mark(("scores", question)), "bad-value", message, "correct the score")


def check_bottlenecks(
    diagnosis: Diagnosis,
    processes: Mapping[str, Process],
    pilots: Mapping[str, Pilot],
    source: Source,
    problems: Problems,
) -> None:
    """A bottleneck's steps are those of its process, its changes those of its pilot."""
    for position, bottleneck in enumerate(diagnosis.bottlenecks):
        process, pilot = processes.get(bottleneck.process or ""), pilots.get(bottleneck.pilot or "")
        inner = (
            ("steps", "step", "process", process.step_ids if process else None),
            ("changes", "change", "pilot", [change.id for change in pilot.changes] if pilot else None),
        )
        for key, kind, owner, known in inner:
            named = getattr(bottleneck, key)
            if named and getattr(bottleneck, owner) is None:
                mark = source.mark(("bottlenecks", position, key))
                message, hint = f"{key}: needs the key '{owner}'", f"name the {owner} they belong to"
                problems.error(mark, "missing-key", message, hint)
            elif known is not None:
                for index, name in enumerate(named):
                    where = ("bottlenecks", position, key, index)
                    check_name(kind, name, source, where, Names({kind: known}), problems)


def check_questionnaire(questionnaire: Questionnaire, source: Source, problems: Problems) -> None:
    """The scale has a length, and where answers have anchors, each has one."""
    scale = questionnaire.scale
    if scale.min >= scale.max:
        message = f"scale: min {scale.min:g} is not less than max {scale.max:g}"
        problems.error(source.mark(("scale",)), "bad-value", message, "e.g. {min: 1, max: 5}")
        return
    steps = floor(scale.max - scale.min) + 1
    for position, question in enumerate(questionnaire.questions):
        if question.anchors and len(question.anchors) != steps:
            count = "1 anchor" if len(question.anchors) == 1 else f"{len(question.anchors)} anchors"
            message = f"{count} for the {steps} answers {scale.min:g}–{scale.max:g}"
            mark = source.mark(("questions", position, "anchors"))
            problems.error(mark, "bad-value", message, "say what each answer looks like, the lowest first")


def check_case(head: CaseHead, pilots: Mapping[str, Pilot], source: Source, problems: Problems) -> None:
    """The change that a case tells of is one of its pilot's."""
    if head.change is None:
        return
    if head.pilot is None:
        message, hint = "change: needs the key 'pilot'", "name the pilot that made it"
        problems.error(source.mark(("change",)), "missing-key", message, hint)
    elif head.pilot in pilots:
        names = Names({"change": [change.id for change in pilots[head.pilot].changes]})
        check_name("change", head.change, source, ("change",), names, problems)


def circles(edges: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Circles in a graph, each once and from its first node in order: [a, b, a]. Every circle of a knot of
    several is broken by one of those found, so mending these and checking again ends."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in sorted(edges):
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, True)]
        while stack:
            node, entering = stack.pop()
            if not entering:
                path.pop()
                on_path.discard(node)
                done.add(node)
            elif node in on_path:
                found.append(_from_least(path[path.index(node) :]))
            elif node not in done and node in edges:
                path.append(node)
                on_path.add(node)
                stack.append((node, False))
                stack.extend((target, True) for target in sorted(set(edges[node]), reverse=True))
    return found


def _from_least(circle: list[str]) -> list[str]:
    at = circle.index(min(circle))
    return [*circle[at:], *circle[:at], circle[at]]


def report_circle(circle: Sequence[str], mark: FilePosition, hint: str, problems: Problems) -> None:
    problems.error(mark, "circle", f"a circle: {' → '.join(circle)}", hint)
