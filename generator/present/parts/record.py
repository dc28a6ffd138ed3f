"""The record sheet of an indicator: everything of its file that is not told elsewhere on its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from generator.compute.figures import Figures
from generator.compute.insight.named import named
from generator.model.common import Owner
from generator.model.indicator import Indicator
from generator.model.text import Text
from generator.present.links import Links, Ref
from generator.present.text.format import Format
from generator.present.text.unbroken import NBSP


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One entry of a sheet: words, or links."""

    label: str
    html: Markup = Markup("")
    refs: tuple[Ref, ...] = ()
    stands: Literal["first", "rule", "sheet"] = "sheet"
    """On an indicator's page: beside its definition, among the rules of its use, or in the folded sheet."""


def record(figures: Figures, form: Format, indicator: Indicator, links: Links) -> tuple[RecordRow, ...]:
    """The sheet in reading order: purpose, calculation, data, people, use, care."""
    words = form.words
    rows = [
        *_purpose(figures, form, indicator, links),
        RecordRow(words("record.category"), _label(form, "category", indicator.category)),
        RecordRow(words("record.goal_type"), _label(form, "goal_type", indicator.goal_type)),
        RecordRow(words("record.office"), _label(form, "office", indicator.office)),
        RecordRow(words("record.direction"), _direction(form, indicator)),
        RecordRow(words("record.unit"), escape(form.text(indicator.unit))),
        RecordRow(words("record.frequency"), _label(form, "frequency", indicator.frequency), stands="first"),
        RecordRow(words("record.rollup"), _label(form, "rollup", indicator.rollup)),
        RecordRow(words("record.limits"), _limits(form, indicator)),
        RecordRow(words("record.targets"), _targets(form, indicator)),
        RecordRow(words("record.source"), _source(form, indicator), stands="first"),
        RecordRow(words("record.owner"), escape(owner_text(figures, form, indicator.owner)), stands="first"),
        RecordRow(words("record.applies_to"), _applies(figures, form, indicator), stands="rule"),
        RecordRow(words("record.incentive"), _label(form, "incentive", indicator.incentive), stands="rule"),
        RecordRow(
            words("record.unintended_effects"), form.inline(indicator.unintended_effects), stands="rule"
        ),
        RecordRow(words("record.action_when_red"), form.inline(indicator.action_when_red), stands="rule"),
        RecordRow(
            words("record.replaces"),
            refs=tuple(links.indicator(i) for i in indicator.replaces if i in figures.catalogue.indicators),
        ),
        RecordRow(
            words("record.aliases"), escape(form.join([form.text(alias) for alias in indicator.aliases]))
        ),
        RecordRow(words("record.verified_by"), _verified(form, indicator)),
        RecordRow(
            words("record.review_by"),
            escape(form.period(indicator.review_by) if indicator.review_by else ""),
            stands="first",
        ),
    ]
    return tuple(row for row in rows if row.html or row.refs)


def _purpose(figures: Figures, form: Format, indicator: Indicator, links: Links) -> Iterable[RecordRow]:
    """What it serves, or served while it was in use: goals, and other indicators."""
    retired = indicator.status == "retired"
    yield RecordRow(
        form.words("record.goals_before" if retired else "record.goals"),
        _goals(figures, form, indicator, links),
    )
    yield RecordRow(
        form.words("record.contributed_to" if retired else "record.contributes_to"),
        Markup("<br>").join(
            with_how(form, links.indicator(link.indicator), link.how) for link in indicator.contributes_to
        ),
    )


def scope_rows(form: Format, indicator: Indicator) -> Iterable[RecordRow]:
    """What counts and what does not."""
    words = form.words
    for label, texts in (("include", indicator.scope.include), ("exclude", indicator.scope.exclude)):
        if texts:
            told = Markup("<br>").join(form.inline(text) for text in texts)
            yield RecordRow(words(f"indicator.{label}"), told)


def _label(form: Format, group: str, value: str | None) -> Markup:
    return escape(form.words(f"indicator.{group}.{value}")) if value else Markup("")


def _goals(figures: Figures, form: Format, indicator: Indicator, links: Links) -> Markup:
    """Each goal as a link to its place on the strategy page, with how it is supported."""
    strategy = figures.catalogue.strategy
    names = {goal.id: goal.name for goal in strategy.goals} if strategy else {}
    parts = []
    for support in indicator.supports:
        name = form.text(names.get(support.goal)) or support.goal
        address = links.to("strategy.md", f"goal-{support.goal}") if support.goal in names else ""
        parts.append(with_how(form, Ref(name, address), support.how))
    return Markup("<br>").join(parts)


