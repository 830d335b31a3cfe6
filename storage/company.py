"""Writing a described company into the memory: what is new is added, what changed is revised, the rest stays."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.company import (
    ActionPlan,
    Company,
    CyclePlan,
    KeyResultPlan,
    Manners,
    ObjectivePlan,
    PersonPlan,
    TeamPlan,
    renamed,
)
from storage import absences, standards
from storage.definitions import measure_columns
from storage.inserts import insert_new
from storage.people import Contact
from storage.revisions import Changes, Revising
from storage.rosters import rhythm_columns, set_members
from storage.tables import (
    ActionRow,
    CycleRow,
    KeyResultRow,
    ObjectiveRow,
    PersonRow,
    TeamRow,
    WorkspaceRow,
)

Ids = Mapping[str, str]
"""The ids of rows by their keys."""


async def open_workspace(tx: AsyncSession, workspace: str, *, name: str = "") -> None:
    """Make sure the workspace exists; every other row belongs to one. Without a name it keeps the one it has."""
    await insert_new(tx, WorkspaceRow(id=workspace, name=name), ("id",))
    row = await tx.get_one(WorkspaceRow, workspace)
    row.name = name or row.name
    await tx.flush()


async def is_described(tx: AsyncSession, workspace: str) -> bool:
    """Whether a company was ever imported here."""
    row = await tx.get(WorkspaceRow, workspace)
    return bool(row and row.imported_at)


async def manners(tx: AsyncSession, workspace: str) -> Manners:
    """How much the company wants to hear."""
    row = await tx.get_one(WorkspaceRow, workspace)
    return Manners(row.messages_a_week, row.coaching)


async def name(tx: AsyncSession, workspace: str) -> str:
    row = await tx.get(WorkspaceRow, workspace)
    return (row.company or row.name) if row else ""


async def write(
    tx: AsyncSession,
    workspace: str,
    company: Company,
    *,
    contacts: Mapping[str, Contact],
    channels: Mapping[str, str],
    now: datetime,
) -> Changes:
    """Write a company, or as much of one as is given, in one go: what is left out stays.

    `contacts` and `channels` are by the keys of persons and teams.
    """
    row = await tx.get_one(WorkspaceRow, workspace)
    revising = Revising(tx, workspace, now)
    if company.name and company.name != row.company:
        revising.remember("company", workspace, {"name": company.name})
    row.company, row.imported_at = company.name or row.company, now
    await standards.change(
        revising,
        scale=company.scale,
        limits=company.limits,
        messages_a_week=company.messages_a_week,
        coaching=company.coaching,
    )
    people = await _write_people(revising, company, contacts)
    teams = await _write_teams(revising, company, channels, people)
    await _write_goals(revising, company, teams, people)
    await absences.forget_calendars(tx, workspace)
    return await revising.finish()


async def _write_people(revising: Revising, company: Company, contacts: Mapping[str, Contact]) -> Ids:
    wanted = {one.key: _person(one, contacts[one.key]) for one in company.people}
    await _hand_over_accounts(revising, {key: fields["slack_id"] for key, fields in wanted.items()})
    people = await revising.put(PersonRow, "person", wanted)
    deputies = {one.key: {"deputy_id": people.get(one.deputy or "")} for one in company.people}
    await revising.link(PersonRow, "person", people, deputies)
    return people


async def _hand_over_accounts(revising: Revising, wanted: Mapping[str, str]) -> None:
    """Give the rows the keys their Slack accounts have in the file, and free the accounts that change hands.

    Keys and accounts are unique at every moment, so both go one step at a time.
    """
    tx, workspace = revising.tx, revising.workspace
    found = await tx.exec(select(PersonRow).where(PersonRow.workspace_id == workspace))
    rows = {row.key: row for row in found}
    for old, new in renamed({key: row.slack_id for key, row in rows.items()}, wanted):
        row = rows[new] = rows.pop(old)
        row.key = new
        revising.note("person", row.id, {"key": old}, {"key": new})
        await tx.flush()
    for key, row in rows.items():
        if (account := wanted.get(key, row.slack_id)) != row.slack_id:
            revising.note("person", row.id, {"slack_id": row.slack_id}, {"slack_id": account})
            # Their conversation and their Home tab were the other account's.
            row.slack_id, row.dm, row.has_home, row.unreachable = f"none:{row.id}", None, False, ""
    await tx.flush()


async def _write_teams(revising: Revising, company: Company, channels: Mapping[str, str], people: Ids) -> Ids:
    teams = await revising.put(
        TeamRow, "team", {one.key: _team(one, channels[one.key], people) for one in company.teams}
    )
    parents = {one.key: {"parent_id": teams.get(one.parent or "")} for one in company.teams}
    await revising.link(TeamRow, "team", teams, parents)
    for one in company.teams:
        members = {people[key] for key in (*one.people, one.lead)}
        await set_members(revising, teams[one.key], members)
    return teams


async def _write_goals(revising: Revising, company: Company, teams: Ids, people: Ids) -> None:
    cycles = await revising.put(CycleRow, "cycle", {one.key: _cycle(one) for one in company.cycles})
    objectives = await revising.put(
        ObjectiveRow, "objective", {one.key: _objective(one, teams, cycles, people) for one in company.objectives}
    )
    key_results = await revising.put(
        KeyResultRow, "key result", {one.key: _key_result(one, objectives, people) for one in company.key_results}
    )
    above = {one.key: _above(one, objectives, key_results) for one in company.objectives}
    await revising.link(ObjectiveRow, "objective", objectives, above)
    above = {one.key: _above(one, objectives, key_results) for one in company.key_results}
    await revising.link(KeyResultRow, "key result", key_results, above)
    actions = {one.key: _action(one, key_results, people) for one in company.actions}
    ids = await revising.put(ActionRow, "action", actions)
    await _finish_actions(revising, {ids[one.key] for one in company.actions if one.done})


def _above(plan: ObjectivePlan | KeyResultPlan, objectives: Ids, key_results: Ids) -> dict[str, str | None]:
    """What it contributes to."""
    key = plan.contributes_to or ""
    return {"parent_objective_id": objectives.get(key), "parent_key_result_id": key_results.get(key)}


async def _finish_actions(revising: Revising, done: set[str]) -> None:
    """An action the file calls done is done; one that was ticked in Slack stays ticked."""
    found = await revising.tx.exec(
        select(ActionRow).where(
            ActionRow.workspace_id == revising.workspace, col(ActionRow.id).in_(done), col(ActionRow.done_at).is_(None)
        )
    )
    for row in found:
        row.done_at = revising.now
        revising.note("action", row.id, {"done_at": None}, {"done_at": row.done_at})
    await revising.tx.flush()


def _person(plan: PersonPlan, contact: Contact) -> dict[str, Any]:
    return {
        "slack_id": contact.slack_id,
        "name": contact.name,
        "zone": contact.zone,
        "locale": contact.locale,
        "admin": plan.admin,
        "country": plan.country,
        "calendar": plan.calendar,
        "slack_admin": contact.slack_admin,
        "outsider": contact.outsider,
        "deactivated": contact.deactivated,
    }


def _team(plan: TeamPlan, channel: str, people: Ids) -> dict[str, Any]:
    return {
        "name": plan.name,
        "channel": channel,
        "lead_id": people[plan.lead],
        "zone": plan.zone,
        "language": plan.language,
        **rhythm_columns(plan.rhythm),
        "days_off": json.dumps(
            [{"first": str(one.first), "last": str(one.last), "name": one.name} for one in plan.days_off],
            ensure_ascii=False,
        ),
    }


def _cycle(plan: CyclePlan) -> dict[str, Any]:
    return {"name": plan.name, "starts": plan.starts, "ends": plan.ends, "state": plan.state}


def _objective(plan: ObjectivePlan, teams: Ids, cycles: Ids, people: Ids) -> dict[str, Any]:
    return {
        "team_id": teams[plan.team],
        "cycle_id": cycles[plan.cycle],
        "owner_id": people[plan.owner] if plan.owner else None,
        "title": plan.title,
        "why": plan.why,
        "ambition": plan.ambition,
        "state": plan.state,
        "priority": plan.priority,
        "private": plan.private,
        "starts": plan.starts,
        "ends": plan.ends,
    }


def _key_result(plan: KeyResultPlan, objectives: Ids, people: Ids) -> dict[str, Any]:
    return {
        "objective_id": objectives[plan.objective],
        "owner_id": people[plan.owner],
        "check_in_owner_id": people[plan.check_in_owner or plan.owner],
        "title": plan.title,
        **measure_columns(plan.measure),
        "weight": plan.weight,
        "source": plan.source,
        "state": plan.state,
        "priority": plan.priority,
        "private": plan.private,
        "starts": plan.starts,
        "ends": plan.ends,
    }


def _action(plan: ActionPlan, key_results: Ids, people: Ids) -> dict[str, Any]:
    return {
        "key_result_id": key_results[plan.key_result],
        "title": plan.title,
        "assignee_id": people[plan.assignee] if plan.assignee else None,
        "due": plan.due,
    }
