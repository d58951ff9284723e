import type { Container } from 'inversify';
import { setTimeout as pause } from 'node:timers/promises';
import type { AcceptNotification } from '../../../src/application/accept-notification/accept-notification.js';
import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type { TextBlock, TicketText } from '../../../src/application/ports/ticket-text.js';
import { TOKENS } from '../../../src/composition-root.tokens.js';

/** How long a commit is put off that nobody waits for, in milliseconds. */
const BEHIND_MS = 200;

/** What Alertree would be like if it did not keep a rule of its design, by what it then does. */
export const MISTAKES = {
  'acknowledges before the commit': (container) =>
    container.onActivation(TOKENS.acceptNotification, (_, real) => acknowledgesEarly(real)),
  'retries creates blindly': (container) => overBackend(container, retriesBlindly),
  'does not tell what ended without a ticket': (container) =>
    overBackend(container, (backend) => withNotes(backend, withoutAccount)),
  'closes without a word': (container) =>
    overBackend(container, (backend) => withNotes(backend, withoutClosing)),
} as const satisfies Readonly<Record<string, (container: Container) => unknown>>;

export type Mistake = keyof typeof MISTAKES;

/** As one does that has a queue in its memory. */
function acknowledgesEarly(real: AcceptNotification): AcceptNotification {
  const commit = real.execute.bind(real);
  const execute: AcceptNotification['execute'] = (notification) => {
    void pause(BEHIND_MS)
      .then(() => commit(notification))
      .catch(() => undefined);
    return Promise.resolve([]);
  };
  return Object.assign(real, { execute });
}

function overBackend(container: Container, mistaken: (backend: TicketBackend) => TicketBackend): void {
  container.onActivation(TOKENS.backend, (_, backend) => mistaken(backend));
}

function replaced(backend: TicketBackend, methods: Partial<TicketBackend>): TicketBackend {
  return new Proxy(backend, {
    get: (target, property) => {
      const source = property in methods ? methods : target;
      const value: unknown = Reflect.get(source, property, source);
      return typeof value === 'function' ? (value.bind(source) as unknown) : value;
    },
  });
}

/** Whatever became of the last try, it had no effect. */
function retriesBlindly(backend: TicketBackend): TicketBackend {
  return replaced(backend, {
    open: async (draft) => {
      try {
        return await backend.open(draft);
      } catch (error) {
        if (!(error instanceof TicketBackendError)) throw error;
        const { message, reason, retryable } = error;
        throw new TicketBackendError(message, { reason, retryable, effect: 'none' });
      }
    },
  });
}

function withNotes(backend: TicketBackend, left: (note: TicketText) => TicketText): TicketBackend {
  return replaced(backend, {
    update: (id, { note, ...change }) =>
      backend.update(id, note === undefined ? change : { ...change, note: left(note) }),
  });
}

function withoutAccount(note: TicketText): TicketText {
  return note.filter((block) => block.kind !== 'list' && !says(block, /^Ended without a ticket/));
}

function withoutClosing(note: TicketText): TicketText {
  return note.filter((block) => !says(block, /^(?:Resolved|Closed)/));
}

function says(block: TextBlock, words: RegExp): boolean {
  if (block.kind !== 'paragraph') return false;
  const [first] = block.parts;
  return typeof first === 'string' && words.test(first);
}
