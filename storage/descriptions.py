"""The company as a file would describe it: by keys, in the order in which everything was added."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.company import ActionPlan, Company, CyclePlan, KeyResultPlan, ObjectivePlan, PersonPlan, TeamPlan
from okr.goals import Team
from storage import key_results, standards, teams
from storage.tables import ActionRow, CycleRow, KeyResultRow, ObjectiveRow, PersonRow, WorkspaceRow

Row = TypeVar("Row", PersonRow, CycleRow, ObjectiveRow, KeyResultRow, ActionRow)
Keys = Mapping[str, str]
"""The keys of things by their ids."""


async def company(tx: AsyncSession, workspace: str) -> Company:
    """People by their Slack ids, channels by theirs. Whoever leads a team is among its people; who is asked is named
    where it is not the owner.
    """
    named = await tx.get_one(WorkspaceRow, workspace)
    people = await _rows(tx, workspace, PersonRow)
    groups = sorted((await teams.every(tx, workspace)).values(), key=lambda one: one.id)
    cycles = await _rows(tx, workspace, CycleRow)
    objectives = await _rows(tx, workspace, ObjectiveRow)
    results = _under(objectives, await _rows(tx, workspace, KeyResultRow), "objective_id")
    actions = _under(results, await _rows(tx, workspace, ActionRow), "key_result_id")
    keyed: tuple[Sequence[Any], ...] = (people, groups, cycles, objectives, results)
    keys = {one.id: one.key for things in keyed for one in things}
    return Company(
        name=named.company or named.name,
        people=tuple(_person(one, keys) for one in people),
        teams=tuple(_team(one, keys) for one in groups),
        cycles=tuple(CyclePlan(one.key, one.name, one.starts, one.ends, one.state) for one in cycles),
        objectives=tuple(_objective(one, keys) for one in objectives),
        key_results=tuple(_key_result(one, keys) for one in results),
        actions=tuple(_action(one, keys) for one in actions),
        scale=named.scale,
        limits=standards.limits_of(named),
        messages_a_week=named.messages_a_week,
        coaching=named.coaching,
    )


async def names(tx: AsyncSession, workspace: str) -> dict[str, str]:
    """What people are called in Slack, by their keys."""
    found = await tx.exec(select(PersonRow.key, PersonRow.name).where(PersonRow.workspace_id == workspace))
    return dict(found.all())


async def _rows(tx: AsyncSession, workspace: str, table: type[Row]) -> list[Row]:
    """Ids ascend as things are added."""
    found = await tx.exec(select(table).where(col(table.workspace_id) == workspace).order_by(col(table.id)))
    return list(found)


def _under(holders: Sequence[Any], rows: Sequence[Row], holder: str) -> list[Row]:
    """The rows in the order of what they stand under, as a file has them."""
    places = {one.id: place for place, one in enumerate(holders)}
    return sorted(rows, key=lambda one: places[getattr(one, holder)])


def _person(row: PersonRow, keys: Keys) -> PersonPlan:
    return PersonPlan(row.key, row.slack_id, row.admin, keys.get(row.deputy_id or ""), row.country, row.calendar)


def _team(team: Team, keys: Keys) -> TeamPlan:
    return TeamPlan(
        key=team.key,
        name=team.name,
        parent=keys.get(team.parent_id or ""),
        channel=team.channel,
        lead=keys.get(team.lead_id or "", ""),
        people=tuple(keys[id] for id in team.member_ids),
        zone=team.zone,
        language=team.language,
        rhythm=team.rhythm,
        days_off=team.days_off,
    )


def _objective(row: ObjectiveRow, keys: Keys) -> ObjectivePlan:
    return ObjectivePlan(
        key=row.key,
        team=keys[row.team_id],
        cycle=keys[row.cycle_id],
        title=row.title,
        why=row.why,
        owner=keys.get(row.owner_id or ""),
        ambition=row.ambition,
        priority=row.priority,
        private=row.private,
        state=row.state,
        starts=row.starts,
        ends=row.ends,
        contributes_to=keys.get(row.parent_objective_id or row.parent_key_result_id or ""),
    )


def _key_result(row: KeyResultRow, keys: Keys) -> KeyResultPlan:
    return KeyResultPlan(
        key=row.key,
        objective=keys[row.objective_id],
        title=row.title,
        owner=keys[row.owner_id],
        measure=key_results.measure(row),
        check_in_owner=None if row.check_in_owner_id == row.owner_id else keys[row.check_in_owner_id],
        weight=row.weight,
        source=row.source,
        priority=row.priority,
        private=row.private,
        state=row.state,
        starts=row.starts,
        ends=row.ends,
        contributes_to=keys.get(row.parent_objective_id or row.parent_key_result_id or ""),
    )


def _action(row: ActionRow, keys: Keys) -> ActionPlan:
    key_result = keys[row.key_result_id]
    return ActionPlan(row.key, key_result, row.title, keys.get(row.assignee_id or ""), row.due, row.done_at is not None)
