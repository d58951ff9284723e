import { paragraph } from '../../../src/application/ports/ticket-text.js';
import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { aDraft, errorOf, keyOf, type CurrentHarness } from './harness.js';

/** A call of every method that needs the server. */
const CALLS: readonly (readonly [string, (backend: TicketBackend, id: string) => Promise<unknown>])[] = [
  ['open', (backend) => backend.open(aDraft(2))],
  ['open of a child', (backend, id) => backend.open(aDraft(2, { parentId: id }))],
  ['update of the status', (backend, id) => backend.update(id, { status: 'closed' })],
  ['update with a note', (backend, id) => backend.update(id, { note: [paragraph('It is over.')] })],
  ['markDuplicate', (backend, id) => backend.markDuplicate(id, '1')],
  ['fetchMany', (backend, id) => backend.fetchMany([id])],
  ['obstaclesTo', (backend, id) => backend.obstaclesTo(id, 'closed')],
  ['notesOf', (backend, id) => backend.notesOf(id)],
  ['findByKey', (backend) => backend.findByKey(keyOf(1))],
  ['findOurs', (backend) => backend.findOurs(null, 'everywhere')],
  ['changedSince', (backend) => backend.changedSince(null)],
];

export function describeFailing(current: CurrentHarness): void {
  describe('without its server', () => {
    test.each(CALLS)(
      '%s throws an error that says to try again, and that nothing was done',
      async (_, call) => {
        const { backend } = current();
        const { id } = await backend.open(aDraft(1));
        await current().cutOff();

        const error = await errorOf(call(backend, id));

        expect(error).toMatchObject({ reason: 'unavailable', retryable: true, effect: 'none' });
        expect(error.message).not.toBe('');
      },
    );
  });
}
