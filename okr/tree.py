"""The tree of goals: each objective under what it contributes to, across teams."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from okr.alignment import Sharing
from okr.goals import KeyResult, Objective, Team
from okr.measures import weighted_mean
from okr.standing import Standing

DEEPEST = 100
"""Levels that are followed: no company has more."""


@dataclass(frozen=True)
class Branch:
    """A goal and what contributes to it: an objective, or with `standing` a key result. `own` are an objective's key
    results, `below` is what else contributes; `sharing` is how far a key result's number is shared out.
    """

    team: Team
    objective: Objective
    standing: Standing | None = None
    own: tuple["Branch", ...] = ()
    below: tuple["Branch", ...] = ()
    sharing: Sharing | None = None
    under: "Branch | None" = None
    """What a top contributes to, that stands in no tree of these teams."""

    @property
    def title(self) -> str:
        return self.standing.key_result.title if self.standing else self.objective.title

    @cached_property
    def contributing(self) -> Mapping[str, Standing]:
        """All key results that contribute to it, each once, however it gets here."""
        found: dict[str, Standing] = {}
        for one in (*self.own, *self.below):
            found |= one.contributing
            if one.standing:
                found[one.standing.key_result.id] = one.standing
        return found

    @property
    def fresh(self) -> tuple[int, int]:
        """(how many of those that contribute are not stale, how many there are)."""
        return sum(not one.stale for one in self.contributing.values()), len(self.contributing)

    @property
    def progress(self) -> Decimal | None:
        """Of an objective: the weighted mean of its own key results, what is kept within a range left out."""
        own = [one.standing for one in self.own if one.standing]
        return weighted_mean(
            [(one.progress, one.key_result.weight) for one in own if not one.key_result.measure.is_corridor]
        )


@dataclass(frozen=True)
class Goals:
    """Everything that may have a place in a tree, as far as whoever looks may read it. Objectives come in their order;
    `sharings` are by key result.
    """

    teams: Mapping[str, Team]
    objectives: Sequence[Objective]
    standings: Sequence[Standing]
    sharings: Mapping[str, Sharing] = field(default_factory=dict)


def grow(goals: Goals, team_ids: Collection[str] | None = None) -> list[Branch]:
    """The tops, each with all that contributes to it: the company's first. With `team_ids` the highest goals of those
    teams are the tops. What contributes to something that is not among these goals contributes to nothing here.
    """
    growing = _Growing(goals)
    places = {id: place for place, id in enumerate(downwards(goals.teams))}
    wanted = [one for one in goals.objectives if team_ids is None or one.team_id in team_ids]
    ids = {one.id for one in wanted}
    tops = [one for one in wanted if ids.isdisjoint(growing.above(one))]
    ordered = sorted(tops, key=lambda one: places.get(one.team_id, 0))
    return [replace(growing.objective(one.id), under=growing.parent(one)) for one in ordered]


def downwards(teams: Mapping[str, Team], top: str | None = None) -> list[str]:
    """The ids of all teams, or of one and those below it: each before the ones below it."""
    under: dict[str | None, list[str]] = {}
    for one in teams.values():
        under.setdefault(one.parent_id, []).append(one.id)
    found: list[str] = []
    waiting = [top] if top else under.get(None, [])[::-1]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting += under.get(here, [])[::-1]
    return found


class _Growing:
    """Each goal grows once, also where it stands in two places."""

    def __init__(self, goals: Goals) -> None:
        self.goals = goals
        self.objectives = {one.id: one for one in goals.objectives}
        self.standings = {one.key_result.id: one for one in goals.standings}
        self.own: dict[str, list[str]] = {}
        self.helping: dict[str, list[str]] = {}
        """The key results and the objectives that contribute to a goal."""
        for one in goals.standings:
            self.own.setdefault(one.key_result.objective.id, []).append(one.key_result.id)
        every: list[KeyResult | Objective] = [*(one.key_result for one in goals.standings), *goals.objectives]
        for each in every:
            for above in (each.parent_objective_id, each.parent_key_result_id):
                if above:
                    self.helping.setdefault(above, []).append(each.id)
        self.grown: dict[str, Branch] = {}

    def above(self, one: Objective) -> list[str]:
        """The objectives it contributes to, directly and further up, as far as they are there."""
        found: list[str] = []
        here: Objective | None = one
        while here and len(found) < DEEPEST:
            through = self.standings.get(here.parent_key_result_id or "")
            parent = through.key_result.objective.id if through else here.parent_objective_id
            here = self.objectives.get(parent or "")
            if here:
                found.append(here.id)
        return found

    def parent(self, one: Objective) -> Branch | None:
        if one.parent_key_result_id in self.standings:
            return self.key_result(one.parent_key_result_id, 0)
        return self.objective(one.parent_objective_id) if one.parent_objective_id in self.objectives else None

    def objective(self, id: str, depth: int = 0) -> Branch:
        if id not in self.grown:
            one = self.objectives[id]
            own = tuple(self.key_result(each, depth + 1) for each in self.own.get(id, ()))
            self.grown[id] = Branch(self.goals.teams[one.team_id], one, own=own, below=self.below(id, depth))
        return self.grown[id]

    def key_result(self, id: str, depth: int) -> Branch:
        if id not in self.grown:
            one = self.standings[id]
            self.grown[id] = Branch(
                self.goals.teams[one.key_result.team_id],
                one.key_result.objective,
                one,
                below=self.below(id, depth),
                sharing=self.goals.sharings.get(id),
            )
        return self.grown[id]

    def below(self, id: str, depth: int) -> tuple[Branch, ...]:
        if depth > DEEPEST:
            return ()
        return tuple(
            self.objective(each, depth + 1) if each in self.objectives else self.key_result(each, depth + 1)
            for each in self.helping.get(id, ())
        )


def counted(branches: Iterable[Branch]) -> dict[str, Standing]:
    """All key results in these, each once."""
    found: dict[str, Standing] = {}
    for one in branches:
        found |= one.contributing
    return found
