import type { FoundTicket } from '../../domain/ticket-group/adopting.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import type { DeliveryPorts } from '../ports/delivery-ports.js';
import type { Repositories, TicketGroupRepository } from '../ports/store.js';
import { Adoption, type AdoptionSettings } from './adoption.js';
import { bringAlong } from './bring-along.js';
import { foundTickets, treesOf, type FoundInTree, type ReadSnapshot } from './found-trees.js';

/** Even a backend that may be asked once in two seconds reads twice as many before a call of it gives up. */
const IDS_AT_ONCE = 500;

/** So many ids of groups are read in one transaction. */
const GROUPS_AT_ONCE = 100;

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
    const { instance } = this.ports.backend;
    return this.ports.store.transaction(async ({ adoptions, groups }) => {
      // A group that was opened while another backend was in use, for a while only, has to be brought along.
      return (await adoptions.isDone(instance)) && (await groups.elsewhere(instance, '', 1)).length === 0;
    });
  }

  /** Throws `TicketBackendError` where the backend fails; what was taken in by then stays. */
  async execute(): Promise<void> {
    const { store, backend, clock, logger, giveWay } = this.ports;
    const found = foundTickets(await this.openTickets());
    // From the first reference that is rewritten on, nothing is known of the backend that was adopted last.
    await store.transaction(({ adoptions }) => adoptions.forget());
    await this.findAgain(found);
    await this.bringAlong();
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
    await store.transaction(async ({ adoptions, groups }) => {
      await adoptions.done(backend.instance, clock.now());
      await groups.resume(backend.instance);
    });
    const counts = { found: found.length, adopted };
    logger.info('open tickets of the backend are known', { backend: backend.instance, ...counts });
  }

  /** Tickets may close meanwhile; that shows at the next look at them. */
  private async openTickets(): Promise<readonly ReadSnapshot[]> {
    const { backend, clock } = this.ports;
    const snapshots: ReadSnapshot[] = [];
    let cursor: string | null = null;
    do {
      const readAt = clock.now();
      const page = await backend.findOurs(cursor, 'home');
      for (const ticket of page.tickets) snapshots.push({ ...ticket, readAt });
      cursor = page.next;
    } while (cursor !== null);
    return snapshots;
  }

  /** All that are known at once: a group whose references are rewritten in part would take the rest for copies. */
  private async findAgain(found: readonly FoundInTree[]): Promise<void> {
    const references = await this.inTransaction(({ groups }) => referencesOf(groups, found));
    const known = found.filter(({ key }) => references.has(key));
    if (known.length === 0) return;
    const again = await this.underKnownIds(known, references);
    await this.inTransaction(async (repositories, moment) => {
      const adoption = await Adoption.load(repositories, again, this.adoptionSettings, moment);
      adoption.findAgain(again);
      await adoption.save(repositories);
    });
  }

  /** Groups none of whose tickets was found; so many transactions that no other waits for long. */
  private async bringAlong(): Promise<void> {
    const { backend, store, giveWay } = this.ports;
    let after: string | null = '';
    while (after !== null) {
      const from: string = after;
      const ids = await store.transaction(({ groups }) =>
        groups.elsewhere(backend.instance, from, GROUPS_AT_ONCE),
      );
      for (const id of ids) {
        do await giveWay();
        while (
          await this.inTransaction(({ groups }, moment) =>
            bringAlong(groups, id, this.adoptionSettings, moment),
          )
        );
      }
      after = ids.at(-1) ?? null;
    }
  }

  /** What stands under the id that the store knows is the ticket; another that carries its key is a copy. */
  private async underKnownIds(
    found: readonly FoundTicket[],
    references: ReadonlyMap<string, string | null>,
  ): Promise<readonly FoundTicket[]> {
    const known = ({ key }: FoundTicket): string => references.get(key) ?? '';
    const elsewhere = found.filter((ticket) => known(ticket) !== '' && known(ticket) !== ticket.reference);
    if (elsewhere.length === 0) return found;
    const there = await this.ticketsUnder(elsewhere.map(known));
    return found.map((ticket) => {
      const snapshot = there.get(known(ticket));
      if (snapshot === undefined || snapshot.keyLine?.key !== ticket.key) return ticket;
      const { id, status, changedAt, readAt } = snapshot;
      return { ...ticket, reference: id, observation: { status, changedAt, key: ticket.key, readAt } };
    });
  }

  /** In parts, for one call gives up before it has read thousands. */
  private async ticketsUnder(ids: readonly string[]): Promise<ReadonlyMap<string, ReadSnapshot>> {
    const { backend, clock } = this.ports;
    const found = new Map<string, ReadSnapshot>();
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
      const readAt = clock.now();
      const part = await backend.fetchMany(ids.slice(start, start + IDS_AT_ONCE));
      for (const [id, ticket] of part) if (ticket !== 'missing') found.set(id, { ...ticket, readAt });
    }
    return found;
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

/** The ids of those tickets that the store knows, by their keys; null for one without. */
async function referencesOf(
  groups: TicketGroupRepository,
  found: readonly FoundTicket[],
): Promise<ReadonlyMap<string, string | null>> {
  const known = await groups.forTickets(found.map(({ key }) => key));
  return new Map(
    known.flatMap((group) => group.tickets.map(({ key, reference }) => [key, reference] as const)),
  );
}
