import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RedmineApi } from './support/redmine-api.js';
import { startRedmine, type RedmineServer } from './support/servers.js';

/** With an engine, a base image and images still to be made. */
const FROM_NOTHING_MS = 900_000;

describe('the Redmine of the tests', () => {
  let server: RedmineServer;
  let bot: RedmineApi;

  beforeAll(async () => {
    server = await startRedmine();
    bot = new RedmineApi(server.url, server.botKey);
  }, FROM_NOTHING_MS);

  afterAll(() => server.removeProject());

  it("knows its three users by their keys, and Alertree's is no administrator", async () => {
    const keys = [server.adminKey, server.botKey, server.humanKey];

    const users = await Promise.all(keys.map((key) => new RedmineApi(server.url, key).me()));

    expect(users.map(({ login, admin }) => [login, admin])).toEqual([
      ['admin', true],
      ['alertree', false],
      ['operator', false],
    ]);
  });

  it('allows Alertree what it needs and nothing else', async () => {
    const permissions = await bot.permissions();

    expect(permissions.toSorted()).toEqual([
      'add_issue_notes',
      'add_issues',
      'edit_issues',
      'manage_subtasks',
      'view_issues',
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

  it('lets a person delete an issue, but not Alertree', async () => {
    const person = new RedmineApi(server.url, server.humanKey);
    const issue = await bot.create({ project_id: server.project, subject: 'deleted' });

    await expect(bot.remove(issue)).rejects.toThrow('403');
    await person.remove(issue);

    await expect(bot.show(issue)).rejects.toThrow('404');
  });

  it('can be emptied between tests', async () => {
    const root = await bot.create({ project_id: server.project, subject: 'root' });
    await bot.create({ project_id: server.project, subject: 'child', parent_issue_id: root });

    await server.reset();

    expect(await bot.count(server.project)).toBe(0);
  });
});
