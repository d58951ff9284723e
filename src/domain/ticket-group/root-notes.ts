import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { dropNotes, wantedNote, wantNote } from './note-keeping.js';
import type { NoteFact, NoteKind } from './ticket-note.js';
import { standing, wasSent, type Ticket } from './ticket.js';

/** What comes in numbers is told at most this often. */
const GATHER_MS = 10 * 60_000;
const POINTLESS_WHEN_OVER: readonly NoteKind[] = ['root-over', 'recurrence', 'folded', 'refired'];
const POINTLESS_WHILE_FIRING: readonly NoteKind[] = ['group-over', 'account'];

/** The root is to be closed: that is told with the closing. */
export function tellClosing(slice: GroupSlice, root: Ticket, moment: Moment): void {
  if (standing(root) === 'closed' && root.intent === null) return;
  const byPerson = slice.head.endedBy === 'person';
  const fact: NoteFact = byPerson
    ? { kind: 'group-ended' }
    : { kind: 'group-over', ownEnd: !slice.head.rootOverTold };
  if (wantedNote(slice, root.key, fact.kind) === null) wantNote(slice, root.key, fact, moment);
}

/** What the root has to tell apart from being closed. While a write to it is on its way, nobody knows what it told. */
export function tellOnRoot(slice: GroupSlice, moment: Moment): void {
  const { root, head } = slice;
  if (root === null || root.intent !== null) return;
  dropNotes(slice, root.key, root.wanted === 'closed' ? POINTLESS_WHEN_OVER : POINTLESS_WHILE_FIRING);
  if (!wasSent(root)) return;
  if (standing(root) === 'open') tellOfOpenRoot(slice, root, moment);
  if (root.wanted === 'closed' && head.accountNo > head.accountedNo) wantAccount(slice, root, moment);
}

function tellOfOpenRoot(slice: GroupSlice, root: Ticket, moment: Moment): void {
  const { head } = slice;
  // Whoever reopened it, or kept it from closing: there is no reopening of ours to explain any more.
  if (root.written === null) dropNotes(slice, root.key, ['recurrence']);
  if (head.firing === 0) return;
  const isOver = slice.episode(root.episodeId)?.state === 'ended';
  if (isOver && !head.rootOverTold && wantedNote(slice, root.key, 'root-over') === null) {
    wantNote(slice, root.key, { kind: 'root-over' }, moment);
  }
  if (head.folded > head.foldedTold && wantedNote(slice, root.key, 'folded') === null) {
    wantNote(slice, root.key, { kind: 'folded' }, { ...moment, delayMs: GATHER_MS });
  }
}

/** The closing tells of it, too; the note of its own is for a root that is closed already, or cannot be closed. */
function wantAccount(slice: GroupSlice, root: Ticket, moment: Moment): void {
  if (wantedNote(slice, root.key, 'account') !== null) return;
  const closesSoon = standing(root) === 'open' && !root.personal;
  wantNote(slice, root.key, { kind: 'account' }, { ...moment, delayMs: closesSoon ? GATHER_MS : 0 });
}
