"""What a definition was before: every change keeps the fields as they were, so that it can be walked back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from okr.authority import Actor, may_read_of
from okr.checkins import CheckIn
from okr.definitions import KeyResultDefinition, ObjectiveDefinition
from okr.goals import KeyResult, State, Team
from okr.measures import Measure

Fields = Mapping[str, object]


@dataclass(frozen=True)
class Change:
    """One change of one thing. `before` has the changed fields as they were, and is None for what was new.

    `by` is a person's id, or a word such as "import".
    """

    id: str
    at: datetime
    by: str
    before: Fields | None
    why: str = ""


@dataclass(frozen=True)
class Step:
    """One change with all fields before and after it; `before` is None for what was new."""

    change: Change
    before: Fields | None
    after: Fields


def steps(fields: Fields, changes: Iterable[Change]) -> Iterator[Step]:
    """Walk back from the fields as they are now, over changes that are the newest first."""
    after = fields
    for change in changes:
        before = _undone(after, change)
        yield Step(change, before, after)
        if before is None:
            return
        after = before


def rewound(fields: Fields, changes: Iterable[Change], until: datetime) -> Fields | None:
    """The fields as they stood just before `until`; None when the thing was not there yet."""
    current: Fields | None = fields
    for step in steps(fields, changes):
        if step.change.at < until:
            break
        current = step.before
    return current


def _undone(fields: Fields, change: Change) -> Fields | None:
    """What a thing has no more, such as a field of an older okrbot, is left out."""
    if change.before is None:
        return None
    return {**fields, **{name: value for name, value in change.before.items() if name in fields}}


@dataclass(frozen=True)
class Past:
    """A key result as it is, and as it was on the day that is asked about."""

    now: KeyResult
    then: KeyResult


def may_read_past(actor: Actor, past: Past, all_teams: Mapping[str, Team], *, asked: Iterable[str] = ()) -> bool:
    """Whether the actor may read how it stood: by today's rights, where it was and where it is, and what was private
    then, or is today, is private still.
    """
    concealed = replace(past.now, private=past.now.private or past.then.private)
    places = (past.now.team_id, past.then.team_id)
    return all(may_read_of(actor, concealed, all_teams[id], asked=list(asked)) for id in places)


@dataclass(frozen=True)
class Revised:
    """One change of the definition of a key result, or of the objective above it; `before` is None for a new one."""

    id: str
    at: datetime
    by: str
    why: str
    before: KeyResultDefinition | ObjectiveDefinition | None
    after: KeyResultDefinition | ObjectiveDefinition


@dataclass(frozen=True)
class Answered:
    """One answer, the one before it, and how was measured at the time."""

    answer: CheckIn
    before: CheckIn | None
    measure: Measure
    edits: bool = False


@dataclass(frozen=True)
class Moved:
    """A goal that was changed: from what to what, by whom, and why."""

    title: str
    before: Measure
    after: Measure
    by: str
    why: str


def moved(title: str, revised: Sequence[Revised], since: datetime, until: datetime) -> Moved | None:
    """How a key result's measure was changed after `since`, up to and with `until`; None when it was not, or changed
    back. `revised` are its changes, the newest first. What was
    changed as a draft was nobody's goal yet, and what was private then stays so.
    """
    within = [
        (one, one.before, one.after)
        for one in revised
        if since < one.at <= until
        and isinstance(one.before, KeyResultDefinition)
        and isinstance(one.after, KeyResultDefinition)
        and one.before.measure != one.after.measure
        and one.before.state is not State.DRAFT
        and not one.before.private
    ]
    if not within or within[-1][1].measure == within[0][2].measure:
        return None
    newest = within[0][0]
    return Moved(title, within[-1][1].measure, within[0][2].measure, newest.by, newest.why)


def measure_at(current: Measure, revised: Sequence[Revised], moment: datetime) -> Measure:
    """How it was measured at this moment; `revised` are the changes of the one key result, the newest first."""
    measure = current
    for one in revised:
        if one.at <= moment:
            break
        if isinstance(one.before, KeyResultDefinition):
            measure = one.before.measure
    return measure


def concealed_until(
    current: KeyResultDefinition,
    objectives: Mapping[str, ObjectiveDefinition],
    revised: Iterable[Revised],
    may_read: Callable[[str, bool], bool],
) -> datetime | None:
    """Up to when a reader may not know what became of a key result: the last time it was private, or in a team, that
    they may not read. None when all of it is theirs to know.

    `objectives` are all it was ever under, as they are now; `revised` the changes of all these, the newest first;
    `may_read` takes a team and whether it is private there.
    """
    one, above = current, dict(objectives)
    for change in revised:
        if isinstance(change.before, KeyResultDefinition):
            one = change.before
        elif isinstance(change.before, ObjectiveDefinition):
            above[change.id] = change.before
        objective = above[one.objective_id]
        is_private = one.private or objective.private or objectives[one.objective_id].private
        if not may_read(objective.team_id, is_private):
            return change.at
    return None
