import { alertKeyText } from '../../../src/domain/alert/alert.js';
import { LabelSet, type NameValue } from '../../../src/domain/alert/label-set.js';
import { aGroup, aHead, anAlertRecord, anEpisode } from '../../support/builders/rows.js';
import { save, type CurrentStore } from './store-harness.js';

type Labels = readonly NameValue[];

const MEMORY_A: Labels = [
  ['alertname', 'HostMemoryUsageHigh-Usage90%'],
  ['instance', 'A_1'],
];
const MEMORY_B: Labels = [
  ['alertname', 'HostMemoryUsageHigh-Usage90%'],
  ['instance', 'web-2.example'],
];
const PING: Labels = [
  ['alertname', 'Server ICMP-Check'],
  ['instance', 'hoge "quoted" \\ path'],
];
const JAPANESE: Labels = [
  ['alertname', 'ディスク残量不足'],
  ['site', 'ÉLYSÉE ＡＢＣ'],
];

export function describeSearch(current: CurrentStore): void {
  /** A group for each list of members, the first called `group-1`. */
  const saveGroups = async (groups: readonly (readonly Labels[])[]) => {
    for (const [index, members] of groups.entries()) {
      const groupId = `group-${index + 1}`;
      const episodes = members.map((_labels, n) => {
        const id = `${groupId}-${n}`;
        return anEpisode({ id, groupId, ordinal: n + 1, alertId: `alert of ${id}`, state: 'ended' });
      });
      await save(current(), aGroup(aHead({ id: groupId }), { episodes }));
      await current().store.transaction(({ alerts }) =>
        alerts.save(
          episodes.map((episode, n) => {
            const keyText = alertKeyText('default', LabelSet.of(members[n] ?? []));
            return anAlertRecord({ id: episode.alertId, keyText });
          }),
        ),
      );
    }
  };
  const found = async (...words: readonly string[]) => {
    const { groups, total } = await current().queries.list(null, 1, 10, words);
    expect(total).toBe(groups.length);
    return groups.map((group) => group.head.id);
  };

  describe('a search', () => {
    it.each([
      ['part of a name', ['MemoryUsage'], ['group-1']],
      ['letters of the other case', ['hostmemoryusagehigh', 'WEB-2'], ['group-1']],
      ['a label as it is shown', ['instance:web'], ['group-1']],
      ['words of one member only', ['A_1', 'web-2'], []],
      ['a per cent sign, which stands for itself', ['0%'], ['group-1']],
      ['a per cent sign between letters', ['Host%High'], []],
      ['an underscore, which stands for itself', ['A_1'], ['group-1']],
      ['an underscore in the place of a letter', ['w_b'], []],
      ['a quotation mark and a backslash', ['"quoted"', '\\'], ['group-2']],
      ['Japanese', ['残量'], ['group-3']],
      ['letters beyond ASCII of the other case', ['élysée'], ['group-3']],
      ['wide letters for narrow ones and the other way round', ['ｈｏｇｅ'], ['group-2']],
      ['narrow letters for wide ones', ['abc'], ['group-3']],
      ['what several groups have', ['alertname:'], ['group-3', 'group-2', 'group-1']],
      ['what nobody has', ['nothing'], []],
      ['no words: everything', [], ['group-3', 'group-2', 'group-1']],
    ] as const)('finds groups by %s', async (_what, words, expected) => {
      await saveGroups([[MEMORY_A, MEMORY_B], [PING], [JAPANESE]]);

      expect(await found(...words)).toEqual(expected);
    });

    it('goes with the state and the pages, and counts what it found', async () => {
      await saveGroups([[MEMORY_A], [PING], [MEMORY_B], [MEMORY_A]]);
      await save(current(), aGroup(aHead({ id: 'group-5', firing: 1 })));

      const list = (page: number) => current().queries.list('closed', page, 2, ['memory']);
      const pages = await Promise.all([list(1), list(2)]);

      expect(pages.map(({ groups }) => groups.map(({ head }) => head.id))).toEqual([
        ['group-4', 'group-3'],
        ['group-1'],
      ]);
      expect(pages.map(({ total }) => total)).toEqual([3, 3]);
      expect((await current().queries.list('open', 1, 2, ['memory'])).total).toBe(0);
    });
  });
}
