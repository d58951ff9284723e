import type { Moment } from '../../domain/ticket-group/moment.js';
import type { DeliveryPorts } from '../ports/delivery-ports.js';
import type { Repositories } from '../ports/store.js';
import type { TicketSnapshot } from '../ports/ticket-backend.js';
import { Adoption, type AdoptionSettings } from './adoption.js';
import { foundTickets, treesOf, type FoundInTree } from './found-trees.js';

/**
 * Takes in the open tickets of a backend whose tickets the store does not know, because it was emptied or the backend has
 * another address now: else each alert that still fires would get a second ticket. Writes nothing to the backend. Doing
 * it again is harmless, after a crash or a failure in the middle, too.
 */
export class AdoptTickets {
  constructor(
    private readonly ports: Omit<DeliveryPorts, 'doorbell'>,
    private readonly settings: Pick<AdoptionSettings, 'route'>,
  ) {}

  /** Until it is done, nothing may be created in the backend. */
  async isDone(): Promise<boolean> {
    const { store, backend } = this.ports;
    return store.transaction(({ adoptions }) => adoptions.isDone(backend.instance));
  }

  /** Throws `TicketBackendError` where the backend fails; what was taken in by then stays. */
  async execute(): Promise<void> {
    const { store, backend, clock, logger, giveWay } = this.ports;
    const found = foundTickets(await this.openTickets());
    await this.inTransaction((repositories, moment) => this.findAgain(found, repositories, moment));
    let adopted = 0;
    for (const tree of treesOf(found)) {
      await giveWay();
      adopted += await this.inTransaction(async (repositories, moment) => {
        const adoption = await Adoption.load(repositories, tree.tickets, this.adoptionSettings, moment);
        const count = adoption.takeIn(tree);
        await adoption.save(repositories);
        return count;
      });
    }
    await store.transaction(({ adoptions }) => adoptions.done(backend.instance, clock.now()));
    const counts = { found: found.length, adopted };
    logger.info('open tickets of the backend are known', { backend: backend.instance, ...counts });
  }

  /** Tickets may close meanwhile; that shows at the next look at them. */
  private async openTickets(): Promise<readonly TicketSnapshot[]> {
    const snapshots: TicketSnapshot[] = [];
    let cursor: string | null = null;
    do {
      const page = await this.ports.backend.findOurs(cursor);
      for (const ticket of page.tickets) snapshots.push(ticket);
      cursor = page.next;
    } while (cursor !== null);
    return snapshots;
  }

  /** All that are known at once: a group whose references are rewritten in part would take the rest for copies. */
  private async findAgain(
    found: readonly FoundInTree[],
    repositories: Repositories,
    moment: Moment,
  ): Promise<void> {
    const groups = await repositories.groups.forTickets(found.map(({ key }) => key));
    const keys = new Set(groups.flatMap((group) => group.tickets.map(({ key }) => key)));
    const known = found.filter(({ key }) => keys.has(key));
    if (known.length === 0) return;
    const adoption = await Adoption.load(repositories, known, this.adoptionSettings, moment);
    adoption.findAgain(known);
    await adoption.save(repositories);
  }

  private get adoptionSettings(): AdoptionSettings {
    return { instance: this.ports.backend.instance, route: this.settings.route };
  }

  private inTransaction<T>(work: (repositories: Repositories, moment: Moment) => Promise<T>): Promise<T> {
    const { store, clock, ids } = this.ports;
    return store.transaction((repositories) =>
      work(repositories, { now: clock.now(), newId: () => ids.next() }),
    );
  }
}
