"""Writing a described company into the memory: what is new is added, what changed is revised, the rest stays."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.company import ActionPlan, Company, CyclePlan, KeyResultPlan, ObjectivePlan, PersonPlan, TeamPlan
from storage import absences
from storage.columns import canonical, new_id
from storage.inserts import insert_new
from storage.tables import (
    ActionRow,
    CycleRow,
    KeyResultRow,
    ObjectiveRow,
    PersonRow,
    RevisionRow,
    TeamMemberRow,
    TeamRow,
    WorkspaceRow,
)

Row = TypeVar("Row", PersonRow, TeamRow, CycleRow, ObjectiveRow, KeyResultRow, ActionRow)

SECRET = frozenset({"calendar"})
"""Fields whose values stay out of the history."""


@dataclass(frozen=True)
class Contact:
    """What Slack says of a person the company names."""

    slack_id: str
    name: str
    zone: str
    locale: str
    slack_admin: bool
    outsider: bool


@dataclass
class Changes:
    """What an import did, by noun: `added`, `changed` and `same` count things."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)

    def note(self, noun: str, what: dict[str, int]) -> None:
        what[noun] = what.get(noun, 0) + 1


async def open_workspace(tx: AsyncSession, workspace: str, *, name: str) -> None:
    """Make sure the workspace exists; every other row belongs to one."""
    await insert_new(tx, WorkspaceRow(id=workspace, name=name), ("id",))
    row = await tx.get_one(WorkspaceRow, workspace)
    row.name = name
    await tx.flush()


async def is_described(tx: AsyncSession, workspace: str) -> bool:
    """Whether a company was ever imported here."""
    row = await tx.get(WorkspaceRow, workspace)
    return bool(row and row.imported_at)


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
    """Write the whole company in one go. `contacts` and `channels` are by the keys of persons and teams."""
    row = await tx.get_one(WorkspaceRow, workspace)
    row.company, row.imported_at = company.name, now
    writer = _Writer(tx, workspace, now)
    people = await writer.put(
        PersonRow, "person", {one.key: _person(one, contacts[one.key]) for one in company.people}, unique="slack_id"
    )
    await writer.link(
        PersonRow, people, {one.key: {"deputy_id": people.get(one.deputy or "")} for one in company.people}
    )
    teams = await writer.put(TeamRow, "team", {one.key: _team(one, channels[one.key], people) for one in company.teams})
    await writer.link(TeamRow, teams, {one.key: {"parent_id": teams.get(one.parent or "")} for one in company.teams})
    await _write_members(tx, workspace, company, teams, people)
    cycles = await writer.put(CycleRow, "cycle", {one.key: _cycle(one) for one in company.cycles})
    objectives = await writer.put(
        ObjectiveRow, "objective", {one.key: _objective(one, teams, cycles, people) for one in company.objectives}
    )
    key_results = await writer.put(
        KeyResultRow, "key result", {one.key: _key_result(one, objectives, people) for one in company.key_results}
    )
    await writer.link(
        ObjectiveRow,
        objectives,
        {
            one.key: {
                "parent_objective_id": objectives.get(one.contributes_to or ""),
                "parent_key_result_id": key_results.get(one.contributes_to or ""),
            }
            for one in company.objectives
        },
    )
    await writer.put(ActionRow, "action", {one.key: _action(one, key_results, people) for one in company.actions})
    await writer.finish_actions(company)
    await absences.forget_calendars(tx, workspace)
    return writer.changes


