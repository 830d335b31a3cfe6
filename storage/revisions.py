"""Bringing rows to what is wanted, and remembering each change of a definition: who, when, before and after."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import canonical, new_id
from storage.tables import ActionRow, CycleRow, KeyResultRow, ObjectiveRow, PersonRow, RevisionRow, TeamRow

Row = TypeVar("Row", PersonRow, TeamRow, CycleRow, ObjectiveRow, KeyResultRow, ActionRow)
Keyed = type[PersonRow] | type[TeamRow] | type[CycleRow] | type[ObjectiveRow] | type[KeyResultRow] | type[ActionRow]
Fields = dict[str, Any]

LONGEST = 60
"""Characters of a value that a line about a change repeats."""
GOALS = (ObjectiveRow, KeyResultRow)
FIRST = 0
"""The place of the thing an act is about, among all it has changed."""
SECRET = frozenset({"calendar"})
"""Fields whose values stay out of the history."""


RHYTHM = frozenset({"rule", "at", "whose", "anchor", "digest_days", "digest_at", "reminders", "reminder_at"})
"""A team's fields that say when it is asked and summed up."""


@dataclass
class Changes:
    """What an import did, by noun: `added`, `changed` and `same` count things; `told` has a line for each change."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)


async def rhythm_set(tx: AsyncSession, workspace: str, team_id: str) -> tuple[datetime, str] | None:
    """When a team's rhythm was last set, and by whom: a person's id, or a word such as "import"."""
    found = await tx.exec(
        select(RevisionRow)
        .where(RevisionRow.workspace_id == workspace, RevisionRow.noun == "team", RevisionRow.noun_id == team_id)
        .order_by(col(RevisionRow.at).desc(), col(RevisionRow.id).desc())
    )
    return next(((row.at, row.by) for row in found if RHYTHM & json.loads(row.after).keys()), None)


async def free_key(tx: AsyncSession, workspace: str, tables: Sequence[Keyed], key: str) -> str:
    """The key itself, or with the first number behind it that nothing in these tables has."""
    taken: set[str] = set()
    for table in tables:
        found = await tx.exec(
            select(table.key).where(col(table.workspace_id) == workspace, col(table.key).startswith(key))
        )
        taken.update(found.all())
    return next(one for one in (key, *(f"{key}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


async def brought_by(tx: AsyncSession, workspace: str, source: str) -> str | None:
    """The id of what the same act has added or changed before."""
    found = await tx.exec(
        select(RevisionRow.noun_id).where(
            RevisionRow.workspace_id == workspace, RevisionRow.source == f"{source}:{FIRST}"
        )
    )
    return found.one_or_none()


async def written_by(tx: AsyncSession, workspace: str, things: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Who wrote these down first, each a (noun, id), by their ids."""
    found = await tx.exec(
        select(RevisionRow.noun_id, RevisionRow.by).where(
            RevisionRow.workspace_id == workspace,
            RevisionRow.before == "null",
            tuple_(col(RevisionRow.noun), col(RevisionRow.noun_id)).in_(things),
        )
    )
    return dict(found.all())


async def one(tx: AsyncSession, workspace: str, revision_id: str) -> tuple[str, str, str, dict[str, Any]]:
    """(what it is about, who, why, what has changed) of one revision."""
    row = await tx.get_one(RevisionRow, (workspace, revision_id))
    return row.noun_id, row.by, row.why, json.loads(row.after)


async def last_by(tx: AsyncSession, workspace: str, noun: str, noun_id: str, fields: Collection[str]) -> str:
    """Who changed one of these fields last: a person's id, or a word such as "import"."""
    found = await tx.exec(
        select(RevisionRow)
        .where(RevisionRow.workspace_id == workspace, RevisionRow.noun == noun, RevisionRow.noun_id == noun_id)
        .order_by(col(RevisionRow.at).desc(), col(RevisionRow.id).desc())
    )
    return next((row.by for row in found if set(fields) & json.loads(row.after).keys()), "")


@dataclass
class _Thing:
    """What has become of one row so far. `before` is None for a new one."""

    before: Fields | None
    after: Fields
    key: str = ""


