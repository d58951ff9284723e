import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RedmineApi } from './support/redmine-api.js';
import { removeRedmine, startRedmine, type RedmineServer } from './support/servers.js';

/** With an engine, a base image and images still to be made. */
const FROM_NOTHING_MS = 600_000;
const SOON_MS = 120_000;

describe('the Redmine of the tests', () => {
  let server: RedmineServer;
  let bot: RedmineApi;

  beforeAll(async () => {
    server = await startRedmine();
    bot = new RedmineApi(server.url, server.botKey);
  }, FROM_NOTHING_MS);

  it("knows its three users by their keys, and Alertree's is no administrator", async () => {
    const keys = [server.adminKey, server.botKey, server.humanKey];
    const users = await Promise.all(keys.map((key) => new RedmineApi(server.url, key).me()));

    expect(users).toEqual([
      { login: 'admin', admin: true },
      { login: 'alertree', admin: false },
      { login: 'operator', admin: false },
    ]);
  });

  it('lets Alertree open a child under a root and close both', async () => {
    const root = await bot.create({ project_id: server.project, subject: 'root' });
    const child = await bot.create({ project_id: server.project, subject: 'child', parent_issue_id: root });

    const closed = await bot.closedStatus();
    await bot.update(child, { status_id: closed, notes: 'over' });
    await bot.update(root, { status_id: closed });

    expect(await bot.show(child)).toMatchObject({ parent: { id: root }, status: { is_closed: true } });
    expect(await bot.show(root)).toMatchObject({ status: { is_closed: true } });
  });

  it('lets nobody but a person delete an issue', async () => {
    const issue = await bot.create({ project_id: server.project, subject: 'kept' });

    expect(await bot.remove(issue)).toBe(403);
    expect(await new RedmineApi(server.url, server.humanKey).remove(issue)).toBe(204);
  });

  it('is emptied between tests', async () => {
    const root = await bot.create({ project_id: server.project, subject: 'root' });
    await bot.create({ project_id: server.project, subject: 'child', parent_issue_id: root });

    await server.reset();

    expect(await bot.count(server.project)).toBe(0);
  });

  it('refuses connections while it is stopped, and answers at the same URL afterwards', async () => {
    const kept = await bot.create({ project_id: server.project, subject: 'kept' });

    await server.stop();
    const during = bot.show(kept);
    await expect(during).rejects.toThrow('fetch failed');
    await server.start();

    expect(await bot.show(kept)).toMatchObject({ subject: 'kept' });
  }, SOON_MS);
});

describe('a second Redmine', () => {
  afterAll(() => removeRedmine('ja'), SOON_MS);

  it('has Japanese default data, so that nothing relies on English names', async () => {
    const server = await startRedmine('ja');

    const statuses = await new RedmineApi(server.url, server.botKey).statuses();

    expect(statuses.map((status) => status.name)).toContain('解決');
  }, FROM_NOTHING_MS);
});
