import {
  StoreUnavailableError,
  type Repositories,
  type Store,
} from '../../../src/application/ports/store.js';
import { afterTheCommit, atTheBegin, beforeTheCommit, TRANSACTIONS } from './point-names.js';
import type { Points } from './points.js';

/** What a store throws that cannot be used. */
export const storeFails = (message: string): Error => new StoreUnavailableError(message);

/**
 * The store passes points at the begin of each transaction (before anything is read), before its commit and after it.
 * What a transaction asks first tells its kind. The store's own commit listener runs before the last point.
 */
export function storeWithPoints<Some extends Store>(store: Some, points: Points): Some {
  const plain = store.transaction.bind(store);
  const transaction: Store['transaction'] = async (work) => {
    const passing = new Passing(points);
    const result = await plain(async (repositories) => {
      const done = await work(watched(repositories, passing));
      await passing.end(beforeTheCommit);
      return done;
    });
    await passing.end(afterTheCommit);
    return result;
  };
  return Object.assign(store, { transaction });
}

/** One transaction on its way through its points. */
class Passing {
  private kind: string | null = null;

  constructor(private readonly points: Points) {}

  async asks(question: string): Promise<void> {
    const kind = TRANSACTIONS[question];
    if (kind === undefined && this.kind === null) tellNameless(question);
    const isFirst = this.kind === null || kind === TRANSACTIONS['groups.forConclusion'];
    if (kind === undefined || !isFirst) return;
    this.kind = kind;
    await this.points.pass(atTheBegin(kind), storeFails);
  }

  async end(pointOf: (kind: string) => string): Promise<void> {
    if (this.kind !== null) await this.points.pass(pointOf(this.kind), storeFails);
  }
}

export const NAMELESS = 'a transaction has no name';

function tellNameless(question: string): void {
  process.stderr.write(`${NAMELESS}: it begins with ${question}\n`);
}

function watched(repositories: Repositories, passing: Passing): Repositories {
  const { alerts, groups, leases, deadLetters, adoptions } = repositories;
  return {
    alerts: watchedAs('alerts', alerts, passing),
    groups: watchedAs('groups', groups, passing),
    leases: watchedAs('leases', leases, passing),
    deadLetters: watchedAs('deadLetters', deadLetters, passing),
    adoptions: watchedAs('adoptions', adoptions, passing),
  };
}

function watchedAs<Repository extends object>(
  name: string,
  repository: Repository,
  passing: Passing,
): Repository {
  return new Proxy(repository, {
    get: (target, property) => {
      const method: unknown = Reflect.get(target, property);
      if (typeof method !== 'function') return method;
      return async (...given: readonly unknown[]) => {
        await passing.asks(`${name}.${String(property)}`);
        return Reflect.apply(method, target, given) as unknown;
      };
    },
  });
}