def with_how(form: Format, ref: Ref, how: Text | None) -> Markup:
    """What is served, as a link where its page is in the edition, and how it is."""
    name = Markup('<a href="{}">{}</a>').format(ref.href, ref.title) if ref.href else escape(ref.title)
    text = form.inline(how)
    return escape(form.words("record.goal_how")).format(name=name, how=text) if text else name


def _direction(form: Format, indicator: Indicator) -> Markup:
    if indicator.direction == "range" and indicator.range:
        ends = named(tuple(indicator.range), f"indicators/{indicator.id}/range")
        low, high = (form.value(end, indicator) for end in ends)
        return escape(form.words("indicator.direction.range", low=low, high=high))
    return _label(form, "direction", indicator.direction)


def _verified(form: Format, indicator: Indicator) -> Markup:
    """Who held the definition against the data, and when."""
    if indicator.verified is None:
        return Markup("")
    parts = [form.date(indicator.verified.on), form.text(indicator.verified.by)]
    return escape(form.words("punctuation.dot").join(part for part in parts if part))


def _limits(form: Format, indicator: Indicator) -> Markup:
    """The physically possible values."""
    limits = {
        "min": named(indicator.limits.min, f"indicators/{indicator.id}/limits/min"),
        "max": named(indicator.limits.max, f"indicators/{indicator.id}/limits/max"),
    }
    ends = (("limits_min", "low", limits["min"]), ("limits_max", "high", limits["max"]))
    parts = [
        form.words(f"record.{label}", **{name: form.value(end, indicator)})
        for label, name, end in ends
        if end is not None
    ]
    return escape(form.join(parts))


def _targets(form: Format, indicator: Indicator) -> Markup:
    """The targets in order of time, newest last."""
    lines = []
    for place, target in enumerate(indicator.targets):
        at = f"indicators/{indicator.id}/targets/{place}"
        parts = [
            form.words(
                f"record.bar.{name}",
                value=form.value(named(value, f"{at}/{name}"), indicator),
            )
            for name, value in (
                ("floor", target.floor),
                ("target", target.target),
                ("stretch", target.stretch),
            )
            if value is not None
        ]
        lines.append(
            form.words("record.target_line", start=form.period(target.from_), values=form.join(parts))
        )
    return Markup("<br>").join(lines)


def _source(form: Format, indicator: Indicator) -> Markup:
    source, words = indicator.source, form.words
    if source is None:
        return Markup("")
    parts = [form.text(source.system)]
    if source.table:
        parts.append(source.table)
    if source.collection:
        parts.append(words(f"indicator.collection.{source.collection}"))
    if source.refresh:
        parts.append(words("record.refresh", frequency=words(f"indicator.frequency.{source.refresh}")))
    return escape(words("punctuation.dot").join(parts))


def unit_name(figures: Figures, form: Format, unit: str | None) -> str:
    """The name of an organisational unit."""
    for known in figures.catalogue.handbook.units:
        if known.id == unit:
            return form.text(known.name)
    return unit or ""


def owner_text(figures: Figures, form: Format, owner: Owner | None) -> str:
    """Unit, role and, where the edition may show it, person."""
    if owner is None:
        return ""
    parts = [
        unit_name(figures, form, owner.unit),
        form.text(owner.role),
        (owner.person or "").replace(" ", NBSP),
    ]
    return form.words("punctuation.dot").join(part for part in parts if part)


def people_names(figures: Figures, form: Format, *owners: Owner | None) -> tuple[str, ...]:
    """Units, roles and, where the edition may show them, persons: what search finds an owner by."""
    names = [
        name
        for owner in owners
        if owner is not None
        for name in (unit_name(figures, form, owner.unit), form.text(owner.role), owner.person or "")
    ]
    return tuple(dict.fromkeys(name for name in names if name))


def _applies(figures: Figures, form: Format, indicator: Indicator) -> Markup:
    lines = []
    for post in indicator.applies_to:
        who = [unit_name(figures, form, post.unit), form.text(post.role)]
        text = form.words("punctuation.dot").join(part for part in who if part)
        when = form.text(post.when)
        lines.append(form.words("record.applies_when", who=text, when=when) if when else text)
    return Markup("<br>").join(lines)
