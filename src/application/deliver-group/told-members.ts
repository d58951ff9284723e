import { countsAsFiring, type Episode } from '../../domain/ticket-group/episode.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import type { TicketGroupRepository } from '../ports/store.js';
import { LISTED } from '../ticket-text/listing.js';

/*
 * A text on the root names members that the loaded part of the group need not hold. What it holds is newer than what the
 * store has: this transaction changed it, and has not written it yet.
 */

/** Who ended without a ticket and was not told of yet, the first of them. */
export async function unaccounted(
  groups: TicketGroupRepository,
  group: TicketGroup,
): Promise<readonly Episode[]> {
  const { id, accountedNo } = group.head;
  const stored = await groups.unaccounted(id, accountedNo, LISTED);
  return asLoaded(group, stored, ({ accountNo }) => accountNo !== null && accountNo > accountedNo)
    .toSorted((one, other) => (one.accountNo ?? 0) - (other.accountNo ?? 0))
    .slice(0, LISTED);
}

/** Who fires and never gets a ticket, the first of them. */
export async function firingFolded(
  groups: TicketGroupRepository,
  group: TicketGroup,
): Promise<readonly Episode[]> {
  const stored = await groups.firingFolded(group.head.id, LISTED);
  return asLoaded(group, stored, (episode) => episode.folded && countsAsFiring(episode))
    .toSorted((one, other) => one.ordinal - other.ordinal)
    .slice(0, LISTED);
}

function asLoaded(
  group: TicketGroup,
  stored: readonly Episode[],
  isMeant: (episode: Episode) => boolean,
): readonly Episode[] {
  const loaded = new Set(group.episodes.map(({ id }) => id));
  return [...stored.filter(({ id }) => !loaded.has(id)), ...group.episodes.filter(isMeant)];
}
