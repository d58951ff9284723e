import { aDraft, seen } from '../contract/ticket-backend/harness.js';
import { AdminOfRedmine } from './support/admin-of-redmine.js';
import { describeRedmine } from './support/describe-redmine.js';
import { redmineBackend } from './support/real-redmine-harness.js';
import { RedmineApi } from './support/redmine-api.js';
import type { RedmineServer } from './support/servers.js';

const redmine = describeRedmine('a real Redmine with Japanese default data', 'botKey', 'japanese');

describe('names in a real Redmine with Japanese default data', () => {
  let server: RedmineServer;
  beforeAll(async () => {
    server = await redmine();
  });
  afterEach(() => server.reset());

  const backendWith = (variables: Readonly<Record<string, string>> = {}) =>
    redmineBackend(server, server.botKey, variables);

  /** Its tracker, status and priority. */
  async function namesOf(id: string): Promise<readonly string[]> {
    const issue = await new AdminOfRedmine(server.url, server.adminKey).get<{
      issue: Readonly<Record<'tracker' | 'status' | 'priority', { readonly name: string }>>;
    }>(`/issues/${id}.json`);
    const { tracker, status, priority } = issue.issue;
    return [tracker.name, status.name, priority.name];
  }

  async function setStatus(id: string, name: string): Promise<void> {
    const person = new RedmineApi(server.url, server.humanKey);
    const status = (await person.statuses()).find((one) => one.name === name);
    await person.update(Number(id), { status_id: status?.id ?? 0 });
  }

  test('are known without being configured', async () => {
    const backend = backendWith();

    const { id } = await backend.open(aDraft(1, { priority: 'high' }));
    expect(await namesOf(id)).toEqual(['バグ', '新規', '高め']);
    await backend.update(id, { status: 'closed' });
    expect(await namesOf(id)).toEqual(['バグ', '終了', '高め']);
    await backend.update(id, { status: 'open' });
    expect(await namesOf(id)).toEqual(['バグ', '新規', '高め']);
  });

  test('may be configured', async () => {
    const backend = backendWith({
      REDMINE_TRACKER_ID: 'サポート',
      REDMINE_OPEN_STATUS_ID: '進行中',
      REDMINE_CLOSE_STATUS_ID: '却下',
      REDMINE_RESOLVED_STATUS_ID: 'フィードバック',
      REDMINE_PRIORITY_ID: '低め',
    });
    expect(await backend.probe()).toEqual([]);

    const { id } = await backend.open(aDraft(1));
    // The workflow of the default data gives every new issue the status of its tracker.
    expect(await namesOf(id)).toEqual(['サポート', '新規', '低め']);
    await backend.update(id, { status: 'closed' });
    expect(await namesOf(id)).toEqual(['サポート', '却下', '低め']);
    await backend.update(id, { status: 'open' });
    expect(await namesOf(id)).toEqual(['サポート', '進行中', '低め']);
    await setStatus(id, 'フィードバック');
    expect((await seen(backend, id)).status).toBe('resolved');
  });

  test('are told by a probe that finds another one configured', async () => {
    const problems = await backendWith({ REDMINE_CLOSE_STATUS_ID: 'Closed' }).probe();

    expect(problems.map(({ remedy }) => remedy)).toEqual([expect.stringMatching(/5 \(終了\).*6 \(却下\)/)]);
  });
});
