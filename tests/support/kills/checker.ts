import { untold, wrongAccounts } from './accounts.js';
import type { HeldNote } from './held-note.js';

/** What became of one occurrence of an alert, as its sender knows it. */
export interface Told {
  /** `unknown` while the last word about it was not acknowledged, and where a person has decided. */
  readonly state: 'firing' | 'resolved' | 'unknown';
  /** It was acknowledged as firing, now or before. */
  readonly hasFired: boolean;
  readonly group: string;
  /** What tells the alert from others of its group. */
  readonly instance: string;
  readonly endsAt: string | null;
}

/** A ticket as it stands in the backend. */
export interface HeldTicket {
  readonly id: string;
  readonly parentId: string | null;
  readonly isOpen: boolean;
  /** Correlation key; null when the ticket has none (any more). */
  readonly key: string | null;
  /** The occurrence that it is about; null: none that the sender knows. */
  readonly occurrence: string | null;
  /** What its root groups. */
  readonly group: string;
  /** It was folded into another. */
  readonly isFolded: boolean;
  /** Ours, as often as they stand there. */
  readonly notes: readonly HeldNote[];
  readonly openedAt: number;
  readonly changedAt: number;
}

export interface Verdict {
  /** Acknowledged as firing, and no ticket was ever opened. */
  readonly lost: readonly string[];
  /** Acknowledged as firing and as over, and neither a ticket nor an account on a root tells of it. */
  readonly untold: readonly string[];
  /** Acknowledged as firing, and every ticket is closed. */
  readonly wronglyClosed: readonly string[];
  /** Open tickets of what is over, or was never told; roots apart. */
  readonly leftOpen: readonly string[];
  /** Open roots with nothing open below them, of what is over. */
  readonly deadRoots: readonly string[];
  readonly openUnderClosed: readonly string[];
  /** Two tickets with one key, two open ones of one occurrence, two open roots of one group. */
  readonly duplicates: readonly string[];
  readonly notesTwice: readonly string[];
  /** Closed without a note of ours that says why. */
  readonly closedInSilence: readonly string[];
  /** Accounts that tell of more than there was, or of other things. */
  readonly wrongAccounts: readonly string[];
}

export const KINDS = [
  'lost',
  'untold',
  'wronglyClosed',
  'leftOpen',
  'deadRoots',
  'openUnderClosed',
  'duplicates',
  'notesTwice',
  'closedInSilence',
  'wrongAccounts',
] as const satisfies readonly (keyof Verdict)[];

/** Compares what was acknowledged with what the backend holds once all is quiet. Knows nothing of Alertree's store. */
export function judge(told: ReadonlyMap<string, Told>, held: readonly HeldTicket[]): Verdict {
  const tickets = held.filter((ticket) => !ticket.isFolded);
  return {
    ...firingWithoutTicket(told, tickets),
    untold: untold(told, tickets),
    ...openForNothing(told, held),
    openUnderClosed: openUnderClosed(held),
    duplicates: duplicates(tickets),
    notesTwice: repeated(held.flatMap(({ id, notes }) => notes.map((note) => `note ${note.id} on #${id}`))),
    closedInSilence: tickets
      .filter(({ isOpen, notes }) => !isOpen && !notes.some(({ tellsEnd }) => tellsEnd))
      .map(inWords),
    wrongAccounts: wrongAccounts(told, tickets),
  };
}

/** Everything that is wrong, in words; empty: nothing. */
export function wrongs(verdict: Verdict): readonly string[] {
  return KINDS.flatMap((kind) => verdict[kind].map((what) => `${kind}: ${what}`));
}

/** Duplicates that were folded: there are none where nothing comes later than is waited for. */
export function foldedCopies(held: readonly HeldTicket[]): readonly string[] {
  return held.filter(({ isFolded }) => isFolded).map(inWords);
}

/** How long each duplicate lived that was folded, in milliseconds. */
export function livesOfFolded(held: readonly HeldTicket[]): readonly number[] {
  return held.filter(({ isFolded }) => isFolded).map(({ openedAt, changedAt }) => changedAt - openedAt);
}

function firingWithoutTicket(
  told: ReadonlyMap<string, Told>,
  tickets: readonly HeldTicket[],
): Pick<Verdict, 'lost' | 'wronglyClosed'> {
  const known = new Set(tickets.map(({ occurrence }) => occurrence));
  const open = new Set(tickets.filter(({ isOpen }) => isOpen).map(({ occurrence }) => occurrence));
  const missing = [...told].filter(([name, { state }]) => state === 'firing' && !open.has(name));
  const names = missing.map(([name]) => name);
  return {
    lost: names.filter((name) => !known.has(name)),
    wronglyClosed: names.filter((name) => known.has(name)),
  };
}

function openForNothing(
  told: ReadonlyMap<string, Told>,
  held: readonly HeldTicket[],
): Pick<Verdict, 'leftOpen' | 'deadRoots'> {
  const needed = new Set(
    held.flatMap(({ isOpen, parentId }) => (isOpen && parentId !== null ? parentId : [])),
  );
  const over = held.filter(({ isOpen, isFolded, occurrence }) => {
    const state = occurrence === null ? undefined : told.get(occurrence)?.state;
    return isOpen && (isFolded || (state !== 'firing' && state !== 'unknown'));
  });
  return {
    leftOpen: over.filter(({ parentId }) => parentId !== null).map(inWords),
    deadRoots: over.filter(({ id, parentId }) => parentId === null && !needed.has(id)).map(inWords),
  };
}

function openUnderClosed(held: readonly HeldTicket[]): readonly string[] {
  const open = new Set(held.filter(({ isOpen }) => isOpen).map(({ id }) => id));
  return held
    .filter(({ isOpen, parentId }) => isOpen && parentId !== null && !open.has(parentId))
    .map(inWords);
}

function duplicates(tickets: readonly HeldTicket[]): readonly string[] {
  const open = tickets.filter(({ isOpen }) => isOpen);
  return [
    ...repeated(tickets.flatMap(({ key }) => (key === null ? [] : `key ${key}`))),
    ...repeated(
      open.flatMap(({ occurrence }) => (occurrence === null ? [] : `open ticket of ${occurrence}`)),
    ),
    ...repeated(open.flatMap(({ parentId, group }) => (parentId === null ? `open root of ${group}` : []))),
  ];
}

function repeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const again = names.filter((name) => seen.size === seen.add(name).size);
  return [...new Set(again)];
}

function inWords({ id, occurrence }: HeldTicket): string {
  return `#${id} of ${occurrence ?? 'nobody'}`;
}
