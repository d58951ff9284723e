import type { GroupDetails } from '../../../src/application/ports/ticket-group-queries.js';
import { countsAsFiring } from '../../../src/domain/ticket-group/episode.js';
import { isOurs, standing, type Ticket } from '../../../src/domain/ticket-group/ticket.js';
import type { HistoryRunner } from './history-runner.js';
import { forgottenElsewhere } from './moving.js';
import type { World } from './world.js';

/** Everything that is wrong with a world at rest, from the backend's side and the store's; empty: nothing. */
export async function violations(runner: HistoryRunner): Promise<readonly string[]> {
  const { world } = runner;
  const { groups: all } = await world.store.list(null, 1, 10_000);
  // Nothing is delivered for those that are kept under another address.
  const groups = all.filter(({ head }) => head.instance === world.backend.instance);
  return [
    ...duplicates(runner),
    ...twoForOneAlert(groups, runner),
    ...openChildrenUnderClosedRoots(world),
    ...notesTwice(world),
    ...groups.flatMap((group) => [
      ...rootsOpenWhileFiring(group, runner),
      ...closedWithoutCause(group, runner),
    ]),
    ...groups.flatMap((group) => [...lostEpisodes(group, runner), ...wrongCounts(group)]),
    ...groups.flatMap((group) => [...openForNothing(group, runner), ...asleep(group), ...unsentNotes(group)]),
    ...undonePeople(runner),
    ...runner.surprises,
    ...(await forgottenElsewhere(world)),
  ];
}

/** Invariant 2. What people copied or touched is theirs, and closed ones are nobody's business any more. */
function duplicates({ world: { backend }, touched }: HistoryRunner): string[] {
  const ours = backend.tickets().filter(({ id, status }) => !touched.has(id) && status !== 'closed');
  const keys = ours.flatMap((ticket) => ticket.keyLine?.key ?? []);
  return keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `two tickets carry ${key}`);
}

/** An alert has one open ticket. A root may outlive its own alert, which then may have come back as another ticket. */
function twoForOneAlert(groups: readonly GroupDetails[], { world, touched }: HistoryRunner): string[] {
  const roots = new Set(groups.map(({ head }) => head.rootKey));
  const open = world.backend.tickets().filter(({ id, status }) => status !== 'closed' && !touched.has(id));
  const alerts = open.flatMap(({ keyLine }) =>
    keyLine === null || roots.has(keyLine.key) ? [] : keyLine.alertId,
  );
  return alerts.filter((id, index) => alerts.indexOf(id) !== index).map((id) => `${id} has two open tickets`);
}

/** Invariant 4, first half. */
function openChildrenUnderClosedRoots({ backend }: World): string[] {
  const closed = new Set(
    backend.tickets().flatMap((ticket) => (ticket.status === 'closed' ? ticket.id : [])),
  );
  return backend
    .tickets()
    .filter((ticket) => ticket.status !== 'closed' && ticket.parentId !== null && closed.has(ticket.parentId))
    .map((ticket) => `#${ticket.id} is open under a closed root`);
}

/** Invariant 8. */
function notesTwice({ backend }: World): string[] {
  const lines = backend
    .tickets()
    .flatMap((ticket) => ticket.notes.flatMap((note) => note.match(/alertree note \w+/g) ?? []));
  return lines.filter((line, index) => lines.indexOf(line) !== index).map((line) => `${line} appears twice`);
}

/** Invariant 4, second half: an unsettled member that fires keeps its root open, and its own ticket. */
function rootsOpenWhileFiring(group: GroupDetails, { world, touched }: HistoryRunner): string[] {
  const statusOf = (ticket: Ticket | undefined) =>
    world.backend.tickets().find(({ id }) => id === ticket?.reference && !touched.has(id))?.status;
  const root = group.tickets.find((ticket) => ticket.key === group.head.rootKey);
  const wrong: string[] = [];
  if (group.head.firing > 0 && statusOf(root) === 'closed')
    wrong.push(`root #${root?.reference} closed while firing`);
  for (const episode of group.episodes.filter(countsAsFiring)) {
    const ticket = group.tickets.find((candidate) => candidate.key === episode.ticketKey);
    if (statusOf(ticket) === 'closed') wrong.push(`#${ticket?.reference} is closed while its alert fires`);
  }
  return wrong;
}

/** Invariant 3: what is closed and was not closed by a person is over, or its group was ended by a person. */
function closedWithoutCause(group: GroupDetails, { world, touched }: HistoryRunner): string[] {
  return group.tickets.flatMap((ticket) => {
    const found = world.backend.tickets().find((candidate) => candidate.id === ticket.reference);
    if (found?.status !== 'closed' || touched.has(found.id) || ticket.key === group.head.rootKey) return [];
    const episode = group.episodes.find((candidate) => candidate.id === ticket.episodeId);
    // One that came when nobody wanted it any more has no episode.
    const isNobodys = ticket.episodeId === null;
    const cause =
      isNobodys || episode?.state === 'ended' || group.head.endedBy === 'person' || ticket.personal;
    return cause ? [] : [`#${found.id} was closed without a cause`];
  });
}

