import type { Tally } from '../tally.js';
import type { Timeline } from '../timeline.js';

export type RequestKind = 'create' | 'update' | 'read';

/** What can go wrong with a request, and with which kinds of requests. */
const FAULT_KINDS = {
  'committed, then dropped': ['create', 'update'],
  'dropped before': ['create', 'update', 'read'],
  'committed late': ['create', 'update'],
  'committed too late': ['create'],
  'timed out, nothing done': ['create', 'update', 'read'],
  slow: ['create', 'update', 'read'],
  '500 with effect': ['create', 'update'],
  '500 without effect': ['create', 'update', 'read'],
  '204 without effect': ['update'],
  '422 []': ['update'],
  'HTML 200': ['create', 'update', 'read'],
  redirect: ['create', 'update', 'read'],
  '502 to 504': ['create', 'update', 'read'],
  'truncated JSON': ['create', 'read'],
  '429': ['create', 'update', 'read'],
  '503': ['create', 'update', 'read'],
} as const satisfies Readonly<Record<string, readonly RequestKind[]>>;

export type FaultName = keyof typeof FAULT_KINDS | 'down';

export const FAULTS: readonly FaultName[] = [...(Object.keys(FAULT_KINDS) as FaultName[]), 'down'];

interface Armed {
  readonly name: FaultName;
  readonly kind: RequestKind;
  left: number;
}

/** What is to go wrong: each fault waits for requests of its kind. */
export class FaultPlan {
  private armed: Armed[] = [];
  private downUntil = 0;

  constructor(private readonly world: { readonly timeline: Timeline; readonly tally: Tally }) {}

  /** The next so many requests of one kind. */
  arm(
    name: Exclude<FaultName, 'down'>,
    choose: (kinds: readonly RequestKind[]) => RequestKind,
    times: number,
  ): void {
    this.armed.push({ name, kind: choose(FAULT_KINDS[name]), left: times });
  }

  /** Nothing is answered for so long. */
  goDown(milliseconds: number): void {
    this.downUntil = this.world.timeline.now + milliseconds;
  }

  /** All is well from now on. */
  end(): void {
    this.armed = [];
    this.downUntil = 0;
  }

  /** What goes wrong with a request that is about to be made; null: nothing. */
  take(kind: RequestKind, asksForStatus: boolean): FaultName | null {
    const name = this.next(kind, asksForStatus);
    if (name !== null) this.world.tally.count(`redmine: ${name}`);
    return name;
  }

  private next(kind: RequestKind, asksForStatus: boolean): FaultName | null {
    if (this.world.timeline.now < this.downUntil) return 'down';
    const fault = this.armed.find(
      (one) => one.kind === kind && (asksForStatus || one.name !== '204 without effect'),
    );
    if (fault === undefined) return null;
    fault.left -= 1;
    this.armed = this.armed.filter(({ left }) => left > 0);
    return fault.name;
  }
}
