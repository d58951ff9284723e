import type { TicketGroupRepository, UnverifiedTicket } from '../../application/ports/store.js';
import type { GroupKey } from '../../domain/route/group-key.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupChanges } from '../../domain/ticket-group/group-slice.js';
import { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import { inChunks } from './chunks.js';
import type { Database } from './database-schema.js';
import * as finding from './group-finding.js';
import * as looking from './group-lookups.js';
import { completeSlices, lockHeads, type FoundRows } from './group-slices.js';
import { episodesById, ticketsByKey } from './members.js';
import { groupKeyRow } from './rows/group-key-row.js';
import { makeDueAfterStepBack, resumeGroups } from './resuming.js';
import { saveChanges } from './saving-changes.js';
import { inOrderOf } from './write-rows.js';

export class SqlTicketGroupRepository implements TicketGroupRepository {
  /** What is saved is added to `saved`, too. */
  constructor(
    private readonly database: Database,
    private readonly saved: GroupChanges[],
  ) {}

  async forIntake(
    alertIds: readonly string[],
    groupKeys: readonly string[],
  ): Promise<readonly TicketGroup[]> {
    const ids = [
      ...(await finding.groupsOfOpenEpisodes(this.database, alertIds)),
      ...(await finding.acceptingGroups(this.database, groupKeys)),
    ];
    return this.load(ids, async () => ({
      episodes: await finding.openEpisodes(this.database, alertIds),
      tickets: [],
    }));
  }

  async forDelivery(groupId: string, now: number): Promise<TicketGroup | null> {
    const groups = await this.load([groupId], async () => ({
      episodes: await finding.episodesWhoseHoldIsOver(this.database, groupId, now),
      tickets: await finding.ticketsThatWantWork(this.database, groupId, now),
    }));
    return groups[0] ?? null;
  }

  async forConclusion(groupId: string): Promise<TicketGroup | null> {
    const groups = await this.load([groupId], async () => ({
      episodes: await finding.firingWithoutTicket(this.database, groupId),
      tickets: await finding.ticketsToConclude(this.database, groupId),
    }));
    return groups[0] ?? null;
  }

  async forAdoption(
    ticketKeys: readonly string[],
    alertIds: readonly string[],
  ): Promise<readonly TicketGroup[]> {
    const ids = [
      ...(await finding.groupsOfTickets(this.database, ticketKeys)),
      ...(await finding.groupsOfOpenEpisodes(this.database, alertIds)),
    ];
    return this.load(ids, async () => ({
      episodes: await finding.openEpisodes(this.database, alertIds),
      tickets: await ticketsByKey(this.database, ticketKeys),
    }));
  }

  async forTickets(ticketKeys: readonly string[]): Promise<readonly TicketGroup[]> {
    const ids = await finding.groupsOfTickets(this.database, ticketKeys);
    return this.load(ids, async () => ({
      episodes: [],
      tickets: await ticketsByKey(this.database, ticketKeys),
    }));
  }

  elsewhere(instance: string, after: string, limit: number): Promise<readonly string[]> {
    return finding.groupsElsewhere(this.database, { instance, after, limit });
  }

  nextDueAfter(groupId: string, now: number): Promise<number | null> {
    return looking.nextDueAfter(this.database, groupId, now);
  }

  async setDue(groupId: string, dueAt: number | null): Promise<void> {
    await this.database
      .updateTable('ticket_groups')
      .set({ due_at: dueAt })
      .where('id', '=', groupId)
      .execute();
  }

  async resume(instance: string): Promise<void> {
    await resumeGroups(this.database, instance);
  }

  async clockSteppedBack(instance: string, now: number): Promise<void> {
    await makeDueAfterStepBack(this.database, instance, now);
  }

  async save(groups: readonly Pick<TicketGroup, 'changes'>[]): Promise<void> {
    const changes = groups.map((group) => group.changes());
    await saveChanges(this.database, changes);
    this.saved.push(...changes);
  }

  async saveKeys(keys: ReadonlyMap<string, GroupKey>): Promise<void> {
    const rows = inOrderOf([...keys], ([id]) => id).map(([id, key]) => groupKeyRow(id, key));
    for await (const chunk of inChunks(rows)) {
      await this.database
        .insertInto('group_keys')
        .values(chunk)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    }
  }

  keyOf(groupKey: string): Promise<GroupKey | null> {
    return looking.keyOf(this.database, groupKey);
  }

  latestOf(groupKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return looking.latestOf(this.database, groupKeys);
  }

  rootReferenceOf(groupId: string, instance: string): Promise<string | null> {
    return looking.rootReferenceOf(this.database, groupId, instance);
  }

  async episode(id: string): Promise<Episode | null> {
    const [episode] = await episodesById(this.database, [id]);
    return episode ?? null;
  }

  unaccounted(groupId: string, after: number, limit: number): Promise<readonly Episode[]> {
    return looking.unaccounted(this.database, { groupId, after, limit });
  }

  firingFolded(groupId: string, limit: number): Promise<readonly Episode[]> {
    return looking.firingFolded(this.database, groupId, limit);
  }

  unverified(instance: string, limit: number, now: number): Promise<readonly UnverifiedTicket[]> {
    return looking.unverified(this.database, { instance, limit, now });
  }

  /** The heads are locked before any of their rows is read: what is read under the lock is what will be changed. */
  private async load(
    groupIds: readonly string[],
    find: () => Promise<FoundRows>,
  ): Promise<readonly TicketGroup[]> {
    const heads = await lockHeads(this.database, groupIds);
    if (heads.length === 0) return [];
    const slices = await completeSlices(this.database, heads, await find());
    return slices.map((rows) => TicketGroup.from(rows));
  }
}
