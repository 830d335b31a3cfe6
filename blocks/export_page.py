"""An export as a page in Markdown: the teams of the company, each with its objectives and how they stand."""

import re
from collections.abc import Iterator, Sequence

from blocks import numbers
from blocks.export_table import ENGLISH
from blocks.problems import confidence_word
from blocks.rhythm import say_rhythm
from blocks.standing import number, value
from blocks.text import one_line
from okr.cadence import local_date
from okr.company import ActionPlan, KeyResultPlan, ObjectivePlan, TeamPlan
from okr.confidence import Given
from okr.exports import Entry, Export
from okr.goals import State
from okr.measures import Measure, MeasureKind
from okr.standing import Standing

MARKS = re.compile(r"([\\`*_\[\]<>|#~&])")
RESULTS = ("Key result", "Owner", "Value", "Aim", "Progress", "Confidence", "Last check-in")
HISTORY = ("When", "Key result", "Value", "Confidence", "By", "What was said")


def write(export: Export) -> str:
    """Everybody's, the private ones too."""
    day = ENGLISH.full_day(local_date(export.now, export.zone))
    parts = [f"# {_safe(export.company.name)}", f"As of {day}."]
    for team in _tree(export.company.teams):
        parts += _team(export, team)
    return "\n\n".join(parts) + "\n"


def _tree(teams: Sequence[TeamPlan], parent: str | None = None) -> Iterator[TeamPlan]:
    """The top first, and below each team those under it."""
    for one in teams:
        if one.parent == parent:
            yield one
            yield from _tree(teams, one.key)


def _team(export: Export, team: TeamPlan) -> Iterator[str]:
    yield f"## {_safe(team.name)}"
    yield f"Lead: {_name(export, team.lead)}. {_safe(say_rhythm(team.rhythm, ENGLISH))}."
    for goal in export.company.objectives:
        if goal.team == team.key:
            yield from _objective(export, goal)


def _objective(export: Export, goal: ObjectivePlan) -> Iterator[str]:
    yield f"### {_safe(goal.title)}"
    cycle = next(one.name for one in export.company.cycles if one.key == goal.cycle)
    owner = f"owner: {_name(export, goal.owner)}" if goal.owner else ""
    marks = [_safe(cycle), goal.ambition.value, owner, *_marks(goal)]
    yield ", ".join(filter(None, marks)) + "."
    if goal.why:
        yield "\n".join(f"> {_safe(line)}" for line in goal.why.splitlines())
    results = [one for one in export.company.key_results if one.objective == goal.key]
    if results:
        yield _table(RESULTS, [_key_result(export, one) for one in results])
    keys = {one.key: one for one in results}
    actions = [one for one in export.company.actions if one.key_result in keys]
    if actions:
        yield "\n".join(_action(export, one) for one in actions)
    told = [one for one in export.history or () if one.key_result in keys]
    if told:
        yield _table(HISTORY, [_entry(export, one, keys[one.key_result]) for one in told])


def _key_result(export: Export, plan: KeyResultPlan) -> list[str]:
    one = export.standings[plan.key]
    marks = _marks(plan)
    return [
        _safe(plan.title) + (f" ({', '.join(marks)})" if marks else ""),
        _name(export, plan.owner),
        _safe(value(one.value, plan.measure, ENGLISH)) if one.value is not None else "",
        _safe(_aim(plan.measure)),
        "" if plan.measure.is_corridor or one.last is None else ENGLISH.percent(one.progress),
        _confidence(one),
        f"{local_date(one.last.at, export.zone)}" if one.last else "",
    ]


def _confidence(one: Standing) -> str:
    if one.stale:
        return "No recent answer"
    return _given(one.last.given) if one.last else "Not started"


def _given(given: Given) -> str:
    return ", ".join(filter(None, [confidence_word(given.confidence, ENGLISH), number(given, ENGLISH)]))


def _marks(goal: ObjectivePlan | KeyResultPlan) -> list[str]:
    """What sets it apart from others."""
    priority = f"priority {goal.priority}" if goal.priority else ""
    state = goal.state.value if goal.state is not State.ACTIVE else ""
    return [one for one in (priority, state, "private" if goal.private else "") if one]


def _aim(measure: Measure) -> str:
    if measure.kind is MeasureKind.MILESTONE:
        return measure.steps[-1].title
    edges = (measure.low, measure.high) if measure.is_corridor else (measure.baseline, measure.target)
    first, last = (None if one is None else numbers.write(one, measure.unit, ENGLISH.locale) for one in edges)
    if first is None or last is None:
        return f"at most {last}" if first is None else f"at least {first}"
    return f"{first} to {last}" if measure.is_corridor else f"{first} → {last}"


def _action(export: Export, action: ActionPlan) -> str:
    facts = [_name(export, action.assignee), f"by {action.due}" if action.due else ""]
    said = ", ".join(filter(None, facts))
    return f"- [{'x' if action.done else ' '}] {_safe(action.title)}" + (f" ({said})" if said else "")


def _entry(export: Export, entry: Entry, plan: KeyResultPlan) -> list[str]:
    said = {"": entry.note, "Win: ": entry.win, "Blocker: ": entry.blocker}
    texts = [f"{word}{_safe(text)}" for word, text in said.items() if text]
    return [
        f"{local_date(entry.at, export.zone)}" + (" (edited later)" if entry.replaced else ""),
        _safe(plan.title),
        _safe(value(entry.value, plan.measure, ENGLISH)),
        _given(entry.given),
        _name(export, entry.by),
        "; ".join(texts),
    ]


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, ["---"] * len(columns), *rows))


def _name(export: Export, key: str | None) -> str:
    return _safe(export.names.get(key, key)) if key else ""


def _safe(text: str) -> str:
    """One line of what a person wrote, in which nothing is markup."""
    return MARKS.sub(r"\\\1", one_line(text))
