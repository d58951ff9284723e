import { retryAfterMs } from '../../../../../src/infrastructure/tickets/redmine/retry-after.js';

const DATE = 'Sun, 22 Nov 2026 03:00:00 GMT';

describe('Retry-After', () => {
  test.each([
    ['30', 30_000],
    ['1', 1_000],
    ['Sun, 22 Nov 2026 03:02:00 GMT', 120_000],
    ['86400', 600_000],
    ['Mon, 23 Nov 2026 03:00:00 GMT', 600_000],
    ['0', null],
    ['Sun, 22 Nov 2026 02:59:00 GMT', null],
    ['soon', null],
    ['-5', null],
    ['', null],
  ])('%j asks for %s ms', (asked, wait) => {
    expect(retryAfterMs({ 'retry-after': asked, date: DATE })).toBe(wait);
  });

  test('is nothing where it is absent, or a date without one to compare it with', () => {
    expect(retryAfterMs({ date: DATE })).toBeNull();
    expect(retryAfterMs({ 'retry-after': DATE })).toBeNull();
  });
});
