import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { bodyOf } from '../app/bodies.js';
import type { Told } from './checker.js';
import { sent, type Occurrence } from './occurrence.js';

const RETRY_MS = 25;

/** A fact of an occurrence: it fires, or it is over since then. */
export interface Fact {
  readonly occurrence: Occurrence;
  readonly endsAt: string | null;
}

/**
 * Sends facts as a pair of Alertmanagers does, until one of the two has an acknowledgement; it keeps account of what
 * was acknowledged.
 */
export class Sender {
  /** By occurrence: what the receiver has taken on. */
  readonly told = new Map<string, Told>();
  /** Occurrences that were acknowledged as firing. */
  acknowledged = 0;

  /** `receiver` gives the address, once there is one. */
  constructor(private readonly receiver: () => Promise<string>) {}

  /** With `copied`, the other one of the pair sends the same beside it, once. */
  async send(facts: readonly Fact[], copied = false): Promise<void> {
    const changes = facts.filter((fact) => this.told.get(fact.occurrence.id)?.state !== stateOf(fact));
    for (const fact of changes) this.tell(fact, 'unknown');
    const body = bodyOf(...facts.map(({ occurrence, endsAt }) => sent(occurrence, endsAt)));
    const copy = copied ? this.post(body) : Promise.resolve(false);
    while (!(await this.post(body))) {
      if (await copy) break;
      await pause(RETRY_MS);
    }
    for (const fact of changes) this.tell(fact, stateOf(fact));
    // What comes next must not be overtaken by it.
    await copy;
  }

  /** A person has decided about it: nothing is expected until it is over. */
  leaveToPerson(occurrence: Occurrence): void {
    this.tell({ occurrence, endsAt: null }, 'unknown');
  }

  private tell({ occurrence, endsAt }: Fact, state: Told['state']): void {
    const { id, group, instance } = occurrence;
    const firedBefore = this.told.get(id)?.hasFired ?? false;
    const hasFired = firedBefore || state === 'firing';
    if (hasFired && !firedBefore) this.acknowledged += 1;
    this.told.set(id, { state, hasFired, group, instance, endsAt });
  }

  private async post(body: string): Promise<boolean> {
    const status = await post(`${await this.receiver()}/webhook`, body);
    // What may pass is a 503; any other error would be a defect.
    if (status !== null && status >= 400 && status !== 503)
      throw new Error(`a good notification was answered with ${status}`);
    return status === 200;
  }
}

function stateOf({ endsAt }: Fact): Told['state'] {
  return endsAt === null ? 'firing' : 'resolved';
}

/** The status of the answer; null: there was none. */
function post(url: string, body: string): Promise<number | null> {
  return new Promise((resolve) => {
    const headers = { 'Content-Type': 'application/json' };
    // Each on a connection of its own: none that was kept can belong to a process that is gone.
    const asking = request(url, { method: 'POST', headers, agent: false }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? null));
      response.once('error', () => resolve(null));
      response.once('close', () => resolve(null));
    });
    asking.once('error', () => resolve(null));
    asking.end(body);
  });
}
