/** What happens to the process at a point. */
export const MODES = ['kill', 'throw', 'hang'] as const;
export type PointMode = (typeof MODES)[number];

/**
 * The kinds of transaction, by what each asks of the store first. A conclusion begins as a delivery. A kind that is not
 * listed here makes the sweep fail.
 */
export const TRANSACTIONS: Readonly<Record<string, string>> = {
  'alerts.find': 'intake',
  'leases.renew': 'delivery',
  'groups.forConclusion': 'conclusion',
  'leases.claimDue': 'claim',
  'leases.nextDue': 'next due time',
  'leases.release': 'release',
  'groups.setDue': 'postponement',
  'groups.unverified': 'look for what to read back',
  'groups.forTickets': 'read-back', // and what a sweep found
  'groups.resume': 'resumption',
  'leases.releaseAll': 'start',
  'adoptions.isDone': 'question for adoption',
  'adoptions.forget': 'begin of adoption',
  'groups.forAdoption': 'adoption', // of one tree
  'groups.elsewhere': 'look for groups of another backend',
  'adoptions.done': 'end of adoption',
};

/** The calls of the ticket backend, by method. `null`: nothing calls it yet. */
export const CALLS = {
  open: 'open',
  update: 'update',
  isUntouched: 'look for people',
  markDuplicate: 'fold',
  fetchMany: 'fetch',
  obstaclesTo: 'obstacles',
  notesOf: 'notes',
  findByKey: 'find',
  findOurs: 'sweep',
  changedSince: null,
  probe: 'probe',
} as const;

export type CallName = NonNullable<(typeof CALLS)[keyof typeof CALLS]>;

export function atTheBegin(kind: string): string {
  return `${kind}: at the begin`;
}

export function beforeTheCommit(kind: string): string {
  return `${kind}: before the commit`;
}

export function afterTheCommit(kind: string): string {
  return `${kind}: after the commit`;
}

export function beforeTheCall(call: string): string {
  return `${call}: before the call`;
}

export function afterTheAnswer(call: string): string {
  return `${call}: after the answer`;
}

export function afterMigration(name: string): string {
  return `migration: after ${name}`;
}

/** Between the commit of an intake and the 200. */
export const BEFORE_THE_200 = 'webhook: before the 200';

export const START_POINTS = {
  beforeTheStore: 'start: before the store is opened',
  storeIsOpen: 'start: store is open',
  beforeThePort: 'start: before the port opens',
  portIsOpen: 'start: port is open',
} as const;

export const STOP_POINTS = {
  beforeThePort: 'stop: before the port closes',
  portIsClosed: 'stop: port is closed',
  workersRest: 'stop: workers are at rest',
  storeIsClosed: 'stop: store is closed',
} as const;

/** Every point between two durable steps; `migrations` are the names of all migrations. */
export function allPoints(migrations: readonly string[]): readonly string[] {
  const calls = Object.values(CALLS).flatMap((call) =>
    call === null ? [] : [beforeTheCall(call), afterTheAnswer(call)],
  );
  const transactions = Object.values(TRANSACTIONS).flatMap((kind) => [
    atTheBegin(kind),
    beforeTheCommit(kind),
    afterTheCommit(kind),
  ]);
  return [
    ...migrations.map(afterMigration),
    ...Object.values(START_POINTS),
    ...transactions,
    BEFORE_THE_200,
    ...calls,
    ...Object.values(STOP_POINTS),
  ];
}
