import type { ReceivedAlert } from '../../../src/domain/alert/alert.js';
import { countsAsFiring, type Episode } from '../../../src/domain/ticket-group/episode.js';
import { isKeyless } from '../../../src/domain/ticket-group/group-head.js';
import { standing } from '../../../src/domain/ticket-group/ticket.js';
import type { GroupDetails } from '../../../src/application/ports/ticket-group-queries.js';
import type { World } from './world.js';

/** The instance of a backend that is used for a while only begins so. */
export const ANOTHER = 'another than ';

/** What fires where nobody knows whether its ticket was made elsewhere begins anew when Alertmanager repeats it. */
export async function repeatsOfLeftBehind(world: World): Promise<readonly ReceivedAlert[]> {
  return (await leftBehind(world)).flatMap(({ episode, isUnknown }) => (isUnknown ? repeatOf(episode) : []));
}

/** What else fires in a group that is kept elsewhere. */
export async function forgottenElsewhere(world: World): Promise<readonly string[]> {
  const left = await leftBehind(world);
  return left.flatMap(({ episode, isUnknown }) =>
    isUnknown ? [] : `${episode.id} fires and was left behind`,
  );
}

async function leftBehind(
  world: World,
): Promise<readonly { readonly episode: Episode; readonly isUnknown: boolean }[]> {
  const elsewhere = (await groupsOf(world)).filter(({ head }) => head.instance !== world.backend.instance);
  return elsewhere.flatMap(({ head, episodes, tickets }) => {
    const unknown = tickets.flatMap(({ key, intent }) => (intent?.kind === 'open' ? key : []));
    return episodes
      .filter((episode) => countsAsFiring(episode) && episode.presumedSince === null && !isKeyless(head))
      .map((episode) => ({ episode, isUnknown: unknown.includes(episode.ticketKey ?? '') }));
  });
}

/** Every alert that fires once more, as Alertmanager repeats it; but for those that are only presumed to fire. */
export async function repeats(world: World): Promise<readonly ReceivedAlert[]> {
  const episodes = (await groupsOf(world)).flatMap((group) => group.episodes);
  return episodes
    .filter(({ state, presumedSince }) => state === 'firing' && presumedSince === null)
    .map(repeatOf);
}

function repeatOf({ content, newestStartsAt }: Episode): ReceivedAlert {
  return { ...content, status: 'firing', startsAt: newestStartsAt, endsAt: null };
}

/** Open tickets of alerts that fire, in trees that no person has touched: they stay open, wherever tickets are kept. */
export async function ticketsThatStay(
  world: World,
  touched: ReadonlySet<string>,
): Promise<readonly string[]> {
  const groups = (await groupsOf(world)).filter(
    ({ head, tickets }) =>
      head.instance === world.backend.instance &&
      head.endedBy !== 'person' &&
      !tickets.some(({ reference }) => touched.has(reference ?? '')),
  );
  return groups.flatMap(({ episodes, tickets }) => {
    const firing = new Set(episodes.flatMap(({ id, state }) => (state === 'firing' ? id : [])));
    const standOpen = tickets.filter((ticket) => standing(ticket) === 'open');
    return standOpen.flatMap(({ reference, episodeId }) =>
      reference !== null && firing.has(episodeId ?? '') ? reference : [],
    );
  });
}

/** Tickets that stand open as far as the store knows, at this address of the backend or an earlier one. */
export async function knownToStandOpen(world: World): Promise<ReadonlySet<string>> {
  const groups = (await groupsOf(world)).filter(({ head }) => !head.instance.startsWith(ANOTHER));
  const tickets = groups.flatMap((group) => group.tickets);
  return new Set(tickets.flatMap((one) => (standing(one) === 'open' ? (one.reference ?? []) : [])));
}

/** Those of the tickets that do not stand open. */
export function closedOf({ backend }: World, ids: readonly string[]): readonly string[] {
  const open = new Set(backend.tickets().flatMap(({ id, status }) => (status === 'open' ? id : [])));
  return ids.filter((id) => !open.has(id));
}

async function groupsOf(world: World): Promise<readonly GroupDetails[]> {
  return (await world.store.list(null, 1, 10_000)).groups;
}
