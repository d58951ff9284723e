import { notificationsFirst } from '../../../src/application/deliver-group/notifications-first.js';

/** Turns that are counted, and an intake that is busy for the first so many of them. */
function turnsWhileBusyFor(busyTurns: number): { turns: () => number; giveWay: () => Promise<void> } {
  let turns = 0;
  const intake = () => ({ isBusy: turns < busyTurns });
  const turn = async (): Promise<void> => {
    turns += 1;
  };
  return { turns: () => turns, giveWay: notificationsFirst(intake, turn) };
}

describe('delivery', () => {
  it.each([
    ['gives way for a turn when nothing is being taken in', 0, 1],
    ['waits until notifications are taken in', 7, 7],
    ['goes on all the same when they come without end', 1000, 25],
  ])('%s', async (_, busyTurns, expected) => {
    const { turns, giveWay } = turnsWhileBusyFor(busyTurns);

    await giveWay();

    expect(turns()).toBe(expected);
  });
});
