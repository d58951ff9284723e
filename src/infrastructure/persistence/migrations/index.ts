import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { init } from './0001-init.js';
import { embeddedTracker } from './0002-embedded-tracker.js';
import { wantedSince } from './0003-wanted-since.js';
import { deadLettersByTime } from './0004-dead-letters-by-time.js';
import { search } from './0005-search.js';
import { figures } from './0006-figures.js';
import { openGroups } from './0007-open-groups.js';
import { duplicates } from './0008-duplicates.js';
import { adoption } from './0009-adoption.js';
import { retention } from './0010-retention.js';
import { leftBehind } from './0011-left-behind.js';

/** In order of name; what was released is never changed, only followed by another. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-init': init,
  '0002-embedded-tracker': embeddedTracker,
  '0003-wanted-since': wantedSince,
  '0004-dead-letters-by-time': deadLettersByTime,
  '0005-search': search,
  '0006-figures': figures,
  '0007-open-groups': openGroups,
  '0008-duplicates': duplicates,
  '0009-adoption': adoption,
  '0010-retention': retention,
  '0011-left-behind': leftBehind,
};

/**
 * Brings the tables up to date, all in one transaction: after a failure they are as before. Calling twice is harmless.
 * Returns the names of the migrations that it ran.
 */
export async function migrateToLatest<Schema>(
  db: Kysely<Schema>,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  // Kysely returns the error instead of throwing it.
  if (error !== undefined)
    throw new Error('The tables of the store could not be brought up to date.', { cause: error });
  return (results ?? []).map((result) => result.migrationName);
}
