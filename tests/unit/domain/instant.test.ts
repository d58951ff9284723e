import {
  instantFromMillis,
  isZeroInstant,
  laterOf,
  millisOf,
  parseInstant,
} from '../../../src/domain/time/instant.js';

describe('an instant', () => {
  it.each([
    ['2026-06-16T02:46:00Z', '2026-06-16T02:46:00.000000000Z'],
    ['2026-06-16T11:46:00.123456789+09:00', '2026-06-16T02:46:00.123456789Z'],
    ['2026-06-15T21:16:00.5-05:30', '2026-06-16T02:46:00.500000000Z'],
    ['2026-06-16t02:46:00z', '2026-06-16T02:46:00.000000000Z'],
    ['2026-06-16T02:46:00.1234567891234Z', '2026-06-16T02:46:00.123456789Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000000000Z'],
  ])('reads %s in UTC to the nanosecond', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2026-06-16',
    '2026-06-16 02:46:00Z',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-06-16T24:00:00Z',
    '2026-06-16T02:46:00',
    '0000-01-01T00:00:00+09:00',
  ])('refuses %p', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('tells two starts apart that differ by one nanosecond', () => {
    const early = parseInstant('2026-06-16T02:46:00.000000001Z');
    const late = parseInstant('2026-06-16T11:46:00.000000002+09:00');

    expect(early !== null && late !== null && early < late).toBe(true);
    expect(laterOf(early, late ?? instantFromMillis(0))).toBe(late);
  });

  it('knows the zero time that Go sends for "none"', () => {
    expect(isZeroInstant(parseInstant('0001-01-01T00:00:00Z') ?? instantFromMillis(0))).toBe(true);
    expect(isZeroInstant(instantFromMillis(0))).toBe(false);
  });

  it('goes to milliseconds and back', () => {
    const millis = Date.UTC(2026, 5, 16, 2, 46, 1, 250);

    expect(millisOf(instantFromMillis(millis))).toBe(millis);
    expect(instantFromMillis(millis)).toBe('2026-06-16T02:46:01.250000000Z');
  });
});