@dataclass
class Revising:
    """Adds or changes rows by key. One revision is written for each thing, however many steps its change took."""

    tx: AsyncSession
    workspace: str
    now: datetime
    by: str = "import"
    why: str = ""
    source: str = ""
    """What Slack makes unique about the act; empty for one that is never redelivered."""
    _things: dict[tuple[str, str], _Thing] = field(default_factory=dict)
    _remembered: bool = False

    async def put(self, table: type[Row], noun: str, wanted: Mapping[str, Fields]) -> dict[str, str]:
        """Bring the rows with these keys to these fields. Answers the ids by key, of old rows too."""
        found = await self.tx.exec(select(table).where(col(table.workspace_id) == self.workspace))
        rows = {row.key: row for row in found}
        for key, fields in wanted.items():
            if row := rows.get(key):
                self.change(noun, row, fields)
                continue
            rows[key] = self.add(table, noun, key, fields)
        await self.tx.flush()
        return {key: row.id for key, row in rows.items()}

    async def link(
        self, table: type[Row], noun: str, ids: Mapping[str, str], links: Mapping[str, dict[str, str | None]]
    ) -> None:
        """Set references between rows of one table, which exist only now."""
        for key, fields in links.items():
            self.change(noun, await self.tx.get_one(table, (self.workspace, ids[key])), fields)
        await self.tx.flush()

    def note(self, noun: str, noun_id: str, before: Fields, after: Fields) -> None:
        """Remember a change that was made elsewhere."""
        thing = self._things.setdefault((noun, noun_id), _Thing({}, {}))
        thing.after = thing.after | after
        if thing.before is not None:
            thing.before = before | thing.before

    def remember(self, noun: str, noun_id: str, after: Fields) -> str:
        """Write down at once something that changes no row; answers the revision's id."""
        row = self._revision(FIRST, noun, noun_id, _Thing(None, after))
        self.tx.add(row)
        self._remembered = True
        return row.id

    async def finish(self) -> Changes:
        """Write the revisions, and count."""
        changes = Changes()
        place = FIRST + self._remembered
        for (noun, noun_id), thing in self._things.items():
            counted = changes.added if thing.before is None else changes.changed if thing.after else changes.same
            counted[noun] = counted.get(noun, 0) + 1
            if thing.after:
                self.tx.add(self._revision(place, noun, noun_id, thing))
                place += 1
            if thing.after and thing.before is not None:
                changes.told.append(_told(noun, thing))
        await self.tx.flush()
        return changes

    def add(self, table: type[Row], noun: str, key: str, fields: Fields) -> Row:
        """A new row."""
        row = table(workspace_id=self.workspace, id=new_id(), key=key, **fields)
        self.tx.add(row)
        self._things[noun, row.id] = _Thing(None, fields)
        return row

    async def free_key(self, table: type[Row], key: str) -> str:
        """The key itself, or with the first number behind it that nothing else has. What a key says may be contributed
        to is either an objective or a key result, never both.
        """
        return await free_key(self.tx, self.workspace, GOALS if table in GOALS else (table,), key)

    def change(self, noun: str, row: Row, fields: Fields | dict[str, str | None]) -> None:
        """Bring a row to these fields."""
        before = {name: getattr(row, name) for name in fields}
        after = {name: value for name, value in fields.items() if before[name] != value}
        for name, value in after.items():
            setattr(row, name, value)
        self.note(noun, row.id, {name: before[name] for name in after}, after)
        self._things[noun, row.id].key = row.key

    def _revision(self, place: int, noun: str, noun_id: str, thing: _Thing) -> RevisionRow:
        return RevisionRow(
            workspace_id=self.workspace,
            id=new_id(),
            noun=noun,
            noun_id=noun_id,
            at=self.now,
            by=self.by,
            why=self.why,
            source=f"{self.source}:{place}" if self.source else None,
            before=_json(thing.before),
            after=_json(thing.after),
        )


def _told(noun: str, thing: _Thing) -> str:
    """key result refunds: target 60 → 50; of what has only ids, or long texts, no more than its name."""
    before = thing.before or {}
    said = []
    for name, value in sorted(thing.after.items()):
        plain = [str(_plain(one)) for one in (before.get(name), value)]
        shows = not name.endswith(("_id", "_ids")) and name not in SECRET and all(len(one) <= LONGEST for one in plain)
        said.append(f"{name} {plain[0] or 'nothing'} → {plain[1] or 'nothing'}" if shows else name.removesuffix("_id"))
    return f"{' '.join(filter(None, (noun, thing.key)))}: {', '.join(said)}".replace("_", " ")


def _plain(value: Any) -> Any:
    return canonical(value) if hasattr(value, "normalize") else str(value)


def _json(fields: Fields | None) -> str:
    told = {name: "…" if name in SECRET and value else value for name, value in fields.items()} if fields else fields
    return json.dumps(told, default=_plain, ensure_ascii=False, sort_keys=True)
