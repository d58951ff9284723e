import { SweepTimes } from '../../../src/application/sweep-tickets/sweep-times.js';
import { MINUTE } from '../../support/builders/alerts.js';

/** A sweep after the wait for a create that went unanswered at 0; nothing had come by then. */
function afterTheWait(lateCommitMs: number): SweepTimes {
  const times = new SweepTimes(lateCommitMs);
  times.swept(-MINUTE);
  times.createIsUnknown(0);
  times.swept(lateCommitMs);
  return times;
}

describe('the next sweep', () => {
  it.each([2, 20, 60])(
    'is soon for 20 minutes after the wait for an unanswered create, be it of %d minutes',
    (minutes) => {
      const late = minutes * MINUTE;
      const times = afterTheWait(late);

      for (let now = late + 4 * MINUTE; now <= late + 20 * MINUTE; now += 4 * MINUTE) {
        expect(times.wait(now)).toBe(0);
        times.swept(now);
        expect(times.wait(now)).toBe(4 * MINUTE);
      }
    },
  );

  it('is half an hour away when nothing was unanswered for longer', () => {
    const times = afterTheWait(30 * MINUTE);
    const calm = 50 * MINUTE + 1;
    times.swept(calm);

    expect(times.wait(calm)).toBe(30 * MINUTE);
  });

  it('is put off until a create that is unanswered is waited for no longer', () => {
    const times = new SweepTimes(30 * MINUTE);
    times.swept(-MINUTE);
    times.createIsUnknown(0);

    expect(times.wait(10 * MINUTE)).toBe(20 * MINUTE);
    expect(times.wait(30 * MINUTE)).toBe(0);
  });
});
