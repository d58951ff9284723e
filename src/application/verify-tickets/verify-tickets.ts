import type { DeliveryPorts } from '../ports/delivery-ports.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import { observationOf } from '../deliver-group/call-backend.js';
import type { UnverifiedTicket } from '../ports/store.js';
import { TicketBackendError } from '../ports/ticket-backend-error.js';

const BATCH = 100;
/** A written ticket waits at most so long for others to be read back with it. */
const GATHER_MS = 1_000;
const AFTER_FAILURE_MS = 5_000;

/**
 * Reads back what was written, of any group, up to 100 tickets in one request. Nothing is believed until it is read
 * back: what differs makes its group due. Doing it again is harmless.
 */
export class VerifyTickets {
  /** Until then what was written gathers, or a failure is waited out: no ring needs a look into the store. */
  private restsUntil = 0;
  /** The failure that was logged last: what lasts is not logged again and again. */
  private told = '';

  constructor(private readonly ports: DeliveryPorts) {}

  /** Returns in how many milliseconds it wants to be called again; null: after the next write. */
  async execute(): Promise<number | null> {
    const { store, backend, clock } = this.ports;
    const left = this.restsUntil - clock.now();
    if (left > 0 && left <= AFTER_FAILURE_MS) return left;
    const written = await store.transaction(({ groups }) => groups.unverified(backend.instance, BATCH));
    const [oldest] = written;
    if (oldest === undefined) return null;
    const wait = oldest.writtenAt + GATHER_MS - clock.now();
    if (written.length < BATCH && wait > 0 && wait <= GATHER_MS) {
      return this.rest(wait);
    }
    return (await this.readBack(written)) ? 0 : this.rest(AFTER_FAILURE_MS);
  }

  private rest(milliseconds: number): number {
    this.restsUntil = this.ports.clock.now() + milliseconds;
    return milliseconds;
  }

  private async readBack(written: readonly UnverifiedTicket[]): Promise<boolean> {
    const { store, backend, clock, ids, doorbell, logger } = this.ports;
    try {
      const found = await backend.fetchMany(written.map((ticket) => ticket.reference));
      const reads = written.map(({ key, reference, writeNumber }) => {
        return { ticketKey: key, writeNumber, observation: observationOf(found.get(reference) ?? 'missing') };
      });
      await store.transaction(async ({ groups }) => {
        const moment: Moment = { now: clock.now(), newId: () => ids.next() };
        const changed = await groups.forTickets(written.map((ticket) => ticket.key));
        for (const group of changed) {
          const ours = reads.filter((read) => group.ticket(read.ticketKey) !== null);
          group.answered({ kind: 'observed', reads: ours }, moment);
          group.decide(moment);
        }
        await groups.save(changed);
      });
      doorbell.ring();
      this.told = '';
      return true;
    } catch (error) {
      if (!(error instanceof TicketBackendError)) throw error;
      const { reason, message: problem } = error;
      if (problem !== this.told) logger.warn('read-back failed, it is tried again', { reason, problem });
      this.told = problem;
      return false;
    }
  }
}
