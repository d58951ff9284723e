import type { HeldTicket, Told } from './checker.js';
import { secondOf, type Account, type NamedAlert } from './held-note.js';

/** An account names so many at most. */
const MOST_NAMED = 50;

/** How many occurrences were acknowledged as firing and judged, and what tells of each. */
export interface Judged {
  readonly occurrences: number;
  /** With a ticket of their own. */
  readonly ticketed: number;
  /** Over, and told of by an account on a root of their group. */
  readonly accounted: number;
}

type Named = readonly [name: string, told: Told];

/** What the tickets tell of those alerts of a group that fired and are over. */
interface Telling {
  readonly over: readonly Named[];
  /** Neither a ticket nor a line of an account is about them. */
  readonly unnamed: readonly Named[];
  readonly accounts: readonly Account[];
  /** The group still fires: what is over may still have to be told. */
  readonly goesOn: boolean;
}

/** Fired and over, and neither a ticket nor an account tells of it. While others of the group fire, an account may come. */
export function untold(told: ReadonlyMap<string, Told>, tickets: readonly HeldTicket[]): readonly string[] {
  return tellings(told, tickets)
    .filter((telling) => !telling.goesOn && telling.unnamed.length > countedOnly(telling))
    .flatMap(({ unnamed }) => unnamed.map(([name]) => name));
}

/** Accounts of what was not, of the same thing twice, or whose number is not that of what they are about. */
export function wrongAccounts(
  told: ReadonlyMap<string, Told>,
  tickets: readonly HeldTicket[],
): readonly string[] {
  return tellings(told, tickets).flatMap((telling) => {
    const { over, accounts } = telling;
    const left = over.map(([, one]) => lineOf(one));
    const strays = linesOf(accounts).filter((line) => {
      const index = left.indexOf(line);
      if (index >= 0) left.splice(index, 1);
      return index < 0;
    });
    const miscounts = accounts.filter(({ count, named }) => named.length !== Math.min(count, MOST_NAMED));
    return [
      ...strays.map((line) => `${line} is told of too often`),
      ...miscounts.map(({ count, named }) => `an account of ${count} names ${named.length}`),
      ...(countedOnly(telling) > left.length
        ? [`${countedOnly(telling)} more where ${left.length} are`]
        : []),
    ];
  });
}

/** All that was judged: what fires, and what is over where its whole group is. */
export function judgedOf(told: ReadonlyMap<string, Told>, tickets: readonly HeldTicket[]): Judged {
  const own = occurrencesOf(tickets);
  const ticketed = [...told].filter(
    ([name, { hasFired, state }]) => hasFired && state !== 'unknown' && own.has(name),
  ).length;
  const ended = tellings(told, tickets).filter(({ goesOn }) => !goesOn);
  const accounted = sum(
    ended.map((telling) => {
      const without = telling.over.filter(([name]) => !own.has(name)).length;
      return without - Math.max(0, telling.unnamed.length - countedOnly(telling));
    }),
  );
  return { occurrences: ticketed + accounted, ticketed, accounted };
}

function tellings(told: ReadonlyMap<string, Told>, tickets: readonly HeldTicket[]): readonly Telling[] {
  const own = occurrencesOf(tickets);
  const groups = Map.groupBy(told, ([, { group }]) => group);
  const roots = Map.groupBy(
    tickets.filter(({ parentId }) => parentId === null),
    ({ group }) => group,
  );
  return [...groups].map(([group, members]) => {
    const accounts = (roots.get(group) ?? []).flatMap(accountsOn);
    const named = new Set(linesOf(accounts));
    const over = members.filter(([, { hasFired, state }]) => hasFired && state === 'resolved');
    return {
      over,
      unnamed: over.filter(([name, one]) => !own.has(name) && !named.has(lineOf(one))),
      accounts,
      goesOn: members.some(([, { state }]) => state !== 'resolved'),
    };
  });
}

/** Each note once: that it stands there twice is another matter. */
function accountsOn({ notes }: HeldTicket): readonly Account[] {
  const once = new Map(notes.map(({ id, account }) => [id, account]));
  return [...once.values()].filter((account) => account !== null);
}

function occurrencesOf(tickets: readonly HeldTicket[]): ReadonlySet<string> {
  return new Set(tickets.flatMap(({ occurrence }) => occurrence ?? []));
}

/** How many the accounts tell of without naming them. */
function countedOnly({ accounts }: Telling): number {
  return sum(accounts.map(({ count, named }) => count - named.length));
}

function linesOf(accounts: readonly Account[]): readonly string[] {
  return accounts.flatMap(({ named }) => named.map(inWords));
}

function lineOf({ instance, endsAt }: Told): string {
  return inWords({ instance, endedAt: endsAt === null ? '' : secondOf(endsAt) });
}

function inWords({ instance, endedAt }: NamedAlert): string {
  return `${instance}, ended ${endedAt}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
