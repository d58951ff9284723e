import fc from 'fast-check';
import type { ReceivedAlert } from '../../../src/domain/alert/alert.js';
import { firing, resolved } from '../builders/alerts.js';
import {
  TicketBackendError,
  type TicketBackendErrorReason,
} from '../../../src/application/ports/ticket-backend-error.js';
import type { Fault } from '../in-memory-ticket-backend/fault.js';

/** One alert of a body: times are minutes relative to now. */
export interface AlertStep {
  readonly host: string;
  readonly status: 'firing' | 'resolved';
  readonly minutesAgo: number | null;
}

export const PERSON_ACTS = [
  'closes',
  'resolves',
  'reopens',
  'deletes',
  'strips',
  'adds-subtask',
  'copies',
] as const;
export type PersonAct = (typeof PERSON_ACTS)[number];

export const FAULTS = [
  'finished-without-effect',
  'conflict',
  'forbidden-explain',
  'down',
  'lost-answer',
  'lost-answer-finished',
  'lost-call',
  'late',
  'too-late',
  'refused',
  'rejected',
] as const;
export type FaultName = (typeof FAULTS)[number];

/**
 * All that fires is repeated before the tickets are found at the new address; or while they are kept in another backend, or
 * in one that is not there, for a while.
 */
export const MOVES_HEARD = ['elsewhere', 'and back', 'to a wrong address'] as const;
export type MoveHeard = (typeof MOVES_HEARD)[number];

/** What happens in a history, in order. */
export type Step =
  | { readonly kind: 'body'; readonly alerts: readonly AlertStep[]; readonly settle: boolean }
  | { readonly kind: 'copy'; readonly back: number; readonly reversed: boolean }
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'person'; readonly act: PersonAct; readonly pick: number }
  | { readonly kind: 'fault'; readonly fault: FaultName; readonly calls: number }
  /** Delivers what is due once and reads nothing back. */
  | { readonly kind: 'tick' }
  | { readonly kind: 'restart' }
  /** The store loses all its data. */
  | { readonly kind: 'empty' }
  /** The backend has another address. */
  | { readonly kind: 'move' }
  | { readonly kind: 'move-heard'; readonly how: MoveHeard };

const alertStep: fc.Arbitrary<AlertStep> = fc.record({
  host: fc.constantFrom('A', 'B', 'C', 'D'),
  status: fc.constantFrom('firing' as const, 'resolved' as const),
  minutesAgo: fc.option(fc.constantFrom(0, 0, 0, 1, 5, 20), { nil: null, freq: 8 }),
});

/** Histories of bodies, copies, late bodies, clock steps, faults, restarts, losses of the store and people. */
export const history: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant('body' as const),
        alerts: fc.array(alertStep, { minLength: 1, maxLength: 5 }),
        settle: fc.boolean(),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('copy' as const), back: fc.nat(4), reversed: fc.boolean() }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('pass' as const),
        minutes: fc.constantFrom(1, 1, 3, 15, 61, 900, -7),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('person' as const),
        act: fc.constantFrom(...PERSON_ACTS, 'reopens' as const),
        pick: fc.nat(20),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('fault' as const),
        fault: fc.constantFrom(...FAULTS),
        calls: fc.integer({ min: 1, max: 4 }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('tick' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('empty' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('move-heard' as const),
        how: fc.constantFrom(...MOVES_HEARD),
      }),
    },
  ),
  { minLength: 5, maxLength: 30 },
);

/** The alert of a step at a time, in minutes after the beginning. */
export function alertAt(step: AlertStep, minute: number): ReceivedAlert {
  const time = step.minutesAgo === null ? null : minute - step.minutesAgo;
  return step.status === 'firing'
    ? firing(step.host, { startsAt: time })
    : resolved(step.host, { startsAt: null, endsAt: time });
}

export function faultOf(name: FaultName): Fault {
  switch (name) {
    case 'down':
      return { kind: 'error', error: problem('unavailable', true) };
    case 'rejected':
      return { kind: 'error', error: problem('rejected', false) };
    case 'forbidden-explain':
      return { kind: 'error', error: problem('forbidden', false) };
    case 'conflict':
      return { kind: 'error', error: problem('conflict', true) };
    case 'finished-without-effect':
      return { kind: 'error', error: problem('server-error', true, 'unknown-finished') };
    case 'lost-answer':
      return { kind: 'answer-lost', effect: 'unknown-pending' };
    case 'lost-answer-finished':
      return { kind: 'answer-lost', effect: 'unknown-finished' };
    case 'lost-call':
      return { kind: 'call-lost' };
    case 'late':
      return { kind: 'late' };
    case 'too-late':
      return { kind: 'too-late' };
    case 'refused':
      return { kind: 'status-refused' };
  }
}

function problem(
  reason: TicketBackendErrorReason,
  retryable: boolean,
  effect: TicketBackendError['effect'] = 'none',
): TicketBackendError {
  return new TicketBackendError(`It is ${reason}.`, { reason, retryable, effect });
}
