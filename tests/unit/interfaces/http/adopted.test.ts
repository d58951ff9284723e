import request from 'supertest';
import { UNKNOWN_INSTANT } from '../../../../src/domain/time/instant.js';
import { aGroup, aHead, anEpisode, aTicket, countsOf, MORNING } from './a-group.js';
import { aHttpApp } from './http-fakes.js';
import { wordsOf } from './the-page.js';

const HOUR = 3_600_000;
const ADOPTED = {
  head: aHead({ accepting: false, endedBy: 'adopted', acceptsUntil: null }),
  key: { source: '', route: '', values: [] },
  counts: { ...countsOf({}), firingSince: null },
  episodes: [anEpisode({ labels: [], startsAt: UNKNOWN_INSTANT, presumedSince: MORNING })],
  events: [
    { groupId: 'group1', at: MORNING, kind: 'ticket-adopted', ticketKey: 'ticket1', reason: '101' },
  ] as const,
};

function shownAfter(hours: number, language: 'en' | 'ja' = 'en'): Promise<string> {
  return wordsOf([ADOPTED], { language, clock: { now: () => MORNING + hours * HOUR } });
}

describe('an alert whose ticket was adopted and that was not heard since', () => {
  test('is in the API without a start, and with the time since which it is presumed to fire', async () => {
    const { app, queries } = aHttpApp();
    queries.groups = [aGroup(ADOPTED)];

    const { body } = await request(app).get('/api/v1/ticket-groups').expect(200);

    const since = new Date(MORNING).toISOString();
    const episode = { startsAt: null, presumedSince: since, state: 'firing', labels: [] };
    const group = { endedBy: 'adopted', firingSince: null, acceptsMembers: false, tickets: [{ episode }] };
    expect(body).toMatchObject({ groups: [group] });
  });

  test('is on the page with when its ticket was found, and marked after a day', async () => {
    const soon = await shownAfter(23);
    expect(soon).toContain('found open 2026-06-16 11:46:00, not heard since');
    expect(soon).toContain('takes no new members: it was adopted');
    expect(soon).toContain('ticket found open and adopted #101');
    expect(soon).not.toContain('not heard for a day');

    expect(await shownAfter(24)).toContain('firing not heard for a day');
  });

  test('is on the page in Japanese, too', async () => {
    const words = await shownAfter(24, 'ja');

    for (const expected of [
      '2026-06-16 11:46:00 に引き継ぎ（以後通知なし）',
      '発生中 1日以上通知なし',
      '受け入れなし: 既存のチケットを引き継ぎました',
      '未完了のチケットを引き継ぎ #101',
    ])
      expect(words).toContain(expected);
  });

  test('shows its end alone when nothing else is known of it, and no mark', async () => {
    const over = anEpisode({
      state: 'ended',
      labels: [],
      startsAt: UNKNOWN_INSTANT,
      endsAt: anEpisode().startsAt,
    });
    const words = await wordsOf([{ ...ADOPTED, episodes: [over], tickets: [aTicket({ seen: 'closed' })] }]);

    expect(words).toContain('ended 2026-06-16 11:46:00');
    expect(words).not.toContain('not heard');
  });

  test('has whoever looks told that tickets wait while open ones are taken in', async () => {
    const words = await wordsOf([], { notices: () => [{ kind: 'adopting', said: '' }] });

    expect(words).toContain('Tickets wait. The store does not know this ticket backend');
  });
});
