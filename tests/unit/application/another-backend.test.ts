import { AcceptNotification } from '../../../src/application/accept-notification/accept-notification.js';
import { OpenOrGroup } from '../../../src/application/open-or-group/open-or-group.js';
import { ResolveAndClose } from '../../../src/application/resolve-and-close/resolve-and-close.js';
import { DEFAULT_ROUTE } from '../../../src/domain/route/route-settings.js';
import { firing, resolved } from '../../support/builders/alerts.js';
import { CountingIdentifiers, SilentDoorbell } from '../../support/world/fakes.js';
import { World } from '../../support/world/world.js';

/** What fired while tickets were kept elsewhere, in a world that keeps them in its own backend now. */
async function moved(): Promise<World> {
  const world = new World();
  const { store, clock } = world;
  const ids = new CountingIdentifiers();
  const ports = {
    store,
    clock,
    ids: Object.assign(ids, { next: () => crypto.randomUUID().replaceAll('-', '') }),
    doorbell: new SilentDoorbell(),
    giveWay: () => Promise.resolve(),
  };
  const useCases = {
    openOrGroup: new OpenOrGroup(ports.giveWay),
    resolveAndClose: new ResolveAndClose(ports.giveWay),
  };
  const before = new AcceptNotification(useCases, { route: DEFAULT_ROUTE, instance: 'elsewhere' }, ports);
  const alerts = [firing('A'), firing('B')].map((alert, index) => ({ index, alert }));
  await before.execute({ source: 'default', receiver: null, alerts, rejected: [] });
  return world;
}

describe('when tickets are kept in another backend than before', () => {
  it('what still fires begins anew there, with newcomers, and names no ticket of the old one', async () => {
    const world = await moved();

    await world.hear(firing('A'));
    await world.hear(firing('C', { startsAt: 1 }), firing('B'));

    expect(world.tree().map((line) => line.replace(/.*instance:(\w).*/, '$1'))).toEqual(['A', 'B', 'C']);
    expect(world.backend.tickets()[0]?.description).not.toContain('The tree before');
  });

  it('what is over makes no ticket', async () => {
    const world = await moved();

    await world.hear(resolved('A'), resolved('B'));

    expect(world.backend.tickets()).toEqual([]);
  });
});
