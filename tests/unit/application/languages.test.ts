import { english } from '../../../src/application/ticket-text/english.js';
import { japanese } from '../../../src/application/ticket-text/japanese.js';
import { LocalTime } from '../../../src/application/ticket-text/local-time.js';
import { noteText } from '../../../src/application/ticket-text/note-text.js';
import { plainWords } from '../../../src/application/ticket-text/plain-words.js';
import { newGroupHead } from '../../../src/domain/ticket-group/group-head.js';
import type { NoteFact } from '../../../src/domain/ticket-group/ticket-note.js';
import { instantFromMillis } from '../../../src/domain/time/instant.js';
import { anEpisode } from '../../support/builders/rows.js';
import { BEGINNING, HOUR } from '../../support/builders/alerts.js';

const startsAt = instantFromMillis(BEGINNING);
const facts: readonly NoteFact[] = [
  { kind: 'ended' },
  { kind: 'group-over', ownEnd: true },
  { kind: 'root-over' },
  { kind: 'recurrence', labels: [['alertname', 'Down']], startsAt, count: 3 },
  { kind: 'refired', count: 2, startsAt },
  { kind: 'flapping' },
  { kind: 'end-noted' },
  { kind: 'settled' },
  { kind: 'group-ended' },
  { kind: 'folded' },
];

function noteIn(words: typeof english, fact: NoteFact): string {
  const head = newGroupHead({
    id: 'g',
    groupKey: 'k',
    instance: 'i',
    openedAt: 0,
    acceptsUntil: null,
    summary: false,
    previousGroupId: null,
  });
  const episode = anEpisode({
    startsAt,
    endsAt: instantFromMillis(BEGINNING + 2.5 * HOUR),
    endedTogether: 12,
    firings: 2,
  });
  const note = {
    id: '0a',
    groupId: 'g',
    ticketKey: 't',
    fact,
    notBefore: 0,
    state: 'wanted',
    text: null,
    createdAt: 0,
  } as const;
  const settings = { words, subjectLabels: [], groupBy: ['alertname'], time: new LocalTime('Asia/Tokyo') };
  const account = { episodes: [episode], count: 3 };
  return plainWords(
    noteText(
      { head: { ...head, firing: 4, folded: 5 }, episode, notes: [note], account, folded: [] },
      settings,
    ),
  );
}

describe.each([
  ['English', english, /[ぁ-んァ-ヶ一-龠]/],
  ['Japanese', japanese, /\b(the|alert|ticket|of|once)\b/i],
] as const)('notes in %s', (_, words, foreign) => {
  it.each(facts)('say $kind in that language alone', (fact) => {
    const text = noteIn(words, fact).replace(/unnamed[^\n]*|Down[^\n]*|Prometheus|Alertree/g, '');

    expect(text).not.toMatch(foreign);
    expect(text.length).toBeGreaterThan(10);
  });
});

it('a closing note in Japanese tells when it ended, how long it lasted and how often it fired', () => {
  const text = noteIn(japanese, { kind: 'ended' });

  expect(text).toContain('解消日時: 2026-06-16 14:16:00 +09:00');
  expect(text).toContain('継続時間: 2時間 30分');
  expect(text).toContain('発生回数: 2回');
  expect(text).toContain('12件が同時に解消しました');
  expect(text).toContain('…ほか2件');
});
