import type { Timeline } from '../timeline.js';
import type { PersonAct, Tracker, TrackerTicket } from '../trackers/tracker.js';

/** What a person did to a ticket, and whom it concerns: everything above and below it. */
export interface Touch {
  readonly act: PersonAct;
  readonly id: string;
  readonly at: number;
  readonly ids: ReadonlySet<string>;
  readonly hashes: ReadonlySet<string>;
}

const HARMLESS: readonly PersonAct[] = ['writes a note', 'copies'];
/** After these an alert can fire without an open ticket. */
export const SETTLING: readonly PersonAct[] = ['closes', 'resolves', 'deletes', 'strips the key line'];

/** What people did in the tracker. Only what they changed excuses anything. */
export class Touches {
  readonly all: Touch[] = [];
  /** What a person wanted of a ticket and nobody may undo. */
  readonly wishes = new Map<string, 'closed' | 'open'>();
  private readonly stripped = new Set<string>();
  private readonly takenOver = new Set<string>();

  constructor(private readonly world: { readonly timeline: Timeline; readonly tracker: Tracker }) {}

  /** To be called before the act: what it deletes is concerned, too. */
  preparing(act: PersonAct, id: string, to: string | null): Touch {
    const all = this.world.tracker.tickets();
    // What a person moved elsewhere before belongs to the same group still.
    const movedAway = new Set(
      this.all.filter((touch) => touch.act === 'moves' && touch.ids.has(id)).map((touch) => touch.id),
    );
    const concerned = all.filter(
      (ticket) =>
        isInTree(all, ticket, id) || (to !== null && isInTree(all, ticket, to)) || movedAway.has(ticket.id),
    );
    const hashes = new Set(concerned.flatMap(({ alertHash }) => alertHash ?? []));
    return { act, id, at: this.world.timeline.now, ids: new Set(concerned.map((one) => one.id)), hashes };
  }

  add(touch: Touch): void {
    this.all.push(touch);
    if (touch.act === 'strips the key line') this.stripped.add(touch.id);
  }

  /** A process that starts anew compares the key of every ticket before it writes to it. */
  processStarted(): void {
    for (const id of this.stripped) this.takenOver.add(id);
  }

  /** Only the store knew that a person had opened a ticket again. */
  storeEmptied(): void {
    for (const [id, wish] of this.wishes) if (wish === 'open') this.wishes.delete(id);
  }

  isTakenOver(id: string): boolean {
    return this.takenOver.has(id);
  }

  /** People changed something about the ticket, or about one above or below it. */
  concerns(id: string): boolean {
    return this.all.some((touch) => !HARMLESS.includes(touch.act) && touch.ids.has(id));
  }

  /** With a decision of theirs about the ticket, or one above or below it, people ended what it stands for. */
  mayHaveEnded(id: string): boolean {
    return this.all.some((touch) => SETTLING.includes(touch.act) && touch.ids.has(id));
  }

  /** It stands where people moved it. */
  wasMoved(id: string): boolean {
    return this.all.some((touch) => touch.act === 'moves' && touch.id === id);
  }

  /** Before that time people did something that is to be seen on the ticket itself: who copies one leaves it as it is. */
  wasTouched(id: string, before = Number.POSITIVE_INFINITY): boolean {
    return this.all.some((touch) => touch.id === id && touch.act !== 'copies' && touch.at < before);
  }

  /** A person's decision may have settled the alert since then. */
  mayHaveSettled(hash: string, since: number): boolean {
    return this.all.some(
      (touch) => SETTLING.includes(touch.act) && touch.at >= since && touch.hashes.has(hash),
    );
  }

  /** When people last set a status of the ticket. */
  lastStatusAt(id: string): number {
    const acts = this.all.filter(
      (touch) => touch.id === id && ['closes', 'resolves', 'reopens'].includes(touch.act),
    );
    return acts.at(-1)?.at ?? 0;
  }
}

/** Below the top of the tree that the ticket of that id stands in. */
function isInTree(all: readonly TrackerTicket[], ticket: TrackerTicket, id: string): boolean {
  return topOf(all, ticket.id) === topOf(all, id);
}

function topOf(all: readonly TrackerTicket[], id: string): string {
  const parentId = all.find((ticket) => ticket.id === id)?.parentId ?? null;
  return parentId === null ? id : topOf(all, parentId);
}
