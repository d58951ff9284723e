import type {
  EpisodeStanding,
  GroupDetails,
  GroupPage,
  GroupSearch,
  GroupStateFilter,
  TicketGroupQueries,
} from '../../application/ports/ticket-group-queries.js';
import type { Database } from './database-schema.js';
import { episodeStandings } from './episode-standings.js';
import { groupDetails } from './group-details.js';
import { inState } from './group-state.js';
import { hasMemberWith } from './member-search.js';
import { toGroupHead } from './rows/group-head-row.js';
import { readSnapshot } from './run-transaction.js';

const MEMBERS_IN_LIST = 60;

/** Each answer shows the store as it stood at one moment. Throws `StoreUnavailableError` when the store fails. */
export class SqlTicketGroupQueries implements TicketGroupQueries {
  constructor(private readonly database: Database) {}

  list(
    filter: GroupStateFilter | null,
    page: number,
    perPage: number,
    search: GroupSearch = [],
  ): Promise<GroupPage> {
    return readSnapshot(this.database, async (snapshot) => {
      const groups = snapshot.selectFrom('ticket_groups').where(inState(filter)).where(hasMemberWith(search));
      const { total } = await groups
        .select((group) => group.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await groups
        .selectAll()
        .orderBy('no', 'desc')
        .limit(perPage)
        .offset((page - 1) * perPage)
        .execute();
      return { total, groups: await groupDetails(snapshot, rows.map(toGroupHead), MEMBERS_IN_LIST) };
    });
  }

  find(groupId: string, memberLimit: number): Promise<GroupDetails | null> {
    return readSnapshot(this.database, async (snapshot) => {
      const row = await snapshot
        .selectFrom('ticket_groups')
        .selectAll()
        .where('id', '=', groupId)
        .executeTakeFirst();
      if (row === undefined) return null;
      const [details] = await groupDetails(snapshot, [toGroupHead(row)], memberLimit);
      return details ?? null;
    });
  }

  ticketsOf(episodeIds: readonly string[]): Promise<ReadonlyMap<string, EpisodeStanding>> {
    return readSnapshot(this.database, (snapshot) => episodeStandings(snapshot, episodeIds));
  }
}
