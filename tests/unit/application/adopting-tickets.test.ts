import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import { World } from '../../support/world/world.js';

/** The tree with hosts for titles: `A [open]`, `- B [closed]`. */
function hosts(world: World): readonly string[] {
  return world.tree().map((line) => line.replace(/\[Alert\].*instance:(\w+).*(\[.*\])/, '$1 $2'));
}

function notesOf(world: World, id: string): string {
  return (
    world.backend
      .tickets()
      .find((ticket) => ticket.id === id)
      ?.notes.join('\n') ?? ''
  );
}

/** A world whose store has lost what it knew of a root A and its children B and C. */
async function emptied(): Promise<World> {
  const world = new World();
  await world.hear(firing('A'), firing('B'), firing('C'));
  world.emptyStore();
  return world;
}

/** The same, and the store has adopted them before it hears of any alert. */
async function adopted(): Promise<World> {
  const world = await emptied();
  await world.settle();
  return world;
}

/** How many writes the work causes. */
async function writesIn(world: World, work: () => Promise<unknown>): Promise<number> {
  const before = world.backend.writes.length;
  await work();
  return world.backend.writes.length - before;
}

async function groupsOf(world: World) {
  return (await world.store.list(null, 1, 100)).groups;
}

describe('an emptied store that adopts open tickets', () => {
  it('writes nothing by that, and nothing for repeats of the alerts', async () => {
    const world = await emptied();

    const writes = await writesIn(world, async () => {
      await world.settle();
      await world.hear(firing('B'), firing('A'));
      await world.hear(firing('C', { startsAt: 9 }));
      await world.pass(48 * HOUR);
    });

    expect(writes).toBe(0);
    expect(hosts(world)).toEqual(['A [open]', '- B [open]', '- C [open]']);
  });

  it('lets no repeat that came before make a second ticket', async () => {
    const world = await emptied();
    await world.post(firing('C'), firing('A'));

    expect(await writesIn(world, () => world.settle())).toBe(0);

    const [group, ...others] = await groupsOf(world);
    expect(others).toEqual([]);
    expect(group?.episodes.map(({ presumedSince }) => presumedSince !== null)).toEqual([false, true, false]);
  });

  it('gives a newcomer that was heard before its place under the root of its key', async () => {
    const world = await emptied();
    await world.post(firing('D'), firing('B'));

    await world.settle();

    expect(hosts(world)).toEqual(['A [open]', '- B [open]', '- C [open]', '- D [open]']);
  });

  it('closes what ends like any other ticket, children before their root', async () => {
    const world = await adopted();
    await world.hear(resolved('B', { startsAt: 0, endsAt: 5 }));
    expect(hosts(world)).toEqual(['A [open]', '- B [closed]', '- C [open]']);
    expect(notesOf(world, '2')).toContain('Lasted: 5m');

    await world.hear(resolved('C', { startsAt: null, endsAt: 0 }));
    await world.hear(resolved('A'));

    expect(hosts(world)).toEqual(['A [closed]', '- B [closed]', '- C [closed]']);
    expect(notesOf(world, '3')).toMatch(/^Resolved\.\n+Ended: 2026-06-16 11:46:00 \+09:00\n+alertree note/);
  });

  it('closes what was heard to end before', async () => {
    const world = await emptied();
    await world.post(resolved('C', { endsAt: 7 }));

    await world.settle();

    expect(hosts(world)).toEqual(['A [open]', '- B [open]', '- C [closed]']);
    expect(notesOf(world, '3')).toContain('Ended: 2026-06-16 11:53:00');
  });

  it('lets the first alert that is heard give the group its key: a newcomer joins', async () => {
    const world = await adopted();

    await world.hear(firing('C'));
    await world.hear(firing('D', { startsAt: 3 }));

    expect(hosts(world)).toEqual(['A [open]', '- B [open]', '- C [open]', '- D [open]']);
    expect((await groupsOf(world))[0]?.head.acceptsUntil).toBe(world.clock.now() + 48 * HOUR);
  });

  it('leaves the place of the key to a group that takes members already', async () => {
    const world = await adopted();
    await world.hear(firing('D', { startsAt: 3 }));
    await world.hear(firing('A'));

    await world.hear(firing('E', { startsAt: 4 }));

    expect(hosts(world)).toEqual(['A [open]', '- B [open]', '- C [open]', 'D [open]', '- E [open]']);
  });

  it('closes a root whose own alert was not heard with its last child, and a lone one never', async () => {
    const world = await emptied();
    await world.hear(firing('lone', { name: 'Other' }));
    world.emptyStore();
    await world.settle();

    await world.hear(resolved('B'));
    expect(notesOf(world, '1')).toBe('');
    await world.hear(resolved('C'));
    await world.pass(48 * HOUR);

    expect(hosts(world)).toEqual(['A [closed]', '- B [closed]', '- C [closed]', 'lone [open]']);
    expect(notesOf(world, '1')).toContain('Resolved: nothing of this group fires.');
  });

  it('keeps a root open whose own alert was heard to fire', async () => {
    const world = await adopted();
    await world.hear(firing('A'));

    await world.hear(resolved('B'), resolved('C'));

    expect(hosts(world)).toEqual(['A [open]', '- B [closed]', '- C [closed]']);
  });

  it('takes an alert that came back as a child for that child, and its root for over', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('A'));
    await world.hear(firing('A', { startsAt: 2 }));
    world.emptyStore();

    const writes = await writesIn(world, () => world.hear(firing('A', { startsAt: 2 })));
    expect(writes).toBe(0);

    await world.hear(resolved('A', { startsAt: 2, endsAt: 9 }));
    expect(hosts(world)).toEqual(['A [open]', '- B [open]', '- A [closed]']);
    await world.hear(resolved('B'));
    expect(hosts(world)).toEqual(['A [closed]', '- B [closed]', '- A [closed]']);
  });

  it('closes a ticket whose alert has a newer one, and says where that is', async () => {
    const world = await emptied();
    const { description } = world.backend.tickets()[1] ?? { description: '' };
    const copy = description.replace(/alertree \w{32}/, `alertree ${'e'.repeat(32)}`);
    world.backend.personOpens({ subject: '[Alert] instance:B (again)', description: copy, parentId: null });

    await world.settle();

    expect(hosts(world)).toEqual(['A [open]', '- B [closed]', '- C [open]', 'B [open]']);
    expect(notesOf(world, '2')).toContain('Closed: this alert has another open ticket. #4');
  });

  it('does not take a copy that carries the same key for another ticket', async () => {
    const world = await emptied();
    const { description } = world.backend.tickets()[1] ?? { description: '' };
    world.backend.personOpens({ subject: '[Alert] instance:B (copy)', description, parentId: null });

    const writes = await writesIn(world, () => world.hear(firing('A'), firing('B'), firing('C')));
    await world.hear(resolved('B'));

    expect(writes).toBe(0);
    expect(hosts(world)).toEqual(['A [open]', '- B [closed]', '- C [open]', 'B [open]']);
  });

  it('takes a common root for nobody’s alert', async () => {
    const world = new World({ root: 'summary' });
    await world.hear(firing('A'), firing('B'));
    world.emptyStore();

    expect(await writesIn(world, () => world.hear(firing('B')))).toBe(0);
    await world.hear(firing('C'), resolved('A'));
    expect(hosts(world).slice(1)).toEqual(['- A [closed]', '- B [open]', '- C [open]']);
    await world.hear(resolved('B'), resolved('C'));

    expect(world.backend.tickets().every(({ status }) => status === 'closed')).toBe(true);
  });

  it('gives a common root that was still to be made the place of the one that stands open', async () => {
    const world = new World({ root: 'summary' });
    await world.hear(firing('A'), firing('B'));
    world.emptyStore();
    await world.post(firing('B'), firing('C'));

    await world.settle();

    expect(hosts(world).slice(1)).toEqual(['- A [open]', '- B [open]', '- C [open]']);
    expect((await groupsOf(world)).flatMap(({ tickets }) => tickets)).toHaveLength(4);
  });

  it('ends a group whose root a person has resolved, and stays quiet about what fires on', async () => {
    const world = await emptied();
    world.backend.personResolves('1');

    await world.hear(firing('A'), firing('B'));

    expect(hosts(world)).toEqual(['A [closed]', '- B [closed]', '- C [closed]']);
    await world.hear(firing('C'));
    expect(hosts(world)).toHaveLength(3);
    const later = (world.clock.now() - Date.UTC(2026, 5, 16, 2, 46)) / MINUTE + 5;
    await world.hear(firing('B', { startsAt: later }));
    expect(hosts(world).at(-1)).toBe('B [open]');
  });

  it('lets people find an alert once it was heard', async () => {
    const world = await adopted();
    const search = (word: string) => world.store.list(null, 1, 10, [word]);
    expect((await search('instance:b')).total).toBe(0);

    await world.hear(firing('B'), resolved('C'));

    expect((await search('instance:b')).total).toBe(1);
    expect((await search('instance:c')).total).toBe(1);
  });

  it('takes a child whose parent is none of ours for a tree of its own', async () => {
    const world = await emptied();
    world.backend.personStripsKeyLine('1');

    expect(await writesIn(world, () => world.hear(firing('B'), firing('C')))).toBe(0);

    await world.hear(resolved('B'), resolved('C'));
    expect(hosts(world)).toEqual(['A [open]', '- B [closed]', '- C [closed]']);
  });
});
