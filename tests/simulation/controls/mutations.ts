import type { AcceptNotification } from '../../../src/application/accept-notification/accept-notification.js';
import type { Notification } from '../../../src/application/accept-notification/notification.js';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type {
  TicketBackend,
  TicketChange,
  TicketSnapshot,
} from '../../../src/application/ports/ticket-backend.js';
import { instantFromMillis } from '../../../src/domain/time/instant.js';
import type { Mutation } from '../alertree/surroundings.js';
import { intercepted } from '../intercepted.js';

type Accept = Pick<AcceptNotification, 'execute'>;

/** Parts as they would be if a rule of the design were not kept; made anew for each history. */
export const MUTATIONS = {
  'acknowledges before the commit': () => ({ accept: acceptsEarly }),
  'does not read back what it wrote': believing,
  'retries creates blindly': () => ({ backend: retryingBlind }),
  'looks for a late create at once': () => ({ backend: impatient }),
  'takes startsAt for the identity': () => ({ accept: byStart }),
  'sends notes again after an unknown answer': () => ({ backend: blindForNotes }),
} satisfies Readonly<Record<string, () => Mutation>>;

/** The answer is on its way before the commit: whatever becomes of that, the sender has been told by then. */
function acceptsEarly(real: Accept): Accept {
  return {
    execute: async (notification) => {
      const [told] = await Promise.allSettled([real.execute(notification)]);
      if (told.status === 'fulfilled') return told.value;
      return notification.alerts.map(({ index }) => ({
        index,
        label: '',
        kind: 'known' as const,
        episodeId: null,
      }));
    },
  };
}

/** The verifier sees every ticket in the status that was last asked for. */
function believing(): Mutation {
  const asked = new Map<string, TicketSnapshot['status']>();
  return {
    backend: (real) =>
      intercepted(real, (method, args, call) => {
        const { status } = (args[1] ?? {}) as TicketChange;
        if (method === 'update' && status !== undefined) asked.set(String(args[0]), status);
        return call();
      }),
    verifyBackend: (real) =>
      intercepted(real, async (method, _, call) => {
        const result = await call();
        return method === 'fetchMany' ? believed(result as ReadonlyMap<string, Seen>, asked) : result;
      }),
  };
}

type Seen = TicketSnapshot | 'missing';

function believed(
  found: ReadonlyMap<string, Seen>,
  asked: ReadonlyMap<string, TicketSnapshot['status']>,
): ReadonlyMap<string, Seen> {
  const seenAs = (id: string, ticket: Seen): Seen =>
    ticket === 'missing' ? ticket : { ...ticket, status: asked.get(id) ?? ticket.status };
  return new Map([...found].map(([id, ticket]) => [id, seenAs(id, ticket)]));
}

function retryingBlind(real: TicketBackend): TicketBackend {
  return intercepted(real, async (method, _, call) => {
    try {
      return await call();
    } catch (error) {
      if (method !== 'open' || !(error instanceof TicketBackendError)) throw error;
      const { message, reason, retryable } = error;
      throw new TicketBackendError(message, { reason, retryable, effect: 'none' });
    }
  });
}

function impatient(real: TicketBackend): TicketBackend {
  return new Proxy(real, {
    get: (target, name) => (name === 'lateCommitMs' ? 0 : (Reflect.get(target, name, target) as unknown)),
  });
}

/** A firing with another start begins a new episode, one with a known start is known, an end needs the same start. */
function byStart(real: Accept): Accept {
  const starts = new Map<string, Set<string>>();
  return {
    execute: async (notification) => {
      const told = await real.execute({ ...notification, alerts: alertsByStart(starts, notification) });
      return notification.alerts.map(
        ({ index }) =>
          told.find((outcome) => outcome.index === index) ?? {
            index,
            label: '',
            kind: 'known',
            episodeId: null,
          },
      );
    },
  };
}

function alertsByStart(starts: Map<string, Set<string>>, { alerts }: Notification): Notification['alerts'] {
  return alerts.flatMap(({ index, alert }) => {
    const key = JSON.stringify([...alert.labels]);
    const start = alert.startsAt ?? instantFromMillis(0);
    const known = starts.get(key) ?? new Set<string>();
    const isKnown = known.has(start);
    starts.set(key, known.add(start));
    return alert.status === 'firing' && isKnown ? [] : [{ index, alert }];
  });
}

function blindForNotes(real: TicketBackend): TicketBackend {
  return intercepted(real, (method, _, call) => (method === 'notesOf' ? Promise.resolve([]) : call()));
}
