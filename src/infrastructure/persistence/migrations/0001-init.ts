import { sql, SqliteAdapter, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The tables of the store; the types of their rows stand in `database-schema.ts`. */
export const init: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const number = numberType(db);
    const statements = [
      ...ALERTS,
      ...ticketGroups(number),
      ...EPISODES,
      ...TICKETS,
      ...ticketNotes(number),
      ...groupEvents(number),
      DEAD_LETTERS,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

/** Type of a primary key that counts rows as they are inserted: the only thing that the two dialects spell apart. */
function numberType(db: Kysely<unknown>): string {
  return db.getExecutor().adapter instanceof SqliteAdapter ? 'integer' : 'bigserial';
}

const ALERTS = [
  `create table alerts (
    id text primary key,
    key_text text not null,
    newest_ends_at text,
    recent_ends text not null
  )`,
  `create table group_keys (
    id text primary key,
    source text not null,
    route text not null,
    label_values text not null
  )`,
];

function ticketGroups(number: string): readonly string[] {
  return [
    `create table ticket_groups (
      no ${number} primary key,
      id text not null unique,
      group_key text not null,
      instance text not null,
      opened_at bigint not null,
      accepts_until bigint,
      accepting integer not null,
      ended_by text,
      concluding integer not null,
      summary integer not null,
      root_key text,
      root_opened_at bigint,
      previous_group_id text,
      first_episode_id text,
      next_ordinal integer not null,
      placed integer not null,
      folded integer not null,
      folded_told integer not null,
      firing integer not null,
      open_children integer not null,
      account_no integer not null,
      accounted_no integer not null,
      root_over_told integer not null,
      revision bigint not null,
      attempts integer not null,
      retry_at bigint not null,
      due_at bigint,
      lease_owner text,
      lease_until bigint not null,
      fence bigint not null
    )`,
    ...TICKET_GROUP_INDEXES,
  ];
}

const TICKET_GROUP_INDEXES = [
  'create unique index ticket_groups_accepting on ticket_groups (group_key) where accepting = 1',
  'create index ticket_groups_of_key on ticket_groups (group_key, no)',
  'create index ticket_groups_due on ticket_groups (instance, due_at) where due_at is not null',
  'create index ticket_groups_leased on ticket_groups (instance, lease_until) where lease_owner is not null',
];

const EPISODES = [
  `create table episodes (
    id text primary key,
    alert_id text not null,
    group_id text not null references ticket_groups (id) on delete cascade,
    ordinal integer not null,
    state text not null,
    starts_at text not null,
    newest_starts_at text not null,
    ends_at text,
    hold_until bigint,
    firings integer not null,
    doubtful integer not null,
    folded integer not null,
    ticket_key text,
    account_no integer,
    ended_together integer not null,
    flapping_told integer not null,
    content text not null
  )`,
  `create unique index episodes_open on episodes (alert_id) where state <> 'ended'`,
  'create index episodes_of_group on episodes (group_id, ordinal)',
  `create index episodes_held on episodes (group_id, hold_until) where state = 'held'`,
  `create index episodes_without_ticket on episodes (group_id, ordinal)
    where ticket_key is null and state in ('firing', 'held')`,
  'create index episodes_unaccounted on episodes (group_id, account_no) where account_no is not null',
];

const TICKETS = [
  `create table tickets (
    key text primary key,
    group_id text not null references ticket_groups (id) on delete cascade,
    ordinal integer not null,
    episode_id text,
    alert_id text not null,
    wanted text not null,
    reference text,
    seen text not null,
    seen_at bigint,
    written text,
    written_at bigint,
    write_number integer not null,
    intent text,
    refused text,
    personal integer not null,
    parked text,
    attempts integer not null,
    retry_at bigint not null,
    work_at bigint
  )`,
  'create index tickets_of_group on tickets (group_id, ordinal)',
  'create index tickets_work on tickets (group_id, work_at) where work_at is not null',
  'create index tickets_written on tickets (written_at) where written is not null',
  'create index tickets_stuck on tickets (group_id) where parked is not null or refused is not null',
];

function ticketNotes(number: string): readonly string[] {
  return [
    `create table ticket_notes (
      no ${number} primary key,
      id text not null unique,
      group_id text not null references ticket_groups (id) on delete cascade,
      ticket_key text not null,
      fact text not null,
      not_before bigint not null,
      state text not null,
      text text,
      created_at bigint not null
    )`,
    `create index ticket_notes_wanted on ticket_notes (ticket_key) where state = 'wanted'`,
    'create index ticket_notes_of_group on ticket_notes (group_id, no)',
  ];
}

function groupEvents(number: string): readonly string[] {
  return [
    `create table group_events (
      no ${number} primary key,
      group_id text not null references ticket_groups (id) on delete cascade,
      at bigint not null,
      kind text not null,
      ticket_key text,
      reason text
    )`,
    'create index group_events_of_group on group_events (group_id, no)',
  ];
}

const DEAD_LETTERS = `create table dead_letters (
  id text primary key,
  source text not null,
  received_at bigint not null,
  problem text not null,
  body text not null
)`;
