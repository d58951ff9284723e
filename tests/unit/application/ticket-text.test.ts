import { alertTitle, groupTitle } from '../../../src/application/ticket-text/alert-title.js';
import { english } from '../../../src/application/ticket-text/english.js';
import { duration, LocalTime } from '../../../src/application/ticket-text/local-time.js';
import { instantFromMillis, parseInstant } from '../../../src/domain/time/instant.js';
import { BEGINNING } from '../../support/builders/alerts.js';

const settings = {
  words: english,
  subjectLabels: ['instance'],
  groupBy: ['alertname'],
  time: new LocalTime('Asia/Tokyo'),
};
const startsAt = instantFromMillis(BEGINNING);

describe('the title of an alert', () => {
  it.each([
    [{ alertname: 'Down', instance: 'A', job: 'node' }, 'Down instance:A (6/16 11:46)'],
    [{ alertname: 'Down', job: 'node', zone: 'x' }, 'Down job:node zone:x (6/16 11:46)'],
    [{ alertname: 'Down' }, 'Down (6/16 11:46)'],
    [{ instance: 'A' }, 'unnamed instance:A (6/16 11:46)'],
  ])('of %j is %s', (labels, title) => {
    expect(alertTitle({ labels: Object.entries(labels), startsAt }, settings)).toBe(title);
  });

  it('leaves out the labels that the whole group shares', () => {
    const labels = [['alertname', 'Down'], ['cluster', 'x'], ['job', 'node']] as const; // prettier-ignore

    expect(alertTitle({ labels, startsAt }, { ...settings, groupBy: ['alertname', 'cluster'] })).toBe(
      'Down job:node (6/16 11:46)',
    );
  });

  it('of a common root names what its members share', () => {
    const values = [['alertname', 'Down'], ['cluster', 'x'], ['empty', '']] as const; // prettier-ignore

    expect(groupTitle({ source: 's', route: 'r', values }, startsAt, settings)).toBe(
      'Down cluster:x (6/16 11:46)',
    );
  });
});

describe('local times', () => {
  it('are those of the zone, with its offset, across a change to summer time', () => {
    const berlin = new LocalTime('Europe/Berlin');
    const before = parseInstant('2026-03-29T00:59:59Z') ?? startsAt;
    const after = parseInstant('2026-03-29T01:00:00Z') ?? startsAt;

    expect(berlin.long(before)).toBe('2026-03-29 01:59:59 +01:00');
    expect(berlin.long(after)).toBe('2026-03-29 03:00:00 +02:00');
    expect(new LocalTime('UTC').long(after)).toBe('2026-03-29 01:00:00 +00:00');
    expect(new LocalTime('UTC').short(parseInstant('2026-01-02T00:05:00Z') ?? startsAt)).toBe('1/2 00:05');
  });

  it.each([
    [0, '0s'],
    [-5_000, '0s'],
    [59_400, '59s'],
    [60_000, '1m'],
    [3_725_000, '1h 2m'],
    [90_000_000, '1d 1h'],
    [86_400_000, '1d'],
  ])('a span of %d ms is %s', (millis, text) => {
    expect(duration(millis, english.units)).toBe(text);
  });
});
