import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import { World } from '../../support/world/world.js';

const statuses = (world: World) => world.backend.tickets().map((ticket) => ticket.status);
const notes = (world: World, id: number) => world.backend.tickets()[id - 1]?.notes ?? [];

describe('ending and closing', () => {
  it('closes the ticket with a note that tells when, how long and how often', async () => {
    const world = new World();
    await world.hear(firing('A'));

    await world.hear(resolved('A', { endsAt: 125 }));

    expect(statuses(world)).toEqual(['closed']);
    expect(notes(world, 1)).toHaveLength(1);
    expect(notes(world, 1)[0]).toMatch(/2026-06-16 13:51:00 \+09:00[\s\S]*2h 5m[\s\S]*once/);
  });

  it('closes host1 and leaves host19 alone', async () => {
    const world = new World();
    await world.hear(firing('host1'), firing('host19'));

    await world.hear(resolved('host1'));

    expect(world.tree().map((line) => line.replace(/.*instance:(\w+).*\[(\w+)\]/, '$1 $2'))).toEqual([
      'host1 open',
      'host19 open',
    ]);
    expect(notes(world, 1)[0]).toContain('This alert is over. Others of the group still fire: 1.');
  });

  it('closes children before the root, and the root last', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'), firing('C'));
    const before = world.backend.writes.length;

    await world.hear(resolved('A'), resolved('B'), resolved('C'));

    expect(statuses(world)).toEqual(['closed', 'closed', 'closed']);
    expect(world.backend.writes.slice(before).map((write) => write.id)).toEqual(['2', '3', '1']);
  });

  it('tells once that the root’s own alert is over while others fire', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'), firing('C'));

    await world.hear(resolved('A'));
    await world.hear(resolved('B'));

    expect(notes(world, 1)).toHaveLength(1);
  });

  it('ignores a resolved that is older than the newest firing', async () => {
    const world = new World();
    await world.hear(firing('A', { startsAt: 10 }));

    const [outcome] = await world.hear(resolved('A', { startsAt: 0, endsAt: 9 }));

    expect(outcome?.kind).toBe('stale');
    expect(statuses(world)).toEqual(['open']);
  });

  it('records a resolved of what never fired and makes no ticket', async () => {
    const world = new World();

    const [outcome] = await world.hear(resolved('A'));

    expect(outcome?.kind).toBe('never-fired');
    expect(world.backend.tickets()).toEqual([]);
  });

  it('opens a firing that is not newer than a known end, and marks it doubtful', async () => {
    const world = new World();
    await world.hear(resolved('A', { endsAt: 10 }));

    await world.hear(firing('A', { startsAt: 10 }));

    expect(statuses(world)).toEqual(['open']);
    expect(world.backend.tickets()[0]?.description).toContain('late copy');
  });

  it('waits for close_after, and goes on with the same ticket if the alert fires again meanwhile', async () => {
    const world = new World({ closeAfterMs: 10 * MINUTE });
    await world.hear(firing('A'));
    await world.hear(resolved('A'));
    await world.pass(9 * MINUTE);
    await world.hear(firing('A', { startsAt: 9 }));
    await world.pass(HOUR);
    expect(statuses(world)).toEqual(['open']);

    await world.hear(resolved('A', { startsAt: 9, endsAt: 60 }));
    await world.pass(10 * MINUTE);

    expect(statuses(world)).toEqual(['closed']);
    expect(notes(world, 1).join('\n')).toMatch(/Fired again once[\s\S]*Fired: 2 times/);
  });

  it('holds the ends of a flapping alert for half an hour and says so once', async () => {
    const world = new World();
    for (const minute of [0, 10, 20, 30, 40]) {
      await world.hear(firing('A', { startsAt: minute }));
      await world.hear(resolved('A', { startsAt: minute, endsAt: minute + 1 }));
      await world.pass(10 * MINUTE);
    }
    expect(statuses(world)).toEqual(['open', 'closed', 'open']);
    await world.pass(30 * MINUTE);

    expect(statuses(world)).toEqual(['closed', 'closed', 'closed']);
    expect(
      world.backend.tickets().flatMap((t) => t.notes.filter((note) => note.includes('Flapping'))),
    ).toHaveLength(1);
  });

  it('under auto_close: note leaves the closing to a person and notes the end once', async () => {
    const world = new World({ autoClose: 'note' });
    await world.hear(firing('A'));
    await world.hear(resolved('A'));
    await world.hear(resolved('A'));
    await world.pass(100 * HOUR);
    expect(statuses(world)).toEqual(['open']);
    expect(notes(world, 1)).toHaveLength(1);

    world.backend.personCloses('1');
    await world.hear(firing('A', { startsAt: 6001 }));
    await world.hear(resolved('A', { startsAt: 6001, endsAt: 6002 }));

    expect(world.backend.tickets()[1]?.parentId ?? null).toBeNull();
  });

  it('accounts for what ended before anything could be sent with one root, opened and closed', async () => {
    const world = new World();
    await world.post(firing('A'), firing('B'));
    await world.post(resolved('A'), resolved('B'));

    await world.settle();

    expect(world.tree()).toEqual(['[Alert] HostMemoryUsageHigh-Usage90% instance:A (6/16 11:46) [closed]']);
    expect(notes(world, 1)[0]).toMatch(/without a ticket of their own: 2[\s\S]*instance:A[\s\S]*instance:B/);
  });

  it('lists in the next note of the root what ended before its ticket was sent', async () => {
    const world = new World();
    await world.hear(firing('A'));
    await world.post(firing('B'));
    await world.post(resolved('B'));
    await world.hear(resolved('A'));

    expect(world.backend.tickets()).toHaveLength(1);
    expect(notes(world, 1).join('\n')).toContain('instance:B');
  });

  it('drops a close that is wanted but not yet sent when a newcomer joins', async () => {
    const world = new World();
    await world.hear(firing('A'));
    await world.post(resolved('A'));
    await world.post(firing('B', { startsAt: 2 }));
    await world.settle();

    expect(statuses(world)).toEqual(['open', 'open']);
    expect(notes(world, 1).some((note) => note.includes('Reopened'))).toBe(false);
  });

  it('says when many ended at once', async () => {
    const world = new World();
    const hosts = Array.from({ length: 12 }, (_, index) => `host${index}`);
    await world.hear(...hosts.map((host) => firing(host)));

    await world.hear(...hosts.map((host) => resolved(host)));

    expect(notes(world, 3)[0]).toContain('12 alerts at once');
  });

  it('names who ended without a ticket in the very moment in which another note falls due', async () => {
    const world = new World({ maxChildren: 0, closeAfterMs: 10 * MINUTE });
    await world.hear(firing('A'), firing('B'));
    await world.pass(MINUTE);
    await world.hear(resolved('A'));
    await world.hear(firing('A', { startsAt: 2 }), resolved('B'));

    await world.pass(10 * MINUTE);

    expect(notes(world, 1).at(-1)).toMatch(/without a ticket of their own: 1[\s\S]*instance:B/);
  });

  it('names as folded only who still fires in the very moment of the note', async () => {
    const world = new World({ maxChildren: 0, closeAfterMs: 10 * MINUTE });
    await world.hear(firing('A'));
    await world.hear(firing('B'), firing('C'), resolved('B'));

    await world.pass(10 * MINUTE);

    const [folded = '', ended = ''] = notes(world, 1)[0]?.split('Ended without a ticket') ?? [];
    expect(folded).toContain('instance:C');
    expect(folded).not.toContain('instance:B');
    expect(ended).toContain('instance:B');
  });
});
