import type { HeldNote } from '../../support/kills/held-note.js';
import {
  judge,
  KINDS,
  livesOfFolded,
  wrongs,
  type HeldTicket,
  type Told,
} from '../../support/kills/checker.js';

const ROOT: HeldTicket = {
  id: '1',
  parentId: null,
  isOpen: true,
  key: 'key of a',
  occurrence: 'a',
  group: 'Down',
  isFolded: false,
  notes: [note('first'), note('second')],
  openedAt: 0,
  changedAt: 0,
};
const CHILD: HeldTicket = { ...ROOT, id: '2', parentId: '1', key: 'key of b', occurrence: 'b', notes: [] };

type State = Told['state'];

function about(states: Readonly<Record<string, State>>): ReadonlyMap<string, Told> {
  const end = { group: 'Down', endsAt: '2026-06-16T03:00:00Z', hasFired: true } as const;
  return new Map(Object.entries(states).map(([name, state]) => [name, { ...end, instance: name, state }]));
}

function told(a: State, b: State): ReadonlyMap<string, Told> {
  return about({ a, b });
}

describe('the checker is content', () => {
  test.each<[string, ReadonlyMap<string, Told>, readonly HeldTicket[]]>([
    ['with an open ticket for each that fires', told('firing', 'firing'), [ROOT, CHILD]],
    ['with a root that stays open for its child', told('resolved', 'firing'), [ROOT, CHILD]],
    ['when all is over and closed', told('resolved', 'resolved'), [closed(ROOT), closed(CHILD)]],
    [
      'with what ended without a ticket while a root can still tell of it',
      told('firing', 'resolved'),
      [ROOT],
    ],
    ['with an end of what was never told to fire', unfired('b'), [closed(ROOT)]],
    [
      'with what ended without a ticket and is told of by its root',
      told('resolved', 'resolved'),
      [telling('b')],
    ],
    [
      'with a root that is there only to tell of what is over, its own alert as well',
      told('resolved', 'resolved'),
      [telling('a', 'b')],
    ],
    [
      'with an open ticket of which it is not known whether it fires',
      told('firing', 'unknown'),
      [ROOT, CHILD],
    ],
    ['with none for it', told('firing', 'unknown'), [ROOT]],
    [
      'with a root that was reopened for a later occurrence of its own alert',
      about({ a: 'resolved', 'a again': 'firing' }),
      [ROOT, { ...CHILD, occurrence: 'a again' }],
    ],
    ['with a duplicate that was folded', told('firing', 'firing'), [ROOT, CHILD, folded(CHILD)]],
  ])('%s', (_, facts, tickets) => {
    expect(wrongs(judge(facts, tickets))).toEqual([]);
  });
});

describe('the checker finds', () => {
  const both = told('firing', 'firing');
  test.each<[string, ReadonlyMap<string, Told>, readonly HeldTicket[], readonly string[]]>([
    ['an alert that is lost', both, [ROOT], ['lost: b']],
    ['one of which only a folded duplicate is left', both, [ROOT, folded(CHILD)], ['lost: b']],
    ['one that was wrongly closed', both, [ROOT, closed(CHILD)], ['wronglyClosed: b']],
    ['a child that was left open', told('firing', 'resolved'), [ROOT, CHILD], ['leftOpen: #2 of b']],
    [
      'a ticket of nothing that was told',
      told('firing', 'firing'),
      [ROOT, CHILD, { ...CHILD, id: '3', key: 'k', occurrence: null }],
      ['leftOpen: #3 of nobody'],
    ],
    [
      'a folded duplicate that is open',
      both,
      [ROOT, CHILD, { ...folded(CHILD), isOpen: true }],
      ['leftOpen: #9 of b'],
    ],
    ['a dead root', told('resolved', 'resolved'), [ROOT, closed(CHILD)], ['deadRoots: #1 of a']],
    [
      'an open child under a closed root',
      told('resolved', 'firing'),
      [closed(ROOT), CHILD],
      ['openUnderClosed: #2 of b'],
    ],
    ['one under a root that is gone', told('resolved', 'firing'), [CHILD], ['openUnderClosed: #2 of b']],
    [
      'two tickets with one key, were they both closed',
      told('resolved', 'resolved'),
      [closed(ROOT), closed(CHILD), { ...closed(CHILD), id: '3' }],
      ['duplicates: key key of b'],
    ],
    [
      'two open tickets of one occurrence',
      both,
      [ROOT, CHILD, { ...CHILD, id: '3', key: 'another key' }],
      ['duplicates: open ticket of b'],
    ],
    [
      'two open roots of one group',
      both,
      [ROOT, { ...CHILD, parentId: null }],
      ['duplicates: open root of Down'],
    ],
    [
      'a note that stands there twice',
      both,
      [{ ...ROOT, notes: [note('first'), note('second'), note('first')] }, CHILD],
      ['notesTwice: note first on #1'],
    ],
    [
      'a ticket that was closed and whose note is lost',
      told('firing', 'resolved'),
      [ROOT, { ...closed(CHILD), notes: [note('first')] }],
      ['closedInSilence: #2 of b'],
    ],
  ])('%s', (_, facts, tickets, expected) => {
    expect(wrongs(judge(facts, tickets))).toEqual(expected);
  });

  test('nothing of a kind that is not told in words', () => {
    expect(Object.keys(judge(new Map(), [])).toSorted()).toEqual([...KINDS].toSorted());
  });
});

test('a duplicate lives from its opening until it was folded', () => {
  expect(livesOfFolded([ROOT, { ...folded(CHILD), openedAt: 1_000, changedAt: 4_500 }])).toEqual([3_500]);
});

function note(id: string): HeldNote {
  return { id, tellsEnd: false, account: null };
}

function closed(ticket: HeldTicket): HeldTicket {
  return { ...ticket, isOpen: false, notes: [...ticket.notes, { ...note('last'), tellsEnd: true }] };
}

/** The root, closed, with an account that names these. */
function telling(...instances: readonly string[]): HeldTicket {
  const named = instances.map((instance) => ({ instance, endedAt: '2026-06-16 03:00:00' }));
  const account = { count: named.length, named };
  return { ...closed(ROOT), notes: [{ ...note('last'), tellsEnd: true, account }] };
}

function unfired(name: string): ReadonlyMap<string, Told> {
  const facts = about({ a: 'resolved', [name]: 'resolved' });
  return new Map([...facts].map(([one, fact]) => [one, { ...fact, hasFired: one !== name }]));
}

function folded(ticket: HeldTicket): HeldTicket {
  return { ...closed(ticket), id: '9', key: null, isFolded: true };
}