/** Invariant 1: what fires unsettled has a ticket or is folded, and what is over and fit to close is closed. */
function lostEpisodes(group: GroupDetails, { world, touched }: HistoryRunner): string[] {
  const { backend } = world;
  const wrong: string[] = [];
  for (const episode of group.episodes) {
    const ticket = group.tickets.find((candidate) => candidate.key === episode.ticketKey);
    const found = backend.tickets().find((candidate) => candidate.id === ticket?.reference);
    if (touched.has(ticket?.reference ?? '')) continue;
    if (countsAsFiring(episode) && !episode.folded && found === undefined)
      wrong.push(`${episode.id} has no ticket`);
    const ours = ticket !== undefined && !ticket.personal && ticket.key !== group.head.rootKey;
    if (
      episode.state === 'ended' &&
      ours &&
      found !== undefined &&
      found.status !== 'closed' &&
      found.keyLine !== null
    ) {
      wrong.push(`#${found.id} is open though its alert is over`);
    }
  }
  if (group.head.accountNo > group.head.accountedNo && group.head.firing === 0 && hasOurRoot(group)) {
    wrong.push(`group ${group.head.id} has not accounted for all that ended`);
  }
  return wrong;
}

function hasOurRoot(group: GroupDetails): boolean {
  const root = group.tickets.find((ticket) => ticket.key === group.head.rootKey);
  return root !== undefined && standing(root) !== 'gone';
}

/** A root does not stay open when all is over, and a folded alert that fires has a root that counts it. */
function openForNothing({ head, tickets }: GroupDetails, { world, touched }: HistoryRunner): string[] {
  const root = tickets.find((ticket) => ticket.key === head.rootKey);
  const found = world.backend.tickets().find((ticket) => ticket.id === root?.reference);
  const wrong: string[] = [];
  if (head.firing > 0 && root === undefined) wrong.push(`group ${head.id} fires and has no root`);
  const family = world.backend
    .tickets()
    .filter(({ id, parentId }) => id === found?.id || parentId === found?.id);
  const byPeople = family.some(({ id, keyLine }) => touched.has(id) || keyLine === null);
  const over = head.firing === 0 && found !== undefined && found.status !== 'closed';
  if (over && !byPeople && root?.refused === null) wrong.push(`root #${found.id} is open and nothing fires`);
  return wrong;
}

/** Whatever wants work has a time at which it is done. */
function asleep({ head, tickets }: GroupDetails): string[] {
  const wants = tickets.filter((ticket) => ticket.workAt !== null);
  return head.dueAt === null && wants.length > 0 ? [`group ${head.id} has work and no due time`] : [];
}

/** A note that is wanted on a ticket of ours arrives. */
function unsentNotes({ tickets, notes }: GroupDetails): string[] {
  return notes.flatMap(({ id, state, ticketKey, fact }) => {
    const ticket = tickets.find((candidate) => candidate.key === ticketKey);
    const expected = state === 'wanted' && ticket !== undefined && isOurs(ticket) && ticket.refused === null;
    // The closing waits with the root for what keeps it open.
    const waits = fact.kind === 'group-over' && ticket !== undefined && standing(ticket) === 'open';
    return expected && !waits ? [`the note ${fact.kind} ${id} never arrived`] : [];
  });
}

/** The head's counts are what reading all members would give. */
function wrongCounts(group: GroupDetails): string[] {
  const { head, episodes, tickets } = group;
  const firing = episodes.filter(countsAsFiring).length;
  const open = tickets.filter((ticket) => ticket.key !== head.rootKey && standing(ticket) === 'open').length;
  const wrong: string[] = [];
  if (firing !== head.firing) wrong.push(`group ${head.id} counts ${head.firing} firing of ${firing}`);
  if (open !== head.openChildren)
    wrong.push(`group ${head.id} counts ${head.openChildren} open children of ${open}`);
  return wrong;
}

/** Invariant 9. */
function undonePeople({ world, wishes, writesAtTakeOver }: HistoryRunner): string[] {
  const wrong: string[] = [];
  for (const [id, wish] of wishes) {
    const ticket = world.backend.tickets().find((candidate) => candidate.id === id);
    if (ticket === undefined) continue;
    if (wish === 'closed' && ticket.status !== 'closed')
      wrong.push(`#${id} was closed by a person and is open`);
    if (wish === 'open' && ticket.status === 'closed')
      wrong.push(`#${id} was opened by a person and is closed`);
    const writes = world.backend.writes.filter((write) => write.id === id).length;
    if (wish === 'untouched' && writes > (writesAtTakeOver.get(id) ?? 0))
      wrong.push(`#${id} was taken over and written to`);
  }
  return wrong;
}
