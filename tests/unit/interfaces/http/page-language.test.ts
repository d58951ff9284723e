import request from 'supertest';
import { aHead, aNote, anEpisode, aRefusal, aTicket, MORNING } from './a-group.js';
import { aHttpApp } from './http-fakes.js';
import { wordsOf } from './the-page.js';

describe('the language of the page', () => {
  test.each([
    ['ja', 'en', 'ja'],
    ['ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7', 'en', 'ja'],
    ['en-GB,en;q=0.9,ja;q=0.8', 'ja', 'en'],
    ['fr-FR,fr;q=0.9,ja;q=0.5,en;q=0.4', 'en', 'ja'],
    ['fr', 'en', 'en'],
    ['fr', 'ja', 'ja'],
    ['*', 'ja', 'ja'],
    ['ja;q=0, en', 'ja', 'en'],
    ['!?', 'ja', 'ja'],
    [undefined, 'ja', 'ja'],
  ] as const)(
    'is what the browser likes best of what there is: %s, else %s',
    async (accepted, language, expected) => {
      const { app } = aHttpApp({ language });

      const sent = request(app).get('/');
      const page = await (accepted === undefined ? sent : sent.set('Accept-Language', accepted));

      expect(page.text).toContain(`<html lang="${expected}">`);
      expect(page.text).toContain(
        expected === 'ja' ? '未完了のチケットグループはありません' : 'No open ticket group',
      );
    },
  );

  test('is Japanese throughout, but for the words of a ticket backend, which are marked as English', async () => {
    const event = { groupId: 'group1', at: MORNING, ticketKey: 'ticket1' } as const;
    const parked = { reason: 'The key is wrong.', remedy: 'Set REDMINE_API_KEY.' };
    const group = {
      head: aHead({ folded: 7, firing: 3, endedBy: 'person' as const, accepting: false }),
      tickets: [aTicket({ parked, refused: aRefusal([]) })],
      episodes: [
        anEpisode({ firings: 2, doubtful: true }),
        anEpisode({ id: 'other', state: 'settled' as const }),
      ],
      notes: [aNote({ state: 'wanted', text: null })],
      events: [
        { ...event, kind: 'person-decided', reason: 'closed' },
        { ...event, kind: 'membership-ended', reason: 'span' },
        { ...event, kind: 'write-failed', reason: 'Redmine answered 502.' },
      ] as const,
    };
    const words = await wordsOf([group], {
      language: 'ja',
      notices: () => [{ kind: 'parked', said: 'The project is closed.' }],
    });

    for (const expected of [
      '2026-06-16 11:46:00 現在（時刻は Asia/Tokyo）',
      '起票を保留しています。対応が必要です。 The project is closed.',
      '未完了のチケットグループ: 1件',
      '発生中 3件 担当者が完了（アラートは発生中） 1件 保留中 要確認 1件 個別のチケットなし 7件 未完了',
      '2026-06-16 11:46:00 から発生中（1分未満） · チケット #101',
      '#101 未完了 HostMemoryUsageHigh instance:A severity:warning 発生中',
      '発生 2回',
      '保留中: The key is wrong. Set REDMINE_API_KEY.',
      'チケットを完了にできませんでした: 原因は不明です。',
      '受け入れ終了: 担当者が終了しました',
      '親のアラートのみ解消, 送信待ち',
      '担当者が変更 #101 完了',
      'アラートの受け入れを終了 #101 受け入れ終了: 期間が過ぎました',
      '書き込みに失敗 #101 Redmine answered 502.',
    ])
      expect(words).toContain(expected);
  });
});