@dataclass
class _Writer:
    """Adds or revises rows by key, and remembers what it did."""

    tx: AsyncSession
    workspace: str
    now: datetime
    changes: Changes = field(default_factory=Changes)

    async def put(
        self, table: type[Row], noun: str, wanted: Mapping[str, dict[str, Any]], *, unique: str | None = None
    ) -> dict[str, str]:
        """Bring the rows with these keys to these fields. Answers the ids by key, of old rows too."""
        found = await self.tx.exec(select(table).where(col(table.workspace_id) == self.workspace))
        rows = {row.key: row for row in found}
        if unique:
            self._follow_identity(rows, wanted, unique)
        for key, fields in wanted.items():
            row = rows.get(key)
            if row is None:
                row = rows[key] = table(workspace_id=self.workspace, id=new_id(), key=key, **fields)
                self.tx.add(row)
                self._revise(noun, row.id, None, fields)
                self.changes.note(noun, self.changes.added)
                continue
            before = {name: getattr(row, name) for name in fields}
            after = {name: value for name, value in fields.items() if before[name] != value}
            for name, value in after.items():
                setattr(row, name, value)
            if after:
                self._revise(noun, row.id, {name: before[name] for name in after}, after)
            self.changes.note(noun, self.changes.changed if after else self.changes.same)
        await self.tx.flush()
        return {key: row.id for key, row in rows.items()}

    async def link(self, table: type[Row], ids: Mapping[str, str], links: Mapping[str, dict[str, str | None]]) -> None:
        """Set references between rows of one table, which exist only now."""
        for key, fields in links.items():
            row = await self.tx.get_one(table, (self.workspace, ids[key]))
            for name, value in fields.items():
                setattr(row, name, value)
        await self.tx.flush()

    async def finish_actions(self, company: Company) -> None:
        """An action the file calls done is done; one that was ticked in Slack stays ticked."""
        done = {one.key for one in company.actions if one.done}
        found = await self.tx.exec(
            select(ActionRow).where(ActionRow.workspace_id == self.workspace, col(ActionRow.key).in_(done))
        )
        for row in found:
            row.done_at = row.done_at or self.now
        await self.tx.flush()

    def _follow_identity(self, rows: dict[str, Row], wanted: Mapping[str, dict[str, Any]], unique: str) -> None:
        """A person whose key was renamed in the file is still the same Slack account."""
        known = {getattr(row, unique): key for key, row in rows.items()}
        for key, fields in wanted.items():
            old = known.get(fields[unique])
            if old is not None and old != key and key not in rows:
                rows[key] = rows.pop(old)
                rows[key].key = key

    def _revise(self, noun: str, noun_id: str, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
        self.tx.add(
            RevisionRow(
                workspace_id=self.workspace,
                id=new_id(),
                noun=noun,
                noun_id=noun_id,
                at=self.now,
                by="import",
                before=_json(before),
                after=_json(after),
            )
        )


async def _write_members(
    tx: AsyncSession, workspace: str, company: Company, teams: Mapping[str, str], people: Mapping[str, str]
) -> None:
    for one in company.teams:
        await tx.exec(
            delete(TeamMemberRow).where(
                col(TeamMemberRow.workspace_id) == workspace, col(TeamMemberRow.team_id) == teams[one.key]
            )
        )
        members = dict.fromkeys((*one.people, one.lead))
        tx.add_all(
            TeamMemberRow(workspace_id=workspace, team_id=teams[one.key], person_id=people[key]) for key in members
        )
    await tx.flush()


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
        "deactivated": False,
    }


def _team(plan: TeamPlan, channel: str, people: Mapping[str, str]) -> dict[str, Any]:
    rhythm = plan.rhythm
    return {
        "name": plan.name,
        "channel": channel,
        "lead_id": people[plan.lead],
        "zone": plan.zone,
        "language": plan.language,
        "rule": rhythm.rule,
        "at": rhythm.at,
        "whose": rhythm.whose,
        "anchor": rhythm.anchor,
        "digest_days": rhythm.digest_days,
        "digest_at": rhythm.digest_at,
        "reminders": rhythm.reminders,
        "reminder_at": rhythm.reminder_at,
        "days_off": json.dumps(
            [{"first": str(one.first), "last": str(one.last), "name": one.name} for one in plan.days_off],
            ensure_ascii=False,
        ),
    }


def _cycle(plan: CyclePlan) -> dict[str, Any]:
    return {"name": plan.name, "starts": plan.starts, "ends": plan.ends, "state": plan.state}


def _objective(
    plan: ObjectivePlan, teams: Mapping[str, str], cycles: Mapping[str, str], people: Mapping[str, str]
) -> dict[str, Any]:
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


def _key_result(plan: KeyResultPlan, objectives: Mapping[str, str], people: Mapping[str, str]) -> dict[str, Any]:
    measure = plan.measure
    return {
        "objective_id": objectives[plan.objective],
        "owner_id": people[plan.owner],
        "check_in_owner_id": people[plan.check_in_owner or plan.owner],
        "title": plan.title,
        "measure": measure.kind,
        "unit_kind": measure.unit.kind,
        "unit_label": measure.unit.label,
        "baseline": measure.baseline,
        "target": measure.target,
        "low": measure.low,
        "high": measure.high,
        "steps": json.dumps(
            [{"title": step.title, "percent": step.percent} for step in measure.steps], ensure_ascii=False
        ),
        "weight": plan.weight,
        "source": plan.source,
        "state": plan.state,
        "priority": plan.priority,
        "private": plan.private,
        "starts": plan.starts,
        "ends": plan.ends,
    }


def _action(plan: ActionPlan, key_results: Mapping[str, str], people: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key_result_id": key_results[plan.key_result],
        "title": plan.title,
        "assignee_id": people[plan.assignee] if plan.assignee else None,
        "due": plan.due,
    }


def _json(fields: dict[str, Any] | None) -> str:
    def plain(value: Any) -> Any:
        if isinstance(value, StrEnum):
            return value.value
        return canonical(value) if hasattr(value, "normalize") else str(value)

    told = {name: "…" if name in SECRET and value else value for name, value in fields.items()} if fields else fields
    return json.dumps(told, default=plain, ensure_ascii=False, sort_keys=True)
