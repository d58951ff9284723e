import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import { World } from '../../support/world/world.js';

const ROOT_A = '[Alert] HostMemoryUsageHigh-Usage90% instance:A (6/16 11:46)';

describe('opening and grouping', () => {
  it('makes the first alert of a name the root, and other hosts its children', async () => {
    const world = new World();

    await world.hear(firing('A'));
    await world.pass(5 * MINUTE);
    await world.hear(firing('B', { startsAt: 0 }), firing('D', { startsAt: 5 }));

    expect(world.tree()).toEqual([
      `${ROOT_A} [open]`,
      '- [Alert] HostMemoryUsageHigh-Usage90% instance:B (6/16 11:46) [open]',
      '- [Alert] HostMemoryUsageHigh-Usage90% instance:D (6/16 11:51) [open]',
    ]);
  });

  it('makes the recurrence of one host a child of its root, reopening the root with a note', async () => {
    const world = new World();
    const hoge = { name: 'Server ICMP-Check' };
    await world.hear(firing('hoge', hoge));
    await world.hear(resolved('hoge', hoge));
    expect(world.tree()).toEqual(['[Alert] Server ICMP-Check instance:hoge (6/16 11:46) [closed]']);

    await world.pass(HOUR);
    await world.hear(firing('hoge', { ...hoge, startsAt: 61 }));

    expect(world.tree()).toEqual([
      '[Alert] Server ICMP-Check instance:hoge (6/16 11:46) [open]',
      '- [Alert] Server ICMP-Check instance:hoge (6/16 12:47) [open]',
    ]);
    expect(world.backend.tickets()[0]?.notes.at(-1)).toContain(
      'Server ICMP-Check instance:hoge (6/16 12:47)',
    );
  });

  it('orders the alerts of a body by start, then by alert key, whatever the order of the body', async () => {
    const world = new World();

    await world.hear(firing('C', { startsAt: 5 }), firing('B'), firing('A'));

    expect(world.tree().map((line) => line.replace(/.*instance:(\w).*/, '$1'))).toEqual(['A', 'B', 'C']);
  });

  it('is quiet about what it knows: repeats and copies write nothing', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    const writes = world.backend.writes.length;

    for (let copy = 0; copy < 50; copy += 1) await world.hear(firing('B'), firing('A'));

    expect(world.backend.writes).toHaveLength(writes);
  });

  it('makes a ticket as urgent as the severity of its alert', async () => {
    const priorities: unknown[] = [];
    const world = new World(
      {},
      {
        fault: (call) => {
          if (call.method === 'open') priorities.push(call.draft.priority);
          return null;
        },
      },
    );

    for (const severity of ['critical', 'Page', 'warning', '']) {
      await world.hear(firing(`host-${severity}`, { labels: { severity } }));
    }

    expect(priorities).toEqual(['high', 'urgent', 'normal', 'normal']);
  });

  it('keeps sources and names apart', async () => {
    const world = new World();

    await world.hear(firing('A'), firing('A', { source: 'osaka' }), firing('A', { name: 'Other' }));

    expect(world.backend.tickets().map((ticket) => ticket.parentId)).toEqual([null, null, null]);
  });

  it('hangs every alert under a common root on a summary route', async () => {
    const world = new World({ root: 'summary' });

    await world.hear(firing('A'), firing('B'));

    expect(world.tree()).toEqual([
      '[Alert] HostMemoryUsageHigh-Usage90% (6/16 11:46) [open]',
      `- ${ROOT_A} [open]`,
      '- [Alert] HostMemoryUsageHigh-Usage90% instance:B (6/16 11:46) [open]',
    ]);
    expect(world.backend.tickets()[0]?.keyLine?.alertId).toBe('-');
  });

  it('opens a new root that names the one before when the span is over', async () => {
    const world = new World({ groupSpanMs: HOUR });
    await world.hear(firing('A'));

    await world.pass(HOUR);
    await world.hear(firing('B', { startsAt: 60 }));

    const [first, second] = world.backend.tickets();
    expect(second?.parentId).toBeNull();
    expect(second?.description).toContain(`#${first?.id}`);
    expect(first?.status).toBe('open');
  });

  it('with span 0 keeps members as long as one fires, and ends the group when its root is to be closed', async () => {
    const world = new World({ groupSpanMs: 0 });
    await world.hear(firing('A'));
    await world.pass(100 * HOUR);
    await world.hear(firing('B', { startsAt: 6000 }));
    await world.hear(resolved('A'), resolved('B', { startsAt: 6000, endsAt: 6001 }));

    await world.hear(firing('C', { startsAt: 6002 }));

    expect(world.backend.tickets().map(({ parentId, status }) => [parentId, status])).toEqual([
      [null, 'closed'],
      ['1', 'closed'],
      [null, 'open'],
    ]);
  });

  it('folds what is beyond the cap, for good, and tells of it', async () => {
    const world = new World({ maxChildren: 2 });

    await world.hear(...['A', 'B', 'C', 'D', 'E'].map((host) => firing(host)));
    await world.hear(...['A', 'B', 'C', 'D', 'E'].map((host) => resolved(host)));

    const [root] = world.backend.tickets();
    expect(world.backend.tickets()).toHaveLength(3);
    expect(world.backend.tickets().every((ticket) => ticket.status === 'closed')).toBe(true);
    expect(root?.description).toContain('without a ticket of their own so far: 2');
    expect(root?.notes.at(-1)).toMatch(/without a ticket of their own: 2[\s\S]*instance:D[\s\S]*instance:E/);
  });

  it('keeps the root open while a folded alert fires', async () => {
    const world = new World({ maxChildren: 0 });
    await world.hear(firing('A'), firing('B'));

    await world.hear(resolved('A'));
    expect(world.backend.tickets()[0]?.status).toBe('open');
    await world.hear(resolved('B'));
    expect(world.backend.tickets()[0]?.status).toBe('closed');
  });

  it('opens a new root when the cap is reached and the root is older than an hour', async () => {
    const world = new World({ maxChildren: 1 });
    await world.hear(firing('A'), firing('B'));

    await world.pass(HOUR + MINUTE);
    await world.hear(firing('C', { startsAt: 61 }));

    expect(world.backend.tickets()[2]).toMatchObject({ parentId: null, status: 'open' });
    expect(world.backend.tickets()[2]?.description).toContain('#1');
  });

  it('gives a place back when an alert ends before its ticket was sent', async () => {
    const world = new World({ maxChildren: 1 });
    await world.post(firing('A'), firing('B'));
    await world.post(resolved('B'));
    await world.hear(firing('C', { startsAt: 2 }));

    expect(world.tree().map((line) => line.replace(/.*instance:(\w).*/, '$1'))).toEqual(['A', 'C']);
  });
});
