import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { aDraft, keyOf, seen, type CurrentHarness } from './harness.js';
import { allOurs, beginning, changes, idsOf } from './paging.js';

/** More than two pages of any backend that we know. */
const TICKETS = 250;
/** Of so many tickets one after the other the first is a root, the second its child; the others stand alone. */
const FEW = 5;
const MANY = 50;

export interface ManyTickets {
  /** In the order in which they were opened: the ticket of the draft number 1 first. */
  readonly ids: readonly string[];
  /** From before they were opened. */
  readonly cursor: string;
}

/** Opens them, families among them; between them are closed ones, which count as changed, and those of people. */
export async function openMany(current: CurrentHarness): Promise<ManyTickets> {
  const { backend } = current();
  const cursor = await beginning(backend);
  await current().letTimePass();
  const ids: string[] = [];
  for (let number = 1; number <= TICKETS; number += 1) {
    const parentId = number % FEW === 2 ? (ids.at(-1) ?? null) : null;
    ids.push((await backend.open(aDraft(number, { parentId }))).id);
    if (number % MANY !== 0) continue;
    await openClosed(backend, 1000 + number);
    await current().personOpens({ description: 'By hand.', parentId: null });
  }
  return { ids, cursor };
}

async function openClosed(backend: TicketBackend, number: number): Promise<void> {
  const { id } = await backend.open(aDraft(number));
  await backend.update(id, { status: 'closed' });
}

/** These tests share their tickets, for a real server is slow to make them; the last test may change them. */
export function describeMany(current: CurrentHarness, many: () => ManyTickets): void {
  test('fetchMany answers each of 250 ids', async () => {
    const { ids } = many();

    const tickets = await current().backend.fetchMany(ids);

    expect([...tickets.keys()].toSorted()).toEqual(ids.toSorted());
    for (const [index, id] of ids.entries()) {
      expect(tickets.get(id)).toMatchObject({ id, keyLine: { key: keyOf(index + 1) } });
    }
  });

  test('changedSince loses none of more than 250 changes, families included', async () => {
    const { ids, cursor } = many();

    const { tickets } = await changes(current().backend, cursor);

    const open = tickets.filter(({ status }) => status === 'open');
    expect(idsOf(open)).toEqual(ids.toSorted());
    expect(tickets.length - open.length).toBe(TICKETS / MANY);
  });

  test('findOurs pages through 250 open tickets, without closed ones and those of people', async () => {
    const { ids } = many();
    const { backend } = current();

    const found = await allOurs(backend);

    expect(idsOf(found)).toEqual(ids.toSorted());
    const [first = ''] = ids;
    expect(found.find((ticket) => ticket.id === first)).toEqual(await seen(backend, first));
  });

  test('findOurs loses none while tickets of earlier pages close', async () => {
    const { ids } = many();
    const { backend } = current();
    const closed: string[] = [];

    const found = await allOurs(backend, {
      between: async (page) => {
        const closing = page.filter(({ id }) => ids.indexOf(id) % FEW === FEW - 1);
        for (const { id } of closing) await backend.update(id, { status: 'closed' });
        closed.push(...idsOf(closing));
      },
    });

    expect(idsOf(found)).toEqual(ids.toSorted());
    const left = ids.filter((id) => !closed.includes(id));
    expect(idsOf(await allOurs(backend))).toEqual(left.toSorted());
  });
}
