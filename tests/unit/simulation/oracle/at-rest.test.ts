import type { GroupDetails } from '../../../../src/application/ports/ticket-group-queries.js';
import { MINUTE } from '../../../support/builders/alerts.js';
import { alertOf, Judged, ticketOf } from './judged.js';

const DISK_A = alertOf('DiskFull A');
const DISK_B = alertOf('DiskFull B');
const DISK_C = alertOf('DiskFull C');
const DISK_D = alertOf('DiskFull D');
const LINK_A = alertOf('LinkDown A');

const CLOSED = { status: 'closed', notes: ['It is over.\n\nalertree note 1'] } as const;

describe('What is left is wrong where', () => {
  test('nobody was told of an alert, though of another of its host', () => {
    const end = new Judged();
    for (const alert of [DISK_A, LINK_A]) end.fires(alert);
    for (const alert of [DISK_A, LINK_A]) end.ends(alert);
    end.holds(ticketOf('1', LINK_A, CLOSED));

    expect(end.violations()).toEqual(['nobody was told of DiskFull A']);
  });

  test('nobody was told of an alert whose host is a letter of some text', () => {
    const end = new Judged();
    for (const alert of [DISK_B, DISK_D]) end.fires(alert);
    for (const alert of [DISK_B, DISK_D]) end.ends(alert);
    end.holds(ticketOf('1', DISK_B, CLOSED));

    expect(end.violations()).toEqual(['nobody was told of DiskFull D']);
  });

  test('of two times that an alert fired one was told of', async () => {
    const end = new Judged();
    await firesTwice(end);
    end.holds(ticketOf('1', DISK_A, CLOSED));

    expect(end.violations()).toEqual(['DiskFull A fired 2 times, and 1 were told of']);
  });

  test('an alert that was over before its ticket is not in any list, and right where it is', async () => {
    const end = new Judged();
    await firesTwice(end);
    const account = `Ended:\n\n- DiskFull instance:A (6/16 12:02), ended 2026-06-16 12:12:00\n\nalertree note 2`;
    end.holds(ticketOf('1', DISK_A, { ...CLOSED, notes: [...CLOSED.notes, account] }));

    expect(end.violations()).toEqual([]);
  });

  test('two roots of one name stand open', () => {
    const end = new Judged();
    for (const alert of [DISK_A, DISK_B]) end.fires(alert);
    end.holds(ticketOf('1', DISK_A), ticketOf('2', DISK_B));

    expect(end.violations()).toEqual(['#2 and #1 are both open roots of DiskFull']);
  });

  test('a child is under the root of another name', () => {
    const end = new Judged();
    for (const alert of [DISK_A, LINK_A]) end.fires(alert);
    end.holds(ticketOf('1', DISK_A), ticketOf('2', LINK_A, { parentId: '1' }));

    expect(end.violations()).toEqual(['#2 is under #1, the root of another group']);
  });

  test('a root has more children than it may', () => {
    const end = new Judged({ maxChildren: 1 });
    for (const alert of [DISK_A, DISK_B, DISK_C]) end.fires(alert);
    const under = { parentId: '1' };
    end.holds(ticketOf('1', DISK_A), ticketOf('2', DISK_B, under), ticketOf('3', DISK_C, under));

    expect(end.violations()).toEqual(['#1 has 2 children of 1']);
  });

  test('two groups of one key take members', () => {
    const head = { groupKey: 'k', accepting: true, firing: 0, rootKey: null };
    const shown = ['1', '2'].map((id) => ({ head: { ...head, id }, tickets: [], episodes: [], notes: [] }));

    expect(new Judged().violations(shown as unknown as readonly GroupDetails[])).toEqual([
      'two groups of k take members',
    ]);
  });

  test('a ticket was closed with no word but that of a person', () => {
    const end = new Judged();
    end.fires(DISK_A);
    end.ends(DISK_A);
    end.holds(ticketOf('1', DISK_A, { status: 'closed', notes: ['I had a look.'] }));

    expect(end.violations()).toEqual(['#1 is closed without a word']);
  });

  test('a note is taken for sent and is on no ticket', () => {
    const end = new Judged();
    end.fires(DISK_A);
    end.holds(ticketOf('1', DISK_A));
    end.updates('1', { note: [{ kind: 'marker', text: 'alertree note 7' }] });
    const group = {
      head: { groupKey: 'k', accepting: true, firing: 0, rootKey: null },
      tickets: [{ key: 'x', reference: '1', seen: 'open', parked: null, refused: null, intent: null }],
      notes: [{ id: '7', ticketKey: 'x', state: 'sent' }],
      episodes: [],
    };

    expect(end.violations([group as unknown as GroupDetails])).toEqual([
      'alertree note 7 is taken for sent and is not there',
    ]);
  });
});

async function firesTwice(end: Judged): Promise<void> {
  for (let times = 0; times < 2; times += 1) {
    end.fires(DISK_A);
    await end.timeline.run(10 * MINUTE);
    end.ends(DISK_A);
    await end.timeline.run(10 * MINUTE);
  }
}
