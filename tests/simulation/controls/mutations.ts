import { createHash } from 'node:crypto';
import type { AcceptNotification } from '../../../src/application/accept-notification/accept-notification.js';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type {
  TicketBackend,
  TicketChange,
  TicketSnapshot,
} from '../../../src/application/ports/ticket-backend.js';
import type { TicketText } from '../../../src/application/ports/ticket-text.js';
import type { ReceivedAlert } from '../../../src/domain/alert/alert.js';
import type { Mutation } from '../alertree/surroundings.js';
import { intercepted } from '../intercepted.js';

type Accept = Pick<AcceptNotification, 'execute'>;

/** Parts as they would be if a rule of the design were not kept; made anew for each history. */
export const MUTATIONS = {
  'acknowledges before the commit': () => ({ accept: acceptsEarly }),
  'does not read back what it wrote': believing,
  'retries creates blindly': () => ({ backend: retryingBlind }),
  'looks for a late create at once': () => ({ backend: impatient }),
  'takes labels and startsAt for the identity': byStart,
  'sends notes again after an unknown answer': () => ({ backend: blindForNotes }),
  'takes a note for written whose answer is lost': sureOfNotes,
  'makes every ticket a root': () => ({ backend: withoutParents }),
  'names nobody who has no ticket': () => ({ backend: namingNobody }),
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

/** Another start is another alert, also for its end. */
function byStart(): Mutation {
  const hashes = new Map<string, string>();
  return {
    accept: (real) => ({
      execute: (notification) => {
        const alerts = notification.alerts.map(({ index, alert }) => {
          const labels = [...alert.labels, ['start', String(alert.startsAt)] as const];
          hashes.set(hashOf(labels), hashOf(alert.labels));
          return { index, alert: { ...alert, labels } };
        });
        return real.execute({ ...notification, alerts });
      },
    }),
    // People find the alert's own hash in the key line.
    backend: (real) =>
      replaced(real, {
        open: (draft) => real.open({ ...draft, alertId: hashes.get(draft.alertId) ?? draft.alertId }),
      }),
  };
}

function hashOf(labels: ReceivedAlert['labels']): string {
  return createHash('sha256')
    .update(JSON.stringify(['default', ...labels]))
    .digest('hex');
}

function blindForNotes(real: TicketBackend): TicketBackend {
  return intercepted(real, (method, _, call) => (method === 'notesOf' ? Promise.resolve([]) : call()));
}

/** What was asked for is taken for what is there. */
function sureOfNotes(): Mutation {
  const asked = new Map<string, string[]>();
  return {
    backend: (real) =>
      replaced(real, {
        update: (id, change) => {
          const lines = (change.note ?? []).flatMap((block) => (block.kind === 'marker' ? [block.text] : []));
          asked.set(id, [...(asked.get(id) ?? []), ...lines]);
          return real.update(id, change);
        },
        notesOf: async (id) => {
          const assumed = (asked.get(id) ?? []).map((text) => ({ text, gaveStatus: null }));
          return [...(await real.notesOf(id)), ...assumed];
        },
      }),
  };
}

function namingNobody(real: TicketBackend): TicketBackend {
  return replaced(real, {
    open: (draft) => real.open({ ...draft, description: withoutLists(draft.description) }),
    update: (id, { note, ...change }) =>
      real.update(id, note === undefined ? change : { ...change, note: withoutLists(note) }),
  });
}

function withoutLists(text: TicketText): TicketText {
  return text.filter(({ kind }) => kind !== 'list');
}

function withoutParents(real: TicketBackend): TicketBackend {
  return replaced(real, { open: (draft) => real.open({ ...draft, parentId: null }) });
}

function replaced(real: TicketBackend, methods: Partial<TicketBackend>): TicketBackend {
  return new Proxy(real, {
    get: (target, name) => {
      const member: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
