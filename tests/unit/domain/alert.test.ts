import { createHash } from 'node:crypto';
import { Alert, inOrderOfFacts, type ReceivedAlert } from '../../../src/domain/alert/alert.js';
import { LabelSet } from '../../../src/domain/alert/label-set.js';
import { groupKeyOf, groupKeyText } from '../../../src/domain/route/group-key.js';
import { DEFAULT_ROUTE } from '../../../src/domain/route/route-settings.js';
import { parseInstant } from '../../../src/domain/time/instant.js';
import { BEGINNING, firing } from '../../support/builders/alerts.js';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const alert = (received: ReceivedAlert) => new Alert(received, BEGINNING, hash);

describe('the identity of an alert', () => {
  it('is its source and its labels, in whatever order, and nothing else', () => {
    const one = firing('A', { labels: { job: 'node', zone: 'x' } });
    const other = {
      ...firing('A', { labels: { zone: 'x', job: 'node' } }),
      annotations: [],
      fingerprint: 'f',
    };

    expect(alert(one).id).toBe(alert(other).id);
    expect(alert(one).id).not.toBe(alert({ ...one, source: 'osaka' }).id);
    expect(alert(one).id).not.toBe(alert(firing('A', { labels: { job: 'node' } })).id);
  });

  it('cannot be forged by a value that looks like the end of another', () => {
    const one = { ...firing('A'), labels: [['a', 'b","c":"d']] as const };
    const other = { ...firing('A'), labels: [['a', 'b'], ['c', 'd']] as const }; // prettier-ignore

    expect(alert(one).keyText).not.toBe(alert(other).keyText);
  });

  it('keeps labels of every name apart', () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'ラベル', 'utf8 . name', ''];
    const labels = LabelSet.of(names.map((name) => [name, name || 'empty']));

    for (const name of names) expect(labels.get(name)).toBe(name || 'empty');
    expect(labels.get('toString')).toBeUndefined();
  });

  it('does not count a label without a value, and can always be hashed', () => {
    const received = { ...firing('A'), labels: [['a', ''], ['b', '\ud800']] as const }; // prettier-ignore

    expect(alert(received).labels.entries()).toEqual([['b', '\ufffd']]);
  });
});

describe('the times of an alert', () => {
  it('are those of the arrival where none or the zero time was sent', () => {
    const zero = parseInstant('0001-01-01T00:00:00Z');
    const received = alert({ ...firing('A'), startsAt: null, endsAt: zero });

    expect(received.startsAt).toBe('2026-06-16T02:46:00.000000000Z');
    expect(received.endsAt).toBe('2026-06-16T02:46:00.000000000Z');
  });

  it('put the facts of a body in order, equal ones by alert key', () => {
    const later = alert(firing('A', { startsAt: 1 }));
    const [b, a] = [alert(firing('B')), alert(firing('A'))];

    expect(inOrderOfFacts([later, b, a])).toEqual([a, b, later]);
  });
});

describe('the group key', () => {
  const labels = LabelSet.of([
    ['alertname', 'Down'],
    ['cluster', 'x'],
    ['instance', 'A'],
  ]);
  const text = (groupBy: readonly string[], route = 'default', source = 'default') =>
    groupKeyText(groupKeyOf(source, labels, { ...DEFAULT_ROUTE, groupBy, name: route }));

  it('is made of source, route and the values of group_by, in whatever order they are named', () => {
    expect(text(['alertname', 'cluster'])).toBe(text(['cluster', 'alertname']));
    const different = [
      text(['alertname']),
      text(['cluster']),
      text(['alertname'], 'b'),
      text(['alertname'], 'default', 's'),
    ];
    expect(new Set(different).size).toBe(4);
  });

  it('takes all labels for "...", and an absent one as empty', () => {
    expect(text(['...'])).toContain('"instance","A"');
    expect(text(['job'])).toContain('["job",""]');
  });
});
