import { jest } from '@jest/globals';
import { Stage } from '../support/end-to-end/stage.js';

// A Redmine that is not there yet is built and started first.
jest.setTimeout(900_000);

describe('an Alertree that speaks Japanese, before a real Redmine that does', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.set({ ALERTREE_LANGUAGE: 'ja' }, 'japanese');
  });
  afterEach(() => stage.dispose());

  test('grows a tree, ends it when a person resolves its root, and closes the next one by itself', async () => {
    await stage.fire('A', 'B');
    const a = await stage.redmine.named('A');
    expect(a.description).toMatch(/発生日時 \| 2026-06-16 11:46/);
    await stage.end('B');
    expect(await stage.redmine.tree()).toEqual(['A 新規', '  B 終了']);
    const b = await stage.redmine.named('B');
    expect(await stage.redmine.notes(b.id)).toEqual([expect.stringContaining('アラートが解消しました。')]);

    await stage.person.sets(a.id, '解決');
    await stage.letLooksAge();
    await stage.fire('C');
    expect(await stage.redmine.tree()).toEqual(['A 終了', '  B 終了', 'C 新規']);
    expect(await stage.redmine.notes(a.id)).toEqual([
      expect.stringContaining('担当者がこのグループを終了したため完了しました。'),
    ]);
    const c = await stage.redmine.named('C');
    expect(c.description).toContain(`前回のチケット: #${a.id}`);

    await stage.end('C');
    expect(await stage.redmine.tree()).toEqual(['A 終了', '  B 終了', 'C 終了']);
    expect(await stage.furtherRequests()).toEqual([]);
  });
});
