import type { DeadLetter } from '../../../src/application/ports/store.js';
import type { CurrentStore } from './store-harness.js';

const HOSTILE = '{"labels":"日本 \\u0000 \\ud800 \u2028 \' ; drop table"}';

function aLetter(changes: Partial<DeadLetter>): DeadLetter {
  return {
    id: 'letter-1',
    source: 'default',
    receivedAt: 1_000,
    problem: 'labels must be an object of names and values',
    body: '{"labels":1}',
    ...changes,
  };
}

export function describeDeadLetters(current: CurrentStore): void {
  const keep = (...letters: readonly DeadLetter[]): Promise<void> =>
    current().store.transaction(({ deadLetters }) => deadLetters.save(letters));

  describe('dead letters', () => {
    it('are none at first', async () => {
      expect(await current().deadLetters.list(1, 10)).toEqual({ total: 0, letters: [] });
    });

    it('are given back as they were kept, also by the next process', async () => {
      const letter = aLetter({ source: 'tokyo', problem: 'status must be "firing"', body: HOSTILE });
      await keep(letter);

      const next = await current().reopen();

      expect(await next.deadLetters.list(1, 10)).toEqual({ total: 1, letters: [letter] });
      await next.close();
    });

    it('are listed the newest first, page by page, with a stable order among those of one moment', async () => {
      await keep(aLetter({ id: 'b', receivedAt: 2 }), aLetter({ id: 'a', receivedAt: 2 }));
      await keep(aLetter({ id: 'z', receivedAt: 1 }), aLetter({ id: 'c', receivedAt: 3 }));

      const pages = await Promise.all([1, 2, 3].map((page) => current().deadLetters.list(page, 2)));

      expect(pages.map(({ total, letters }) => [total, letters.map(({ id }) => id)])).toEqual([
        [4, ['c', 'b']],
        [4, ['a', 'z']],
        [4, []],
      ]);
    });

    it('that come again are kept once, with the time when they last came', async () => {
      await keep(aLetter({ receivedAt: 1 }), aLetter({ receivedAt: 2 }));
      await keep(aLetter({ receivedAt: 3 }));

      const { total, letters } = await current().deadLetters.list(1, 10);

      expect([total, letters[0]?.receivedAt]).toEqual([1, 3]);
    });

    it('of thousands in one body are all kept', async () => {
      await keep(...Array.from({ length: 2_500 }, (_, n) => aLetter({ id: `letter-${n}` })));

      expect((await current().deadLetters.list(1, 1)).total).toBe(2_500);
    });
  });
}
