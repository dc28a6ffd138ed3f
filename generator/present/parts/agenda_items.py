"""The agenda of a meeting in sentences: what changed since the last one, grouped, and where nothing did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.compute.effects.claim import Claim
from generator.compute.insight.actions import ActionState
from generator.compute.insight.agenda import Agenda, SignalNews, TurnNews
from generator.compute.series import tones
from generator.compute.series.assessed import AssessedPoint
from generator.compute.series.tones import Tone, tone_in
from generator.model.indicator import HistoryEntry
from generator.model.restatement import told_before
from generator.model.result import Observation
from generator.present.links import Links, Ref, path_of
from generator.present.page_context import PageContext
from generator.present.parts.claims import (
    claim_dated,
    cost_texts,
    doubt_texts,
    figures_text,
    verdict_word,
    why_text,
)
from generator.present.parts.findings import signal_word
from generator.present.parts.meetings import days_late
from generator.present.parts.record import owner_text
from generator.present.text.prose import plain
from generator.present.text.value_text import target_text, value_text


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One point to speak of."""

    kind: str
    """What it is, in a word or two."""
    tone: Tone
    text: Markup


@dataclass(frozen=True, slots=True)
class AgendaGroup:
    """Points of one sort; without any, a sentence that says so."""

    title: str
    lines: tuple[AgendaLine, ...]
    nothing: str


