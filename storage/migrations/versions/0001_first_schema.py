"""the first schema"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.columns

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('workspaces',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('company', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('imported_at', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('scale', sa.Enum('colours', '1-5', '0-10', name='scale', native_enum=False, length=16), nullable=False),
    sa.Column('most_objectives', sa.Integer(), nullable=False),
    sa.Column('most_personal_objectives', sa.Integer(), nullable=False),
    sa.Column('fewest_key_results', sa.Integer(), nullable=False),
    sa.Column('most_key_results', sa.Integer(), nullable=False),
    sa.Column('messages_a_week', sa.Integer(), nullable=False),
    sa.Column('coaching', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workspaces'))
    )
    op.create_table('channels',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('due', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('read_at', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('private', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_channels_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_channels'))
    )
    with op.batch_alter_table('channels', schema=None) as batch_op:
        batch_op.create_index('ix_channels_due', ['due'], unique=False)

    op.create_table('channel_members',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('channel_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('slack_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('inside', sa.Boolean(), nullable=False),
    sa.Column('at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'channel_id'], ['channels.workspace_id', 'channels.id'], name=op.f('fk_channel_members_workspace_id_channel_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'channel_id', 'slack_id', name=op.f('pk_channel_members'))
    )
    with op.batch_alter_table('channel_members', schema=None) as batch_op:
        batch_op.create_index('ix_channel_members_slack_id', ['workspace_id', 'slack_id'], unique=False)

    op.create_table('cycles',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('planning', 'active', 'closing', 'closed', name='cyclestate', native_enum=False, length=16), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_cycles_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_cycles')),
    sa.UniqueConstraint('workspace_id', 'key', name=op.f('uq_cycles_workspace_id_key'))
    )
    op.create_table('people',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('slack_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('zone', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('locale', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('deactivated', sa.Boolean(), nullable=False),
    sa.Column('unreachable', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('admin', sa.Boolean(), nullable=False),
    sa.Column('slack_admin', sa.Boolean(), nullable=False),
    sa.Column('outsider', sa.Boolean(), nullable=False),
    sa.Column('deputy_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('country', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('calendar', sa.Text(), nullable=False),
    sa.Column('calendar_due', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('has_home', sa.Boolean(), nullable=False),
    sa.Column('fewer', sa.Boolean(), nullable=False),
    sa.Column('dm', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'deputy_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_people_workspace_id_deputy_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_people_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_people')),
    sa.UniqueConstraint('workspace_id', 'key', name=op.f('uq_people_workspace_id_key')),
    sa.UniqueConstraint('workspace_id', 'slack_id', name=op.f('uq_people_workspace_id_slack_id'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.create_index('ix_people_calendar', ['calendar_due', 'id'], unique=False, sqlite_where=sa.text("calendar <> ''"), postgresql_where=sa.text("calendar <> ''"))
        batch_op.create_index('ix_people_deputy', ['deputy_id'], unique=False, sqlite_where=sa.text('deputy_id IS NOT NULL'), postgresql_where=sa.text('deputy_id IS NOT NULL'))

    op.create_table('absences',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=True),
    sa.Column('source', sa.Enum('said', 'slack', 'calendar', name='source', native_enum=False, length=16), nullable=False),
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('settled', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_absences_workspace_id_person_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_absences'))
    )
    with op.batch_alter_table('absences', schema=None) as batch_op:
        batch_op.create_index('ix_absences_person', ['workspace_id', 'person_id'], unique=False)

    op.create_table('revisions',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('noun', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('noun_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_revisions_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_revisions')),
    sa.UniqueConstraint('workspace_id', 'source', name=op.f('uq_revisions_workspace_id_source'))
    )
    with op.batch_alter_table('revisions', schema=None) as batch_op:
        batch_op.create_index('ix_revisions_of', ['workspace_id', 'noun', 'noun_id'], unique=False)

    op.create_table('teams',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('parent_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('lead_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('zone', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('rule', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sa.Time(), nullable=False),
    sa.Column('whose', sa.Enum('member', 'team', name='whose', native_enum=False, length=16), nullable=False),
    sa.Column('anchor', sa.Date(), nullable=False),
    sa.Column('digest_days', sa.Integer(), nullable=False),
    sa.Column('digest_at', sa.Time(), nullable=False),
    sa.Column('reminders', sa.Integer(), nullable=False),
    sa.Column('reminder_at', sa.Time(), nullable=False),
    sa.Column('days_off', sa.Text(), nullable=False),
    sa.Column('next_date', sa.Date(), nullable=True),
    sa.Column('opens_next', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('looks_next', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'lead_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_teams_workspace_id_lead_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'parent_id'], ['teams.workspace_id', 'teams.id'], name=op.f('fk_teams_workspace_id_parent_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_teams_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_teams')),
    sa.UniqueConstraint('workspace_id', 'key', name=op.f('uq_teams_workspace_id_key'))
    )
    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.create_index('ix_teams_opens_next', ['opens_next'], unique=False)
        batch_op.create_index('ix_teams_looks_next', ['looks_next'], unique=False)

    op.create_table('objectives',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('cycle_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('owner_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('ambition', sa.Enum('committed', 'aspirational', name='ambition', native_enum=False, length=16), nullable=False),
    sa.Column('state', sa.Enum('draft', 'active', 'paused', 'done', 'abandoned', name='state', native_enum=False, length=16), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=True),
    sa.Column('private', sa.Boolean(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=True),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('parent_objective_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('parent_key_result_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'cycle_id'], ['cycles.workspace_id', 'cycles.id'], name=op.f('fk_objectives_workspace_id_cycle_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'owner_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_objectives_workspace_id_owner_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'parent_objective_id'], ['objectives.workspace_id', 'objectives.id'], name=op.f('fk_objectives_workspace_id_parent_objective_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'team_id'], ['teams.workspace_id', 'teams.id'], name=op.f('fk_objectives_workspace_id_team_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_objectives')),
    sa.UniqueConstraint('workspace_id', 'key', name=op.f('uq_objectives_workspace_id_key'))
    )
    with op.batch_alter_table('objectives', schema=None) as batch_op:
        batch_op.create_index('ix_objectives_team', ['workspace_id', 'team_id'], unique=False)

    op.create_table('rounds',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'open', 'closed', name='roundstate', native_enum=False, length=16), nullable=False),
    sa.Column('opens_at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('closes_at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('missed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'team_id'], ['teams.workspace_id', 'teams.id'], name=op.f('fk_rounds_workspace_id_team_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_rounds')),
    sa.UniqueConstraint('workspace_id', 'team_id', 'date', name=op.f('uq_rounds_workspace_id_team_id_date'))
    )
    with op.batch_alter_table('rounds', schema=None) as batch_op:
        batch_op.create_index('ix_rounds_open', ['closes_at'], unique=False, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('team_members',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_team_members_workspace_id_person_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'team_id'], ['teams.workspace_id', 'teams.id'], name=op.f('fk_team_members_workspace_id_team_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'team_id', 'person_id', name=op.f('pk_team_members'))
    )
    op.create_table('deliveries',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sa.Enum('prompt', 'reminder', 'digest', 'notice', name='kind', native_enum=False, length=16), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('round_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('date', sa.Date(), nullable=True),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('due_at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('chosen', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'leased', 'unknown', 'sent', 'failed', 'skipped', name='deliverystate', native_enum=False, length=16), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('wanted', sa.Integer(), nullable=False),
    sa.Column('shown', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('broken', sa.Integer(), nullable=False),
    sa.Column('unsure', sa.Boolean(), nullable=False),
    sa.Column('first_try_at', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('lease_until', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('lease', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('check_at', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('duplicates', sa.Integer(), nullable=False),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('ts', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('thread_ts', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('locale', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('sent_at', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_deliveries_workspace_id_person_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'round_id'], ['rounds.workspace_id', 'rounds.id'], name=op.f('fk_deliveries_workspace_id_round_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_deliveries_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_deliveries')),
    sa.UniqueConstraint('workspace_id', 'key', name=op.f('uq_deliveries_workspace_id_key'))
    )
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.create_index('ix_deliveries_changed', ['due_at', 'id'], unique=False, sqlite_where=sa.text("state = 'sent' AND wanted > shown"), postgresql_where=sa.text("state = 'sent' AND wanted > shown"))
        batch_op.create_index('ix_deliveries_due', ['due_at', 'id'], unique=False, sqlite_where=sa.text("state = 'planned'"), postgresql_where=sa.text("state = 'planned'"))
        batch_op.create_index('ix_deliveries_leased', ['lease_until'], unique=False, sqlite_where=sa.text("state IN ('leased', 'unknown')"), postgresql_where=sa.text("state IN ('leased', 'unknown')"))
        batch_op.create_index('ix_deliveries_second_look', ['check_at'], unique=False, sqlite_where=sa.text('check_at IS NOT NULL'), postgresql_where=sa.text('check_at IS NOT NULL'))
        batch_op.create_index('ix_deliveries_person_date', ['workspace_id', 'person_id', 'date'], unique=False)
        batch_op.create_index('ix_deliveries_round', ['workspace_id', 'round_id'], unique=False)

    op.create_table('key_results',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('objective_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('owner_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('check_in_owner_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('measure', sa.Enum('increase', 'decrease', 'keep within', 'milestone', name='measurekind', native_enum=False, length=16), nullable=False),
    sa.Column('unit_kind', sa.Enum('number', 'percent', 'currency', 'text', name='unitkind', native_enum=False, length=16), nullable=False),
    sa.Column('unit_label', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('baseline', storage.columns.Number(length=40), nullable=True),
    sa.Column('target', storage.columns.Number(length=40), nullable=True),
    sa.Column('low', storage.columns.Number(length=40), nullable=True),
    sa.Column('high', storage.columns.Number(length=40), nullable=True),
    sa.Column('steps', sa.Text(), nullable=False),
    sa.Column('weight', storage.columns.Number(length=40), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'active', 'paused', 'done', 'abandoned', name='state', native_enum=False, length=16), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=True),
    sa.Column('private', sa.Boolean(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=True),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('parent_objective_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('parent_key_result_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'check_in_owner_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_key_results_workspace_id_check_in_owner_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'objective_id'], ['objectives.workspace_id', 'objectives.id'], name=op.f('fk_key_results_workspace_id_objective_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'owner_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_key_results_workspace_id_owner_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'parent_key_result_id'], ['key_results.workspace_id', 'key_results.id'], name=op.f('fk_key_results_workspace_id_parent_key_result_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'parent_objective_id'], ['objectives.workspace_id', 'objectives.id'], name=op.f('fk_key_results_workspace_id_parent_objective_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_key_results')),
    sa.UniqueConstraint('workspace_id', 'key', name=op.f('uq_key_results_workspace_id_key'))
    )
    with op.batch_alter_table('key_results', schema=None) as batch_op:
        batch_op.create_index('ix_key_results_check_in_owner', ['workspace_id', 'check_in_owner_id'], unique=False)
        batch_op.create_index('ix_key_results_objective', ['workspace_id', 'objective_id'], unique=False)

    # Objectives and key results refer to each other, so this reference waits for both tables.
    with op.batch_alter_table('objectives', schema=None) as batch_op:
        batch_op.create_foreign_key(
            op.f('fk_objectives_workspace_id_parent_key_result_id'), 'key_results',
            ['workspace_id', 'parent_key_result_id'], ['workspace_id', 'id'], use_alter=True,
        )

    op.create_table('actions',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key_result_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('assignee_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('done_at', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'assignee_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_actions_workspace_id_assignee_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'key_result_id'], ['key_results.workspace_id', 'key_results.id'], name=op.f('fk_actions_workspace_id_key_result_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_actions')),
    sa.UniqueConstraint('workspace_id', 'key', name=op.f('uq_actions_workspace_id_key'))
    )
    with op.batch_alter_table('actions', schema=None) as batch_op:
        batch_op.create_index('ix_actions_key_result', ['workspace_id', 'key_result_id'], unique=False)

    op.create_table('asks',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('round_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key_result_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('due_at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('excuse', sa.Enum('holiday', 'day off', 'away', 'left', name='excuse', native_enum=False, length=16), nullable=True),
    sa.Column('grace_ends', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'key_result_id'], ['key_results.workspace_id', 'key_results.id'], name=op.f('fk_asks_workspace_id_key_result_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_asks_workspace_id_person_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'round_id'], ['rounds.workspace_id', 'rounds.id'], name=op.f('fk_asks_workspace_id_round_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'round_id', 'key_result_id', name=op.f('pk_asks'))
    )
    with op.batch_alter_table('asks', schema=None) as batch_op:
        batch_op.create_index('ix_asks_key_result', ['workspace_id', 'key_result_id'], unique=False)
        batch_op.create_index('ix_asks_person_date', ['workspace_id', 'person_id', 'date'], unique=False)

    op.create_table('checkins',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key_result_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('round_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('value', storage.columns.Number(length=40), nullable=False),
    sa.Column('given', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('scale', sa.Enum('colours', '1-5', '0-10', name='scale', native_enum=False, length=16), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('win', sa.Text(), nullable=False),
    sa.Column('blocker', sa.Text(), nullable=False),
    sa.Column('author_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('via', sa.Enum('modal', 'one tap', 'text', 'voice', 'api', 'connector', 'import', name='via', native_enum=False, length=16), nullable=False),
    sa.Column('at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('supersedes_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'author_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_checkins_workspace_id_author_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'key_result_id'], ['key_results.workspace_id', 'key_results.id'], name=op.f('fk_checkins_workspace_id_key_result_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'round_id'], ['rounds.workspace_id', 'rounds.id'], name=op.f('fk_checkins_workspace_id_round_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'supersedes_id'], ['checkins.workspace_id', 'checkins.id'], name=op.f('fk_checkins_workspace_id_supersedes_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_checkins')),
    sa.UniqueConstraint('workspace_id', 'source', name=op.f('uq_checkins_workspace_id_source'))
    )
    with op.batch_alter_table('checkins', schema=None) as batch_op:
        batch_op.create_index('ix_checkins_negative', ['workspace_id', 'key_result_id'], unique=False, sqlite_where=sa.text("substr(value, 1, 1) = '-'"), postgresql_where=sa.text("substr(value, 1, 1) = '-'"))
        batch_op.create_index('ix_checkins_newest', ['workspace_id', 'key_result_id', 'at', 'id'], unique=False)
        batch_op.create_index('ix_checkins_round', ['workspace_id', 'round_id', 'key_result_id'], unique=False)
        batch_op.create_index('ix_checkins_superseded', ['workspace_id', 'supersedes_id'], unique=False, sqlite_where=sa.text('supersedes_id IS NOT NULL'), postgresql_where=sa.text('supersedes_id IS NOT NULL'))

    op.create_table('heartbeats',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('role', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('host', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('pid', sa.Integer(), nullable=False),
    sa.Column('started_at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('seen_at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('sockets', sa.Integer(), nullable=True),
    sa.Column('sockets_wanted', sa.Integer(), nullable=True),
    sa.Column('beaten_at', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_heartbeats_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_heartbeats'))
    )
    op.create_table('archives',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('due_at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('written_at', storage.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('trouble', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_archives_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'date', name=op.f('pk_archives'))
    )
    op.create_table('flags',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key_result_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('about_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'about_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_flags_workspace_id_about_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'key_result_id'], ['key_results.workspace_id', 'key_results.id'], name=op.f('fk_flags_workspace_id_key_result_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_flags_workspace_id_person_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'kind', 'key_result_id', 'about_id', name=op.f('pk_flags'))
    )
    with op.batch_alter_table('flags', schema=None) as batch_op:
        batch_op.create_index('ix_flags_person_date', ['workspace_id', 'person_id', 'date'], unique=False)

    op.create_table('findings',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('family', sa.Enum('shape', 'owner', 'dates', 'silence', 'pace', name='family', native_enum=False, length=16), nullable=False),
    sa.Column('about_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('lead_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('lead_date', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'lead_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_findings_workspace_id_lead_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_findings_workspace_id_person_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'family', 'about_id', name=op.f('pk_findings'))
    )
    with op.batch_alter_table('findings', schema=None) as batch_op:
        batch_op.create_index('ix_findings_lead_date', ['workspace_id', 'lead_id', 'lead_date'], unique=False)
        batch_op.create_index('ix_findings_person_date', ['workspace_id', 'person_id', 'date'], unique=False)

    op.create_table('unsent',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('form', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('values', sa.Text(), nullable=False),
    sa.Column('at', storage.columns.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['people.workspace_id', 'people.id'], name=op.f('fk_unsent_workspace_id_person_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'person_id', 'form', name=op.f('pk_unsent'))
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != 'sqlite':  # the two tables refer to each other
        op.drop_constraint(op.f('fk_objectives_workspace_id_parent_key_result_id'), 'objectives', type_='foreignkey')
    op.drop_table('unsent')
    with op.batch_alter_table('findings', schema=None) as batch_op:
        batch_op.drop_index('ix_findings_person_date')
        batch_op.drop_index('ix_findings_lead_date')

    op.drop_table('findings')
    with op.batch_alter_table('flags', schema=None) as batch_op:
        batch_op.drop_index('ix_flags_person_date')

    op.drop_table('flags')
    op.drop_table('archives')
    op.drop_table('heartbeats')
    with op.batch_alter_table('checkins', schema=None) as batch_op:
        batch_op.drop_index('ix_checkins_superseded', sqlite_where=sa.text('supersedes_id IS NOT NULL'), postgresql_where=sa.text('supersedes_id IS NOT NULL'))
        batch_op.drop_index('ix_checkins_round')
        batch_op.drop_index('ix_checkins_newest')
        batch_op.drop_index('ix_checkins_negative', sqlite_where=sa.text("substr(value, 1, 1) = '-'"), postgresql_where=sa.text("substr(value, 1, 1) = '-'"))

    op.drop_table('checkins')
    with op.batch_alter_table('asks', schema=None) as batch_op:
        batch_op.drop_index('ix_asks_person_date')
        batch_op.drop_index('ix_asks_key_result')

    op.drop_table('asks')
    with op.batch_alter_table('actions', schema=None) as batch_op:
        batch_op.drop_index('ix_actions_key_result')

    op.drop_table('actions')
    with op.batch_alter_table('key_results', schema=None) as batch_op:
        batch_op.drop_index('ix_key_results_objective')
        batch_op.drop_index('ix_key_results_check_in_owner')

    op.drop_table('key_results')
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_index('ix_deliveries_round')
        batch_op.drop_index('ix_deliveries_person_date')
        batch_op.drop_index('ix_deliveries_second_look', sqlite_where=sa.text('check_at IS NOT NULL'), postgresql_where=sa.text('check_at IS NOT NULL'))
        batch_op.drop_index('ix_deliveries_leased', sqlite_where=sa.text("state IN ('leased', 'unknown')"), postgresql_where=sa.text("state IN ('leased', 'unknown')"))
        batch_op.drop_index('ix_deliveries_due', sqlite_where=sa.text("state = 'planned'"), postgresql_where=sa.text("state = 'planned'"))
        batch_op.drop_index('ix_deliveries_changed', sqlite_where=sa.text("state = 'sent' AND wanted > shown"), postgresql_where=sa.text("state = 'sent' AND wanted > shown"))

    op.drop_table('deliveries')
    op.drop_table('team_members')
    with op.batch_alter_table('rounds', schema=None) as batch_op:
        batch_op.drop_index('ix_rounds_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.drop_table('rounds')
    with op.batch_alter_table('objectives', schema=None) as batch_op:
        batch_op.drop_index('ix_objectives_team')

    op.drop_table('objectives')
    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.drop_index('ix_teams_looks_next')
        batch_op.drop_index('ix_teams_opens_next')

    op.drop_table('teams')
    with op.batch_alter_table('revisions', schema=None) as batch_op:
        batch_op.drop_index('ix_revisions_of')

    op.drop_table('revisions')
    with op.batch_alter_table('absences', schema=None) as batch_op:
        batch_op.drop_index('ix_absences_person')

    op.drop_table('absences')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_index('ix_people_deputy', sqlite_where=sa.text('deputy_id IS NOT NULL'), postgresql_where=sa.text('deputy_id IS NOT NULL'))
        batch_op.drop_index('ix_people_calendar', sqlite_where=sa.text("calendar <> ''"), postgresql_where=sa.text("calendar <> ''"))

    op.drop_table('people')
    op.drop_table('cycles')
    with op.batch_alter_table('channel_members', schema=None) as batch_op:
        batch_op.drop_index('ix_channel_members_slack_id')

    op.drop_table('channel_members')
    with op.batch_alter_table('channels', schema=None) as batch_op:
        batch_op.drop_index('ix_channels_due')

    op.drop_table('channels')
    op.drop_table('workspaces')
