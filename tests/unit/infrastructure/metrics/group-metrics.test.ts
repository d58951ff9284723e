import { Registry } from 'prom-client';
import { GroupMetrics } from '../../../../src/infrastructure/metrics/group-metrics.js';
import { firing, HOUR, MINUTE, resolved } from '../../../support/builders/alerts.js';
import { counted } from '../../../support/metrics-text.js';
import { World } from '../../../support/world/world.js';

/** What is counted of everything that happened in the world. */
async function countsOf(world: World): Promise<Readonly<Record<string, number>>> {
  const registry = new Registry();
  new GroupMetrics(registry).committed(world.commits);
  return counted(await registry.metrics());
}

/** For how long the oldest undelivered change waits; null: none does. */
async function oldest(world: World): Promise<number | null> {
  const now = world.clock.now();
  const { oldestUndelivered } = await world.store.read(world.backend.instance, now);
  return oldestUndelivered === null ? null : now - oldestUndelivered;
}

describe('the counts of groups', () => {
  it('count each episode and each ticket once, however often its alert is repeated', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    await world.hear(firing('A'), firing('B'), firing('C'));
    await world.hear(firing('A'), resolved('C'));
    await world.hear(resolved('C'));

    expect(await countsOf(world)).toEqual({
      alertree_episodes_opened_total: 3,
      alertree_episodes_grouped_total: 2,
      alertree_tickets_opened_total: 3,
      alertree_tickets_closed_total: 1,
    });
  });

  it('count a recurrence as one more child of the root that is opened again for it', async () => {
    const world = new World();
    await world.hear(firing('A'));
    await world.hear(resolved('A'));
    await world.hear(firing('A', { startsAt: 10 }));

    expect(await countsOf(world)).toEqual({
      alertree_episodes_opened_total: 2,
      alertree_episodes_grouped_total: 1,
      alertree_tickets_opened_total: 2,
      alertree_tickets_closed_total: 1,
      alertree_tickets_reopened_total: 1,
    });
  });

  it('count what is beyond the cap as folded and not as grouped', async () => {
    const world = new World({ maxChildren: 1 });
    await world.hear(firing('A'), firing('B'), firing('C'), firing('D'));

    expect(await countsOf(world)).toMatchObject({
      alertree_episodes_opened_total: 4,
      alertree_episodes_grouped_total: 1,
      alertree_episodes_folded_total: 2,
      alertree_tickets_opened_total: 2,
    });
  });

  it('count every alert under a summary root as grouped', async () => {
    const world = new World({ root: 'summary' });
    await world.hear(firing('A'), firing('B'));

    expect(await countsOf(world)).toMatchObject({
      alertree_episodes_opened_total: 2,
      alertree_episodes_grouped_total: 2,
      alertree_tickets_opened_total: 3,
    });
  });

  it('count an episode once that moves to the next group, and the decision that moves it', async () => {
    const world = new World({ maxChildren: 1 });
    await world.hear(firing('A'), firing('B'), firing('C'));
    world.backend.personResolves('1');
    await world.pass(HOUR);
    await world.hear(resolved('B', { endsAt: 70 }));

    const counts = await countsOf(world);

    expect(counts).toMatchObject({ alertree_episodes_opened_total: 3, alertree_person_decisions_total: 1 });
    expect(world.backend.tickets()).toHaveLength(3);
  });

  it('count one decision when a person sets a closed root to Resolved', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('A'), resolved('B'));
    world.backend.personResolves('1');
    await world.pass(HOUR);
    await world.hear(firing('A', { startsAt: 70 }));

    expect(await countsOf(world)).toMatchObject({ alertree_person_decisions_total: 1 });
    expect(world.commits.flat().flatMap(({ events }) => events)).toContainEqual(
      expect.objectContaining({ kind: 'person-decided', reason: 'resolved' }),
    );
  });

  it('count a write whose answer is lost, and the ticket that it made once', async () => {
    let lost = 0;
    const fault = ({ method }: { readonly method: string }) =>
      method === 'open' && (lost += 1) === 1
        ? ({ kind: 'answer-lost', effect: 'unknown-pending' } as const)
        : null;
    const world = new World({}, { fault });
    await world.hear(firing('A'));
    await world.pass(10 * MINUTE);

    expect(await countsOf(world)).toEqual({
      alertree_episodes_opened_total: 1,
      alertree_tickets_opened_total: 1,
      alertree_ticket_writes_unknown_total: 1,
    });
  });
});

describe('the oldest undelivered change', () => {
  it('ages from the arrival of an alert until its ticket stands', async () => {
    const world = new World();
    await world.post(firing('A'));
    world.clock.advance(7 * MINUTE);
    await world.post(firing('B'));
    world.clock.advance(MINUTE);

    expect(await oldest(world)).toBe(8 * MINUTE);
    await world.settle();
    expect(await oldest(world)).toBeNull();
  });

  it('ages from an end until its ticket is closed, not from the opening', async () => {
    const world = new World();
    await world.hear(firing('A'));
    world.clock.advance(HOUR);
    await world.post(resolved('A', { endsAt: 60 }));
    world.clock.advance(MINUTE);

    expect(await oldest(world)).toBe(MINUTE);
    await world.settle();
    expect(await oldest(world)).toBeNull();
  });

  it('is nothing while ends are held and notes are gathered', async () => {
    const world = new World({ closeAfterMs: HOUR });
    await world.hear(firing('A'));
    await world.hear(resolved('A'));
    await world.hear(firing('A', { startsAt: 2 }));

    expect(await oldest(world)).toBeNull();
  });
});
