import type { DeliveryPorts } from '../ports/delivery-ports.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import type { GroupAnswer } from '../../domain/ticket-group/group-answer.js';
import type { Failure } from '../../domain/ticket-group/postponing.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import { failureOf } from '../deliver-group/call-backend.js';
import { observationOf } from '../deliver-group/observation-of.js';
import type { BackendState } from '../probe-backend/backend-state.js';
import type { UnverifiedTicket } from '../ports/store.js';
import { TicketBackendError } from '../ports/ticket-backend-error.js';
import { LoneTickets } from './lone-tickets.js';

const LARGEST_BATCH = 100;
/** A written ticket waits at most so long for others to be read back with it. */
const GATHER_MS = 1_000;
const AFTER_FAILURE_MS = 5_000;
/** They stay the same, however few tickets are asked for. */
const WHATEVER_IS_READ: ReadonlySet<string> = new Set(['unauthorized', 'forbidden', 'rate-limited']);

/**
 * Reads back what was written, of any group, up to 100 tickets in one request. Nothing is believed until it is read
 * back: what differs makes its group due. One ticket that cannot be read, by an error or because no answer comes, is found
 * among the others by reading ever fewer, and is then read by itself. A backend that cannot answer for so many at once is
 * asked for fewer. While the backend cannot be used nothing is read. Doing it again is harmless.
 */
export class VerifyTickets {
  /** Until then what was written gathers, or a failure is waited out: no ring needs a look into the store. */
  private restsUntil = 0;
  /** The failure that was logged last: what lasts is not logged again and again. */
  private told = '';
  private batch = LARGEST_BATCH;
  private readonly alone = new LoneTickets();
  /** They and the others take turns: many that never answer must not keep the others from being read. */
  private isLonesTurn = false;

  constructor(
    private readonly ports: DeliveryPorts,
    private readonly state: BackendState,
  ) {}

  /** Returns in how many milliseconds it wants to be called again; null: after the next write. */
  async execute(): Promise<number | null> {
    const { store, backend, clock } = this.ports;
    if (!this.state.mayDeliver) return null;
    const left = this.restsUntil - clock.now();
    if (left > 0 && left <= AFTER_FAILURE_MS) return left;
    const unread = await store.transaction(({ groups }) =>
      groups.unverified(backend.instance, this.batch + this.alone.size, clock.now()),
    );
    const written = this.alone.othersOf(unread).slice(0, this.batch);
    const [oldest] = written;
    const lone = this.alone.dueOf(unread, clock.now());
    this.isLonesTurn = !this.isLonesTurn || oldest === undefined;
    if (lone !== null && this.isLonesTurn) return this.readBack([lone]);
    return oldest === undefined ? null : this.gather(written, oldest);
  }

  private async gather(written: readonly UnverifiedTicket[], oldest: UnverifiedTicket): Promise<number> {
    const { clock } = this.ports;
    const wait = oldest.writtenAt + GATHER_MS - clock.now();
    if (written.length < this.batch && wait > 0 && wait <= GATHER_MS) {
      return this.rest(wait);
    }
    return this.readBack(written);
  }

  private rest(milliseconds: number): number {
    this.restsUntil = this.ports.clock.now() + milliseconds;
    return milliseconds;
  }

  private async readBack(written: readonly UnverifiedTicket[]): Promise<number> {
    const { backend, clock, doorbell } = this.ports;
    try {
      const found = await backend.fetchMany(written.map((ticket) => ticket.reference));
      this.state.heard(null, clock.now());
      const reads = written.map(({ key, reference, writeNumber }) => {
        return { ticketKey: key, writeNumber, observation: observationOf(found.get(reference) ?? 'missing') };
      });
      await this.record(written, (group) => ({
        kind: 'observed',
        reads: reads.filter((read) => group.ticket(read.ticketKey) !== null),
      }));
      this.told = '';
      this.alone.wereRead(written);
      this.batch = Math.min(LARGEST_BATCH, this.batch * 2);
      return 0;
    } catch (error) {
      if (!(error instanceof TicketBackendError)) throw error;
      return await this.failed(written, error);
    } finally {
      doorbell.ring();
    }
  }

  private async failed(written: readonly UnverifiedTicket[], error: TicketBackendError): Promise<number> {
    const { backend, clock, ids, logger } = this.ports;
    const { reason, message: problem } = error;
    if (problem !== this.told) logger.warn('read-back failed, it is tried again', { reason, problem });
    this.told = problem;
    const failure = failureOf(error, backend.lateCommitMs, ids.chance());
    this.state.heard(failure, clock.now());
    const wait = reason === 'server-error' ? 0 : AFTER_FAILURE_MS;
    if (WHATEVER_IS_READ.has(reason) || failure.retryAfterMs !== null) return this.rest(wait);
    const [ticket] = written;
    if (ticket === undefined || written.length > 1) {
      this.batch = Math.max(1, Math.floor(written.length / 2));
      return this.rest(wait);
    }
    return this.failedAlone(ticket, failure);
  }

  /**
   * Where no answer came, the first failure may be the begin of an outage, which is no ticket's matter. At the second one
   * a probe has been answered since.
   */
  private async failedAlone(ticket: UnverifiedTicket, failure: Failure): Promise<number> {
    const isOwn = this.alone.has(ticket) || failure.reason === 'server-error';
    this.alone.failed(ticket, this.ports.clock.now());
    if (isOwn) {
      // The others of its group need not wait for it, and asking again may help.
      const own: Failure = { ...failure, scope: 'ticket', retryable: true };
      await this.record([ticket], () => ({ kind: 'read-failed', ticketKey: ticket.key, failure: own }));
    }
    return this.rest(failure.reason === 'server-error' ? GATHER_MS : AFTER_FAILURE_MS);
  }

  private async record(
    written: readonly UnverifiedTicket[],
    answerTo: (group: TicketGroup) => GroupAnswer,
  ): Promise<void> {
    const { store, clock, ids } = this.ports;
    await store.transaction(async ({ groups }) => {
      const moment: Moment = { now: clock.now(), newId: () => ids.next() };
      const changed = await groups.forTickets(written.map((ticket) => ticket.key));
      for (const group of changed) {
        group.answered(answerTo(group), moment);
        group.decide(moment);
      }
      await groups.save(changed);
    });
  }
}
