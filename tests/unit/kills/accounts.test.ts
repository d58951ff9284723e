import { judgedOf, untold, wrongAccounts } from '../../support/kills/accounts.js';
import type { HeldTicket, Told } from '../../support/kills/checker.js';
import type { Account } from '../../support/kills/held-note.js';

function over(...names: readonly string[]): ReadonlyMap<string, Told> {
  const fact = {
    state: 'resolved',
    hasFired: true,
    group: 'Down',
    endsAt: '2026-06-16T03:00:00.5Z',
  } as const;
  return new Map(names.map((name) => [name, { ...fact, instance: `host${name}` }]));
}

/** An account that names these, and so many more. */
function account(names: readonly string[], more = 0): Account {
  const named = names.map((name) => ({ instance: `host${name}`, endedAt: '2026-06-16 03:00:00' }));
  return { count: named.length + more, named };
}

/** The closed ticket of `a`, the root of the group, with a note for each account. */
function rootWith(...accounts: readonly Account[]): HeldTicket {
  return {
    id: '1',
    parentId: null,
    isOpen: false,
    key: 'key of a',
    occurrence: 'a',
    group: 'Down',
    isFolded: false,
    notes: accounts.map((one, index) => ({ id: `note${index}`, tellsEnd: true, account: one })),
    openedAt: 0,
    changedAt: 0,
  };
}

const many = Array.from({ length: 50 }, (_, index) => `n${index}`);

describe('what fired and is over is told of', () => {
  test('by nobody, where everything was acknowledged and nothing made', () => {
    expect(untold(over('a', 'b'), [])).toEqual(['a', 'b']);
  });

  test('by nobody, where its root tells of others only', () => {
    expect(untold(over('a', 'b', 'c'), [rootWith(account(['b']))])).toEqual(['c']);
  });

  test('by nobody, where only the root of another group tells of as many', () => {
    const other = { ...rootWith(account(['b'])), group: 'Full' };

    expect(untold(over('a', 'b'), [rootWith(), other])).toEqual(['b']);
  });

  test('by nobody, where its account stands on a child', () => {
    const child = { ...rootWith(account(['b'])), id: '2', parentId: '1' };

    expect(untold(over('a', 'b'), [rootWith(), child])).toEqual(['b']);
  });

  test('by the accounts of several notes', () => {
    expect(untold(over('a', 'b', 'c'), [rootWith(account(['b']), account(['c']))])).toEqual([]);
  });

  test('by the number alone, where the list is cut', () => {
    const all = over('a', 'b', 'c', ...many);

    expect(untold(all, [rootWith(account(many, 2))])).toEqual([]);
    expect(untold(all, [rootWith(account(many, 1))])).toEqual(['b', 'c']);
  });
});

describe('an account is wrong', () => {
  test('that names what is not over', () => {
    expect(wrongAccounts(over('a'), [rootWith(account(['b']))])).toEqual([
      'hostb, ended 2026-06-16 03:00:00 is told of too often',
    ]);
  });

  test('that tells of the same as another one', () => {
    expect(wrongAccounts(over('a', 'b'), [rootWith(account(['b']), account(['b']))])).toEqual([
      'hostb, ended 2026-06-16 03:00:00 is told of too often',
    ]);
  });

  test('whose list is cut too early', () => {
    expect(wrongAccounts(over('a', 'b', 'c', 'd'), [rootWith(account(['b'], 1))])).toEqual([
      'an account of 2 names 1',
    ]);
  });

  test('that counts more than there were', () => {
    expect(wrongAccounts(over('a', 'b', ...many), [rootWith(account(many, 3))])).toEqual([
      '3 more where 2 are',
    ]);
  });

  test('in no other case', () => {
    const tickets = [rootWith(account(['b']), account(many, 2))];

    expect(wrongAccounts(over('a', 'b', 'c', 'd', ...many), tickets)).toEqual([]);
  });
});

describe('the judged', () => {
  test('are those with a ticket of their own and those of an account', () => {
    const tickets = [rootWith(account(['b', 'c']))];

    expect(judgedOf(over('a', 'b', 'c'), tickets)).toEqual({ occurrences: 3, ticketed: 1, accounted: 2 });
  });

  test('are not those that nobody tells of, nor those that may still be told of', () => {
    const tickets = [rootWith(account(['b']))];
    const fires = [...over('d')].map(([name, fact]) => [name, { ...fact, state: 'firing' }] as const);

    expect(judgedOf(over('a', 'b', 'c'), tickets).occurrences).toBe(2);
    expect(judgedOf(new Map([...over('a', 'b'), ...fires]), tickets).occurrences).toBe(1);
  });
});
