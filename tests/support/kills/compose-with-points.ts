import { join } from 'node:path';
import type { Container } from 'inversify';
import type { LogEvent } from 'kysely';
import { compose } from '../../../src/composition-root.js';
import { TOKENS } from '../../../src/composition-root.tokens.js';
import type { Config } from '../../../src/infrastructure/config/config.js';
import { openSqliteDatabase } from '../../../src/infrastructure/persistence/sqlite-database.js';
import { backendWithPoints } from './backend-with-points.js';
import { afterMigration, BEFORE_THE_200, START_POINTS, STOP_POINTS } from './point-names.js';
import type { Points } from './points.js';
import { storeFails, storeWithPoints } from './store-with-points.js';

/** The application as it is composed, its ports and steps surrounded by points. */
export async function composeWithPoints(config: Config, points: Points): Promise<Container> {
  await points.pass(START_POINTS.beforeTheStore);
  await migrate(config, points);
  const container = await compose(config);
  await points.pass(START_POINTS.storeIsOpen);
  container.onActivation(TOKENS.store, (_, store) => storeWithPoints(store, points));
  container.onActivation(TOKENS.backend, (_, backend) => backendWithPoints(backend, points));
  container.onActivation(TOKENS.acceptNotification, (_, useCase) => {
    return around(useCase, 'execute', { after: () => points.pass(BEFORE_THE_200, storeFails) });
  });
  container.onActivation(TOKENS.httpServer, (_, server) => {
    around(server, 'start', {
      before: () => points.pass(START_POINTS.beforeThePort),
      after: () => points.pass(START_POINTS.portIsOpen),
    });
    return around(server, 'stop', {
      before: () => points.pass(STOP_POINTS.beforeThePort),
      after: () => points.pass(STOP_POINTS.portIsClosed),
    });
  });
  around(container.get(TOKENS.database), 'destroy', {
    before: () => points.pass(STOP_POINTS.workersRest),
    after: () => points.pass(STOP_POINTS.storeIsClosed),
  });
  return container;
}

/** Brings the tables up to date as the application does at once afterwards, past a point after each migration. */
async function migrate(config: Config, points: Points): Promise<void> {
  const log = async ({ query: { sql, parameters } }: LogEvent): Promise<void> => {
    if (!sql.startsWith('insert into "kysely_migration"')) return;
    const name = parameters.find((value) => /^\d{4}-/.test(String(value)));
    await points.pass(afterMigration(String(name)));
  };
  const database = await openSqliteDatabase(join(config.dataDir, 'alertree.db'), log);
  await database.destroy();
}

type Methods<Name extends string> = Record<Name, (...given: never[]) => Promise<unknown>>;

/** Does something before and after a method of this very object; after it only where it did not fail. */
function around<Name extends string, Part extends Methods<Name>>(
  part: Part,
  name: Name,
  steps: { readonly before?: () => Promise<void>; readonly after: () => Promise<void> },
): Part {
  const method: (...given: never[]) => Promise<unknown> = part[name].bind(part);
  const passing = async (...given: never[]): Promise<unknown> => {
    await steps.before?.();
    const result = await method(...given);
    await steps.after();
    return result;
  };
  return Object.assign(part, { [name]: passing });
}
