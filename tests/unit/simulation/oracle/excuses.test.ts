import type { GroupDetails } from '../../../../src/application/ports/ticket-group-queries.js';
import { HOUR, MINUTE } from '../../../support/builders/alerts.js';
import { PERSON_ACTS, type PersonAct } from '../../../simulation/trackers/tracker.js';
import { alertOf, Judged, ticketOf } from './judged.js';

const DISK_A = alertOf('DiskFull A');
const CLOSED = { status: 'closed', notes: ['It is over.\n\nalertree note 1'] } as const;
/** After the others an alert can fire without an open ticket. */
const HARMLESS = ['reopens', 'moves', 'copies', 'writes a note', 'adds a subtask'] as const;

describe('Nothing excuses', () => {
  test('a second ticket for a firing with another start, where no person acted', async () => {
    const end = new Judged();
    end.fires(DISK_A);
    await end.timeline.run(MINUTE);
    end.fires(DISK_A);
    end.holds(ticketOf('1', DISK_A, CLOSED), ticketOf('2', DISK_A));

    expect(end.violations()).toContain('DiskFull A has 2 tickets of at most 1 episodes');
  });

  test('that an alert has no ticket which fires an hour after its hold was over', async () => {
    const end = await firesAgainLate(() => undefined);

    expect(end.violations()).toEqual([
      'DiskFull A fires and has no open ticket',
      'DiskFull A fired 2 times, and 1 were told of',
    ]);
  });

  test.each(HARMLESS)('a close without a cause, though a person %s', (act) => {
    const end = new Judged();
    end.fires(DISK_A);
    end.holds(ticketOf('1', DISK_A));
    end.person(act, '1');
    end.updates('1', { status: 'closed' });

    expect(end.violations()).toContain('#1 is to be closed without a cause');
  });

  test.each(HARMLESS)('a write for a repeat, though a person %s', async (act) => {
    const end = new Judged();
    end.fires(DISK_A);
    end.holds(ticketOf('1', DISK_A));
    end.person(act, '1');
    await end.timeline.run(MINUTE);

    expect(await end.afterRepeat(() => end.updates('1', {}))).toEqual([
      'a repeat of what is known wrote to #1',
    ]);
  });

  test('that a wish is undone which was uttered half a minute after a write', async () => {
    const end = new Judged();
    end.holds(ticketOf('1', DISK_A));
    end.updates('1', { status: 'closed' });
    await end.timeline.run(1000);
    end.reads('1');
    await end.timeline.run(32_000);

    expect(end.watch.hasSeen('1')).toBe(true);
  });
});

describe('It may be right', () => {
  test('that an alert has no ticket where nothing could be delivered when its hold was over', async () => {
    const end = await firesAgainLate((watch) => {
      const no = watch.begins('fetchMany', [[]]);
      watch.ends(no, { status: 'rejected', reason: new Error('The backend is down.') });
    });

    expect(end.violations()).toEqual([]);
  });

  test('that an alert has no ticket of which a person decided while it was presumed to fire', async () => {
    const end = new Judged();
    end.fires(DISK_A);
    end.holds(ticketOf('1', DISK_A));
    end.ends(DISK_A);
    end.loses();
    await end.timeline.run(MINUTE);
    end.person('strips the key line', '1');
    end.strips('1');
    await end.timeline.run(MINUTE);
    end.fires(DISK_A);

    expect(end.violations()).toEqual([]);
  });

  test.each(PERSON_ACTS.filter((act) => !HARMLESS.some((one) => one === act)))(
    'to close a ticket without a cause after a person %s',
    (act) => {
      const end = new Judged();
      end.holds(ticketOf('1', DISK_A));
      end.person(act, '1');
      end.updates('1', { status: 'closed' });

      expect(end.watch.violations).toEqual([]);
    },
  );
});

/** With its old start, an hour after the hold of ten minutes was over; something happens shortly before. */
async function firesAgainLate(before: (watch: Judged['watch']) => void): Promise<Judged> {
  const end = new Judged({ closeAfterMs: 10 * MINUTE });
  const startsAt = end.timeline.now;
  end.fires(DISK_A, startsAt);
  end.holds(ticketOf('1', DISK_A, CLOSED));
  await end.timeline.run(MINUTE);
  end.ends(DISK_A);
  await end.timeline.run(HOUR);
  before(end.watch);
  await end.timeline.run(10 * MINUTE);
  end.fires(DISK_A, startsAt - MINUTE);
  return end;
}

describe('What the API shows of a ticket', () => {
  test.each(HARMLESS.filter((act) => act !== 'reopens'))('must be so, though a person %s', (act) => {
    expect(shownClosedAfter(act)).toEqual(['#1 is shown as closed and is open']);
  });

  test('may be older than that a person opened it again', () => {
    expect(shownClosedAfter('reopens')).toEqual([]);
  });
});

function shownClosedAfter(act: PersonAct): readonly string[] {
  const end = new Judged();
  end.fires(DISK_A);
  end.holds(ticketOf('1', DISK_A));
  end.person(act, '1');
  const group = {
    head: { groupKey: 'k', accepting: true, firing: 0, rootKey: null },
    tickets: [{ key: 'x', reference: '1', seen: 'closed', parked: null, refused: null, intent: null }],
    notes: [],
    episodes: [],
  };
  return end.violations([group as unknown as GroupDetails]);
}
