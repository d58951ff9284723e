import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import type { Chance } from '../chance.js';
import type { Tally } from '../tally.js';
import type { Timeline } from '../timeline.js';
import type { FaultPlan } from './fault-plan.js';

/** A ticket as the server itself knows it. */
export interface TrackerTicket {
  readonly id: string;
  readonly status: 'open' | 'resolved' | 'closed';
  readonly parentId: string | null;
  readonly description: string;
  /** Oldest first. */
  readonly notes: readonly string[];
  /** Of its key line; null: it has none. */
  readonly key: string | null;
  readonly alertHash: string | null;
}

export const PERSON_ACTS = [
  'closes',
  'resolves',
  'reopens',
  'deletes',
  'moves',
  'copies',
  'writes a note',
  'strips the key line',
  'adds a subtask',
] as const;
export type PersonAct = (typeof PERSON_ACTS)[number];

/** A server that holds tickets, from behind: what is really in it, and what people do there. */
export interface Tracker {
  /** The adapter that a process which starts now talks to it with. */
  connect(): TicketBackend;
  tickets(): readonly TrackerTicket[];
  /** What was opened by people, copies included. */
  readonly opened: ReadonlySet<string>;
  /** What was created later than the settings promise. */
  readonly late: ReadonlySet<string>;
  /** False where the server's rules forbid it; then nothing has changed. `to`: where a ticket is moved. */
  act(act: PersonAct, id: string, to: string | null): boolean;
}

export interface TrackerWorld {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly tally: Tally;
  readonly faults: FaultPlan;
}

/** How long a request may take before its caller gives up. */
export const GIVES_UP_AFTER = 40_000;
/** What was not answered happens within the time that the settings promise, counted from when it was begun. */
export const LATE_COMMIT = 120_000;
/** What breaks that promise comes up to so late. */
export const TOO_LATE = 12 * 60_000;

const KEY_LINE = /^alertree ([0-9a-f]{32}) ([0-9a-f]{64}|-)$/;

/** Reads the last line of a description by the format that the design fixes. */
export function keyLineOf(description: string): Pick<TrackerTicket, 'key' | 'alertHash'> {
  const match = KEY_LINE.exec(description.trimEnd().split(/\r?\n/).at(-1)?.trim() ?? '');
  return { key: match?.[1] ?? null, alertHash: match?.[2] ?? null };
}
