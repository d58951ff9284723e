import { ourNotesIn, secondOf } from '../../support/kills/held-note.js';

const CLOSING = [
  'Resolved: nothing of this group fires.',
  '',
  '| Ended | 2026-06-16 03:00:00 +00:00 |',
  '',
  'Ended without a ticket of their own: 2.',
  '',
  '- Down instance:hostb (6/16 02:46), ended 2026-06-16 03:00:00 +00:00',
  '- Down instance:hostc (6/16 02:46), ended 2026-06-16 03:00:01 +00:00',
  '',
  'alertree note 0a',
];

test.each(['\n', '\r\n'])('a closing with its account is read, whatever its line ends', (end) => {
  expect(ourNotesIn([CLOSING.join(end)])).toEqual([
    {
      id: '0a',
      tellsEnd: true,
      account: {
        count: 2,
        named: [
          { instance: 'hostb', endedAt: '2026-06-16 03:00:00' },
          { instance: 'hostc', endedAt: '2026-06-16 03:00:01' },
        ],
      },
    },
  ]);
});

test('a note that tells of something else says neither why its ticket is closed nor what ended', () => {
  const text = 'This alert is over. Others of the group still fire: 2.\n\nalertree note 0b';

  expect(ourNotesIn([text])).toEqual([{ id: '0b', tellsEnd: false, account: null }]);
});

test('what people write, and changes without a word, are no notes of ours', () => {
  expect(ourNotesIn(['', 'Resolved, I think.'])).toEqual([]);
});

test('a time that was sent is compared by its second', () => {
  expect(secondOf('2026-06-16T12:00:00.999+09:00')).toBe('2026-06-16 03:00:00');
});
