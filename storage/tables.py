"""The schema on one page. Rows never leave `storage`; every row belongs to one workspace, and every
reference includes it, so that mixing two workspaces up is impossible.
"""

from datetime import date as day
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from okr.absence import Excuse, Source
from okr.cadence import Whose
from okr.checkins import Via
from okr.company import Manners
from okr.confidence import Scale
from okr.deliveries import DeliveryState, Kind
from okr.findings import Family
from okr.goals import Ambition, CycleState, State
from okr.measures import MeasureKind, UnitKind
from okr.rounds import RoundState
from okr.standards import Limits
from storage.columns import Number, UTCDateTime, new_id, word

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
TEXT: Any = sa.Text
WHEN: Any = UTCDateTime
NUMBER: Any = Number


def of(table: str, column: str, *, use_alter: bool = False) -> sa.ForeignKeyConstraint:
    """A reference to a row of the same workspace."""
    return sa.ForeignKeyConstraint(
        ["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], use_alter=use_alter
    )


def in_workspace() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"])


def once(*columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("workspace_id", *columns)


class WorkspaceRow(SQLModel, table=True):
    """`id` is Slack's team id. `scale` is what a confidence is given in, and the numbers after it are the limits up to
    which goals are looked after well. `messages_a_week` is how many a person gets before some give way; without
    `coaching` nothing is pointed out.
    """

    __tablename__ = "workspaces"
    id: str = Field(primary_key=True)
    name: str
    company: str = ""
    imported_at: datetime | None = Field(default=None, sa_type=WHEN)
    scale: Scale = Field(default=Scale.COLOURS, sa_type=word(Scale))
    most_objectives: int = Limits.objectives
    most_personal_objectives: int = Limits.personal_objectives
    fewest_key_results: int = Limits.fewest_key_results
    most_key_results: int = Limits.most_key_results
    messages_a_week: int = Manners.messages_a_week
    coaching: bool = Manners.coaching


class PersonRow(SQLModel, table=True):
    """`unreachable` is why Slack did not take our last message to them, `dm` the conversation it opened for the first.
    `country` is empty where the zone tells; `calendar` is the address their leave is read from, next at `calendar_due`.
    `fewer` says that they want to hear less often of what the nightly look finds.
    """

    __tablename__ = "people"
    __table_args__ = (
        in_workspace(),
        of("people", "deputy_id"),
        once("slack_id"),
        once("key"),
        sa.Index(
            "ix_people_deputy",
            "deputy_id",
            sqlite_where=sa.text("deputy_id IS NOT NULL"),
            postgresql_where=sa.text("deputy_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_people_calendar",
            "calendar_due",
            "id",
            sqlite_where=sa.text("calendar <> ''"),
            postgresql_where=sa.text("calendar <> ''"),
        ),
    )
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    key: str
    slack_id: str
    name: str
    zone: str
    locale: str
    deactivated: bool = False
    unreachable: str = ""
    admin: bool = False
    slack_admin: bool = False
    outsider: bool = False
    deputy_id: str | None = None
    country: str = ""
    calendar: str = Field(default="", sa_type=TEXT)
    calendar_due: datetime | None = Field(default=None, sa_type=WHEN)
    has_home: bool = False
    fewer: bool = False
    dm: str | None = None


class AbsenceRow(SQLModel, table=True):
    """Leave. `last` is None until its end is known. `origin` is what makes it unique at its source; it is settled
    once the person has said that they are back, and the source changes it no more.
    """

    __tablename__ = "absences"
    __table_args__ = (of("people", "person_id"), sa.Index("ix_absences_person", "workspace_id", "person_id"))
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    person_id: str
    first: day
    last: day | None = None
    source: Source = Field(sa_type=word(Source))
    origin: str = Field(default="", sa_type=TEXT)
    settled: bool = False


class TeamRow(SQLModel, table=True):
    """`opens_next` is when the next round opens; None while the team has nobody to ask. `looks_next` is the next night
    in which its key results are looked at. `days_off` is a JSON list of {first, last, name}.
    """

    __tablename__ = "teams"
    __table_args__ = (
        in_workspace(),
        of("teams", "parent_id"),
        of("people", "lead_id"),
        once("key"),
        sa.Index("ix_teams_opens_next", "opens_next"),
        sa.Index("ix_teams_looks_next", "looks_next"),
    )
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    key: str
    name: str
    parent_id: str | None = None
    channel: str
    lead_id: str | None = None
    zone: str
    language: str
    rule: str
    at: time
    whose: Whose = Field(sa_type=word(Whose))
    anchor: day
    digest_days: int
    digest_at: time
    reminders: int
    reminder_at: time
    days_off: str = Field(default="[]", sa_type=TEXT)
    next_date: day | None = None
    opens_next: datetime | None = Field(default=None, sa_type=WHEN)
    looks_next: datetime | None = Field(default=None, sa_type=WHEN)


class TeamMemberRow(SQLModel, table=True):
    __tablename__ = "team_members"
    __table_args__ = (of("teams", "team_id"), of("people", "person_id"))
    workspace_id: str = Field(primary_key=True)
    team_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)


class ChannelRow(SQLModel, table=True):
    """The Slack channel of a team that has something private. Who is inside was read at `read_at`, None while nothing
    is known; Slack is asked again at `due`.
    """

    __tablename__ = "channels"
    __table_args__ = (in_workspace(), sa.Index("ix_channels_due", "due"))
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    due: datetime = Field(sa_type=WHEN)
    read_at: datetime | None = Field(default=None, sa_type=WHEN)
    private: bool = False


class ChannelMemberRow(SQLModel, table=True):
    """A member of Slack who is in a channel, or with `inside` false has left it; `at` is how old that news is."""

    __tablename__ = "channel_members"
    __table_args__ = (
        of("channels", "channel_id"),
        sa.Index("ix_channel_members_slack_id", "workspace_id", "slack_id"),
    )
    workspace_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    slack_id: str = Field(primary_key=True)
    inside: bool = True
    at: datetime = Field(sa_type=WHEN)


class CycleRow(SQLModel, table=True):
    __tablename__ = "cycles"
    __table_args__ = (in_workspace(), once("key"))
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    key: str
    name: str
    starts: day
    ends: day
    state: CycleState = Field(sa_type=word(CycleState))


class ObjectiveRow(SQLModel, table=True):
    """Dates are None where the cycle's hold. It may contribute to one objective or key result above it."""

    __tablename__ = "objectives"
    __table_args__ = (
        of("teams", "team_id"),
        of("cycles", "cycle_id"),
        of("people", "owner_id"),
        of("objectives", "parent_objective_id"),
        of("key_results", "parent_key_result_id", use_alter=True),
        once("key"),
        sa.Index("ix_objectives_team", "workspace_id", "team_id"),
    )
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    key: str
    team_id: str
    cycle_id: str
    owner_id: str | None = None
    title: str = Field(sa_type=TEXT)
    why: str = Field(default="", sa_type=TEXT)
    ambition: Ambition = Field(sa_type=word(Ambition))
    state: State = Field(sa_type=word(State))
    priority: int | None = None
    private: bool = False
    starts: day | None = None
    ends: day | None = None
    parent_objective_id: str | None = None
    parent_key_result_id: str | None = None


class KeyResultRow(SQLModel, table=True):
    """`steps` is a JSON list of {title, percent}, for a milestone. It may contribute to one objective, or to one key
    result, whose number its target is then a share of.
    """

    __tablename__ = "key_results"
    __table_args__ = (
        of("objectives", "objective_id"),
        of("people", "owner_id"),
        of("people", "check_in_owner_id"),
        of("objectives", "parent_objective_id"),
        of("key_results", "parent_key_result_id"),
        once("key"),
        sa.Index("ix_key_results_objective", "workspace_id", "objective_id"),
        sa.Index("ix_key_results_check_in_owner", "workspace_id", "check_in_owner_id"),
    )
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    key: str
    objective_id: str
    owner_id: str
    check_in_owner_id: str
    title: str = Field(sa_type=TEXT)
    measure: MeasureKind = Field(sa_type=word(MeasureKind))
    unit_kind: UnitKind = Field(sa_type=word(UnitKind))
    unit_label: str = ""
    baseline: Decimal | None = Field(default=None, sa_type=NUMBER)
    target: Decimal | None = Field(default=None, sa_type=NUMBER)
    low: Decimal | None = Field(default=None, sa_type=NUMBER)
    high: Decimal | None = Field(default=None, sa_type=NUMBER)
    steps: str = Field(default="[]", sa_type=TEXT)
    weight: Decimal = Field(default=Decimal(1), sa_type=NUMBER)
    source: str = Field(default="", sa_type=TEXT)
    state: State = Field(sa_type=word(State))
    priority: int | None = None
    private: bool = False
    starts: day | None = None
    ends: day | None = None
    parent_objective_id: str | None = None
    parent_key_result_id: str | None = None


class ActionRow(SQLModel, table=True):
    __tablename__ = "actions"
    __table_args__ = (
        of("key_results", "key_result_id"),
        of("people", "assignee_id"),
        once("key"),
        sa.Index("ix_actions_key_result", "workspace_id", "key_result_id"),
    )
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    key: str
    key_result_id: str
    title: str = Field(sa_type=TEXT)
    assignee_id: str | None = None
    due: day | None = None
    done_at: datetime | None = Field(default=None, sa_type=WHEN)
    done_by_id: str | None = None


class RevisionRow(SQLModel, table=True):
    """A changed definition, append-only: `before` and `after` are JSON objects of the fields that changed.

    `before` is "null" for something new. `by` is a person's id, or a word such as "import". `source` is what Slack
    makes unique about the act, so that a redelivered one changes nothing twice; None where nothing is redelivered.
    """

    __tablename__ = "revisions"
    __table_args__ = (in_workspace(), once("source"), sa.Index("ix_revisions_of", "workspace_id", "noun", "noun_id"))
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    noun: str
    noun_id: str
    at: datetime = Field(sa_type=WHEN)
    by: str
    why: str = Field(default="", sa_type=TEXT)
    before: str = Field(sa_type=TEXT)
    after: str = Field(sa_type=TEXT)
    source: str | None = Field(default=None, sa_type=TEXT)


class RoundRow(SQLModel, table=True):
    """`missed` says that the whole window passed while okrbot was not running: nobody was asked."""

    __tablename__ = "rounds"
    __table_args__ = (
        of("teams", "team_id"),
        once("team_id", "date"),
        sa.Index(
            "ix_rounds_open",
            "closes_at",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
    )
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    team_id: str
    date: day
    state: RoundState = Field(sa_type=word(RoundState))
    opens_at: datetime = Field(sa_type=WHEN)
    closes_at: datetime = Field(sa_type=WHEN)
    missed: bool = False


class AskRow(SQLModel, table=True):
    """`date` is the local date on which `person_id` is asked; with an `excuse` nobody is. From `grace_ends` on
    silence makes the key result stale.
    """

    __tablename__ = "asks"
    __table_args__ = (
        of("rounds", "round_id"),
        of("key_results", "key_result_id"),
        of("people", "person_id"),
        sa.Index("ix_asks_person_date", "workspace_id", "person_id", "date"),
        sa.Index("ix_asks_key_result", "workspace_id", "key_result_id"),
    )
    workspace_id: str = Field(primary_key=True)
    round_id: str = Field(primary_key=True)
    key_result_id: str = Field(primary_key=True)
    person_id: str
    date: day
    due_at: datetime = Field(sa_type=WHEN)
    excuse: Excuse | None = Field(default=None, sa_type=word(Excuse))
    grace_ends: datetime | None = Field(default=None, sa_type=WHEN)


class CheckInRow(SQLModel, table=True):
    """`given` is the confidence as it was given on `scale`; `level` is the same on 0 to 10.

    `source` is what Slack makes unique about the act, so that a redelivered one records nothing twice.
    """

    __tablename__ = "checkins"
    __table_args__ = (
        of("key_results", "key_result_id"),
        of("rounds", "round_id"),
        of("people", "author_id"),
        of("checkins", "supersedes_id"),
        once("source"),
        sa.Index("ix_checkins_newest", "workspace_id", "key_result_id", "at", "id"),
        sa.Index("ix_checkins_round", "workspace_id", "round_id", "key_result_id"),
        sa.Index(
            "ix_checkins_superseded",
            "workspace_id",
            "supersedes_id",
            sqlite_where=sa.text("supersedes_id IS NOT NULL"),
            postgresql_where=sa.text("supersedes_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_checkins_negative",
            "workspace_id",
            "key_result_id",
            sqlite_where=sa.text("substr(value, 1, 1) = '-'"),
            postgresql_where=sa.text("substr(value, 1, 1) = '-'"),
        ),
    )
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    key_result_id: str
    round_id: str | None = None
    value: Decimal = Field(sa_type=NUMBER)
    given: str
    scale: Scale = Field(sa_type=word(Scale))
    level: int
    note: str = Field(default="", sa_type=TEXT)
    win: str = Field(default="", sa_type=TEXT)
    blocker: str = Field(default="", sa_type=TEXT)
    author_id: str
    via: Via = Field(sa_type=word(Via))
    at: datetime = Field(sa_type=WHEN)
    source: str
    supersedes_id: str | None = None


class DeliveryRow(SQLModel, table=True):
    """One message we owe somebody. `key` is its natural name; nothing with the same key is ever sent twice.

    `due_at` and `first_try_at` are the ritual's time; `lease_until` and `check_at` are real time: `check_at` is
    when to look once more for a late first attempt, `duplicates` how many of those were found and deleted.
    `chosen` says that the person chose the hour, `broken` how many drawings failed one after the other. `wanted` is
    raised when what the message says has changed, `shown` is the revision Slack has. `locale` is whose language it
    speaks where that does not follow from whom it is for.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        in_workspace(),
        of("people", "person_id"),
        of("rounds", "round_id"),
        once("key"),
        sa.Index(
            "ix_deliveries_due",
            "due_at",
            "id",
            sqlite_where=sa.text("state = 'planned'"),
            postgresql_where=sa.text("state = 'planned'"),
        ),
        sa.Index(
            "ix_deliveries_changed",
            "due_at",
            "id",
            sqlite_where=sa.text("state = 'sent' AND wanted > shown"),
            postgresql_where=sa.text("state = 'sent' AND wanted > shown"),
        ),
        sa.Index(
            "ix_deliveries_leased",
            "lease_until",
            sqlite_where=sa.text("state IN ('leased', 'unknown')"),
            postgresql_where=sa.text("state IN ('leased', 'unknown')"),
        ),
        sa.Index(
            "ix_deliveries_second_look",
            "check_at",
            sqlite_where=sa.text("check_at IS NOT NULL"),
            postgresql_where=sa.text("check_at IS NOT NULL"),
        ),
        sa.Index("ix_deliveries_person_date", "workspace_id", "person_id", "date"),
        sa.Index("ix_deliveries_round", "workspace_id", "round_id"),
    )
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True, default_factory=new_id)
    key: str
    kind: Kind = Field(sa_type=word(Kind))
    person_id: str | None = None
    round_id: str | None = None
    date: day | None = None
    part: int = 0
    due_at: datetime = Field(sa_type=WHEN)
    chosen: bool = False
    state: DeliveryState = Field(default=DeliveryState.PLANNED, sa_type=word(DeliveryState))
    reason: str = ""
    wanted: int = 1
    shown: int = 0
    tries: int = 0
    broken: int = 0
    unsure: bool = False
    first_try_at: datetime | None = Field(default=None, sa_type=WHEN)
    lease_until: datetime | None = Field(default=None, sa_type=WHEN)
    lease: str | None = None
    check_at: datetime | None = Field(default=None, sa_type=WHEN)
    duplicates: int = 0
    channel: str | None = None
    ts: str | None = None
    thread_ts: str | None = None
    locale: str = ""
    sent_at: datetime | None = Field(default=None, sa_type=WHEN)


class FlagRow(SQLModel, table=True):
    """Something a lead, `person_id`, is told once of somebody, `about_id`, in the notice of `date`."""

    __tablename__ = "flags"
    __table_args__ = (
        of("key_results", "key_result_id"),
        of("people", "about_id"),
        of("people", "person_id"),
        sa.Index("ix_flags_person_date", "workspace_id", "person_id", "date"),
    )
    workspace_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    key_result_id: str = Field(primary_key=True)
    about_id: str = Field(primary_key=True)
    person_id: str
    date: day
    at: datetime = Field(sa_type=WHEN)


class FindingRow(SQLModel, table=True):
    """What the nightly look has found and when it was last said: to `person_id` in the message of `date`, when it was
    as bad as `level`; to a lead once, in their notice of `lead_date`. `about_id` is an objective or a key result.
    """

    __tablename__ = "findings"
    __table_args__ = (
        of("people", "person_id"),
        of("people", "lead_id"),
        sa.Index("ix_findings_person_date", "workspace_id", "person_id", "date"),
        sa.Index("ix_findings_lead_date", "workspace_id", "lead_id", "lead_date"),
    )
    workspace_id: str = Field(primary_key=True)
    family: Family = Field(primary_key=True, sa_type=word(Family))
    about_id: str = Field(primary_key=True)
    person_id: str
    date: day
    level: int
    lead_id: str | None = None
    lead_date: day | None = None


class UnsentRow(SQLModel, table=True):
    """What a person typed into a `form` they closed: `values` are its fields as Slack sends them, JSON by block id."""

    __tablename__ = "unsent"
    __table_args__ = (of("people", "person_id"),)
    workspace_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    values: str = Field(sa_type=TEXT)
    at: datetime = Field(sa_type=WHEN)


class HeartbeatRow(SQLModel, table=True):
    """The signs of life of one process, in real time, which it refreshes by itself."""

    __tablename__ = "heartbeats"
    __table_args__ = (in_workspace(),)
    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    role: str
    host: str
    pid: int
    started_at: datetime = Field(sa_type=WHEN)
    seen_at: datetime = Field(sa_type=WHEN)
    sockets: int | None = None
    sockets_wanted: int | None = None
    beaten_at: datetime | None = Field(default=None, sa_type=WHEN)


class ArchiveRow(SQLModel, table=True):
    """The archive of one day, at most one for each; `due_at` is when whoever comes next may write it, `trouble` what
    went wrong the last time.
    """

    __tablename__ = "archives"
    __table_args__ = (in_workspace(),)
    workspace_id: str = Field(primary_key=True)
    date: day = Field(primary_key=True)
    due_at: datetime = Field(sa_type=WHEN)
    written_at: datetime | None = Field(default=None, sa_type=WHEN)
    trouble: str = Field(default="", sa_type=TEXT)
