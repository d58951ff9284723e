import type { Chance } from './chance.js';
import type { Facts } from './oracle/facts.js';
import { SETTLING, type Touches } from './oracle/touches.js';
import type { Watch } from './oracle/watch.js';
import type { Tally } from './tally.js';
import type { Trace } from './trace.js';
import { PERSON_ACTS, type PersonAct, type Tracker, type TrackerTicket } from './trackers/tracker.js';

const WISHES: ReadonlyMap<PersonAct, 'closed' | 'open'> = new Map([
  ['closes', 'closed'],
  ['reopens', 'open'],
]);

export interface PeopleWorld {
  readonly chance: Chance;
  readonly tally: Tally;
  readonly tracker: Tracker;
  readonly touches: Touches;
  readonly watch: Watch;
  readonly facts: Facts;
  readonly trace: Trace;
}

/** People who work in the tracker at any moment, also while Alertree writes there. */
export class People {
  constructor(private readonly world: PeopleWorld) {}

  act(): void {
    const { chance, tracker } = this.world;
    const act = chance.of(PERSON_ACTS);
    const all = tracker.tickets();
    const ours = all.filter((ticket) => ticket.key !== null && !tracker.opened.has(ticket.id));
    const fit = ours.filter((ticket) => isFit(act, ticket, all));
    if (fit.length === 0) return;
    const { id, parentId } = chance.of(fit);
    const tops = all.filter((one) => one.parentId === null && one.id !== id && one.id !== parentId);
    const to = act === 'moves' && tops.length > 0 && chance.happens(0.7) ? chance.of(tops).id : null;
    this.carryOut(act, id, to);
  }

  private carryOut(act: PersonAct, id: string, to: string | null): void {
    const { tally, tracker, touches, watch, facts, trace } = this.world;
    const touch = touches.preparing(act, id, to);
    // What nobody has read since it was last changed cannot be told from what somebody else changed.
    const isClear = watch.hasSeen(id) && touches.lastStatusAt(id) < watch.lastReadOf(id);
    if (!tracker.act(act, id, to)) return;
    tally.count(`person: ${act}`);
    trace.add(() => `person ${act} #${id}${to === null ? '' : ` to #${to}`}`);
    touches.add(touch);
    // The end of what a person settled counts at once, and not towards flapping.
    if (SETTLING.includes(act)) facts.holdsAreCertain = false;
    const wish = WISHES.get(act);
    if (wish !== undefined && isClear) touches.wishes.set(id, wish);
    else if (wish !== undefined || act === 'resolves') touches.wishes.delete(id);
  }
}

function isFit(act: PersonAct, ticket: TrackerTicket, all: readonly TrackerTicket[]): boolean {
  const isOpen = ticket.status !== 'closed';
  if (act === 'reopens') return !isOpen;
  if (act === 'moves') return all.every(({ parentId }) => parentId !== ticket.id);
  return act === 'copies' || act === 'writes a note' || act === 'deletes' || isOpen;
}