class AgendaWriter:
    """Writes the agenda of one pilot for one page."""

    def __init__(self, ctx: PageContext, links: Links) -> None:
        self.ctx, self.links = ctx, links
        self.form, self.words = ctx.format, ctx.format.words

    def groups(self, agenda: Agenda, held: bool = False) -> tuple[AgendaGroup, ...]:
        """Figures, data, changes, actions: in the order of a meeting; one that was held has no actions."""
        made = {
            "figures": tuple(self._figures(agenda)),
            "data": tuple(self._data(agenda)),
            "changes": tuple(self._changes(agenda)),
            "actions": tuple(self._actions(agenda)),
        }
        return tuple(
            AgendaGroup(
                self.words(f"agenda.group.{name}"),
                lines,
                self.words("agenda.nothing_shown" if agenda.in_part else f"agenda.nothing.{name}"),
            )
            for name, lines in made.items()
            if not (held and name == "actions")
        )

    def _line(self, kind: str, tone: Tone, key: str, **parts: object) -> AgendaLine:
        """A sentence with its links put in; names and authors' texts are escaped."""
        return AgendaLine(self.words(f"agenda.kind.{kind}"), tone, self.words.html(key, **parts))

    def _link(self, ref: Ref) -> Markup:
        return Markup('<a href="{}">{}</a>').format(ref.href, ref.title) if ref.href else escape(ref.title)

    def _name(self, indicator: str) -> Markup:
        return self._link(self.links.indicator(indicator))

    def _inside(self, indicator: str) -> Markup:
        """The name as it stands inside a sentence."""
        name = self.form.inside(self.ctx.figures.catalogue.indicators[indicator].name)
        return self._link(Ref(name, self.links.indicator(indicator).href))

    def _value(self, indicator: str, value: float | None) -> str:
        found = self.ctx.figures.catalogue.indicators[indicator]
        return self.form.valued(value, found)

    # -- figures

    def _figures(self, agenda: Agenda) -> Iterator[AgendaLine]:
        if agenda.gate is not None:
            yield self._line("gate", tone_in(tones.GATE, agenda.gate), f"agenda.gate.{agenda.gate}")
        for news in agenda.signals:
            yield self._signal(news)
        for turn in agenda.turns:
            yield self._turn(turn)
        for claim in agenda.told:
            yield self._told(claim)

    def _signal(self, news: SignalNews) -> AgendaLine:
        return self._line(
            "signal",
            news.standing.signal_tone,
            "agenda.signal",
            name=self._name(news.indicator),
            period=self.form.period(news.point.point.period),
            value=self._value(news.indicator, news.point.point.value),
            rule=self.words(f"signal.rule.{news.signal.mark}"),
            word=signal_word(self.ctx.format, news.standing),
        )

    def _turn(self, turn: TurnNews) -> AgendaLine:
        period = self.form.period(turn.point.point.period)
        return self._line(
            turn.turn,
            turn.tone,
            f"agenda.turn.{turn.turn}",
            name=self._name(turn.indicator),
            period=period if turn.point.point.complete else self.words("agenda.so_far", period=period),
            value=value_text(self.form, turn.point, self.ctx.figures.catalogue.indicators[turn.indicator]),
            target=self._target(turn.indicator, turn.point),
        )

    def _target(self, indicator: str, point: AssessedPoint) -> str:
        return target_text(self.form, point, self.ctx.figures.catalogue.indicators[indicator])

    def _told(self, claim: Claim) -> AgendaLine:
        sentences = (
            verdict_word(self.ctx.format, claim),
            *doubt_texts(self.ctx.figures, self.ctx.format, claim),
            *cost_texts(self.ctx.figures, self.ctx.format, claim),
        )
        return self._line(
            "told",
            claim.tone,
            "agenda.told",
            changes=self._claimed(claim),
            name=self._inside(claim.indicator),
            n=claim.effect.look.periods if claim.effect.look else 0,
            figures=figures_text(self.ctx.figures, self.ctx.format, claim),
            verdict=self.words("punctuation.clause").join(sentences),
        )

    # -- data

    def _data(self, agenda: Agenda) -> Iterator[AgendaLine]:
        for row in agenda.restated:
            yield self._restated(row)
        for indicator, entry in agenda.definitions:
            yield self._definition(indicator, entry)
        for late in agenda.late:
            yield self._line(
                "late",
                tone_in(tones.FAULT, "late"),
                "agenda.late",
                name=self._name(late.indicator),
                period=self.form.period(late.last),
                due=self.form.date(late.due),
            )

    def _restated(self, row: Observation) -> AgendaLine:
        parts: dict[str, object] = {
            "name": self._name(row.indicator),
            "period": self.form.period(row.period),
            "value": self._value(row.indicator, self._told_value(row)),
            "date": self.form.date(row.as_of),
        }
        was = told_before(self.ctx.figures.catalogue.restated, row)
        if was is None:
            return self._line("restated", "normal", "agenda.restated", **parts)
        old = self._value(row.indicator, was)
        return self._line("restated", "normal", "agenda.restated_from", old=old, **parts)

    def _told_value(self, row: Observation) -> float | None:
        """The value with its name, where it is still the one that is told."""
        series = self.ctx.figures.series.get((row.indicator, row.pilot, row.cell))
        for point in series.points if series else ():
            if point.point.period == row.period and point.point.value == row.value:
                return point.point.value
        return row.value

    def _definition(self, indicator: str, entry: HistoryEntry) -> AgendaLine:
        text = _bare(plain(self.form.text(entry.text)))
        page = self.links.to(path_of("indicator", indicator), "history")
        line = self._line(
            "definition",
            "normal",
            "agenda.definition" if text else "agenda.definition_bare",
            name=self._link(Ref(self.links.indicator(indicator).title, page)),
            date=self.form.date(entry.date),
            change=self.words(f"history.{entry.change}").lower(),
            text=text,
        )
        if not entry.breaks_series:
            return line
        return AgendaLine(line.kind, tone_in(tones.FAULT, "break"), line.text + self.words("agenda.breaks"))

    # -- changes

    def _claimed(self, claim: Claim) -> Markup:
        """All changes of a claim, leading to what they did on the pilot's page."""
        address = self.links.to(path_of("pilot", claim.pilot), "effects")
        return self._link(Ref(claim_dated(self.ctx.figures, self.ctx.format, claim), address))

    def _changes(self, agenda: Agenda) -> Iterator[AgendaLine]:
        for change in agenda.changes:
            names = [self._inside(indicator) for indicator in change.indicators]
            yield self._line(
                "change",
                "normal",
                "agenda.change" if names else "agenda.change_bare",
                date=self.form.date(change.date),
                text=_bare(plain(self.form.text(change.text))),
                names=self.form.listed(names),
            )
        for claim in agenda.waiting:
            yield self._line(
                "waiting",
                "normal",
                "agenda.waiting",
                changes=self._claimed(claim),
                name=self._inside(claim.indicator),
                why=why_text(self.ctx.figures, self.ctx.format, claim),
            )

    # -- actions

    def _actions(self, agenda: Agenda) -> Iterator[AgendaLine]:
        for task in agenda.overdue:
            late = self.words.count("actions.late", days_late(task))
            yield self._task("overdue", task, late=late)
        for task in agenda.due:
            yield self._task("due", task)

    def _task(self, kind: str, task: ActionState, **parts: object) -> AgendaLine:
        owner = owner_text(self.ctx.figures, self.ctx.format, task.action.owner)
        address = self.links.to(path_of("review", task.review.id), "actions")
        return self._line(
            kind,
            tone_in(tones.FAULT, kind),
            f"agenda.{kind}" if owner else f"agenda.{kind}_nobody",
            text=self._link(Ref(_bare(plain(self.form.text(task.action.text))), address)),
            owner=owner,
            due=self.form.date(task.action.due),
            state=self.words(f"reviews.action.{task.action.status}").lower(),
            **parts,
        )


def _bare(text: str) -> str:
    """An author's sentence without its full stop, to stand inside another one."""
    return text.strip().rstrip("。.")
