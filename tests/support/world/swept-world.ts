import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { MINUTE } from '../builders/alerts.js';
import type { BackendCall, Fault } from '../in-memory-ticket-backend/fault.js';
import { World } from './world.js';

export const LATE: Fault = { kind: 'too-late' };
export const DOWN: Fault = {
  kind: 'error',
  error: new TicketBackendError('It is down.', { reason: 'unavailable', retryable: true, effect: 'none' }),
};

/** A world in which calls of a method go wrong one after the other: null lets one through, and so does the end. */
export class SweptWorld extends World {
  readonly calls: BackendCall[] = [];
  readonly faults = new Map<BackendCall['method'], (Fault | null)[]>();

  constructor() {
    super({}, { fault: (call) => this.faultFor(call) });
  }

  count(method: BackendCall['method']): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  events(): readonly string[] {
    return this.commits.flatMap(({ events }) => events.map((event) => event.kind));
  }

  /** Lets time pass in steps of a minute, sweeping whenever it is time to. */
  async passSweeping(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      await this.pass(MINUTE);
      await this.sweep();
    }
  }

  private faultFor(call: BackendCall): Fault | null {
    this.calls?.push(call);
    return this.faults?.get(call.method)?.shift() ?? null;
  }
}

/** Ids of the tickets that stand open. */
export const open = (world: World): readonly string[] =>
  world.backend.tickets().flatMap(({ id, status }) => (status === 'closed' ? [] : id));
