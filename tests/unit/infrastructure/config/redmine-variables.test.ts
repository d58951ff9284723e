import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../src/infrastructure/config/load-config.js';
import { problemsOf } from '../../../support/config-problems.js';
import { redmineConfigIn } from '../../../support/redmine-config-in.js';

const NEEDED = { REDMINE_URL: 'http://redmine', REDMINE_API_KEY: 'k3y', REDMINE_PROJECT_ID: 'alerts' };

describe('the variables of Redmine', () => {
  test('three are enough, the rest has defaults', () => {
    expect(loadConfig(NEEDED).warnings).toEqual([]);
    expect(redmineConfigIn(NEEDED)).toEqual({
      url: 'http://redmine',
      publicUrl: 'http://redmine',
      apiKey: 'k3y',
      project: 'alerts',
      tracker: null,
      openStatus: null,
      closeStatus: null,
      resolvedStatus: null,
      priority: null,
      assignedTo: null,
      keyField: null,
      closesTickets: true,
      lateCommitMs: 120_000,
      requestsPerSecond: null,
      textFormatting: 'common_mark',
    });
  });

  test('are all read, ids and names as they are', () => {
    const redmine = redmineConfigIn({
      ...NEEDED,
      REDMINE_PUBLIC_URL: 'https://tickets.example/redmine/',
      REDMINE_TRACKER_ID: '2',
      REDMINE_OPEN_STATUS_ID: 'New',
      REDMINE_CLOSE_STATUS_ID: '終了',
      REDMINE_RESOLVED_STATUS_ID: '3',
      REDMINE_PRIORITY_ID: 'Normal',
      REDMINE_ASSIGNED_TO_ID: '5',
      REDMINE_KEY_FIELD_ID: 'Alert key',
      REDMINE_LATE_COMMIT_SECONDS: '30',
      REDMINE_MAX_REQUESTS_PER_SECOND: '2.5',
      REDMINE_TEXT_FORMATTING: 'textile',
    });

    expect(redmine).toMatchObject({
      publicUrl: 'https://tickets.example/redmine',
      tracker: '2',
      openStatus: 'New',
      closeStatus: '終了',
      resolvedStatus: '3',
      priority: 'Normal',
      assignedTo: '5',
      keyField: 'Alert key',
      lateCommitMs: 30_000,
      requestsPerSecond: 2.5,
      textFormatting: 'textile',
    });
  });

  test.each([
    ['http://redmine.example.org', 'http://redmine.example.org'],
    ['https://example.org/redmine/', 'https://example.org/redmine'],
    ['redmine:3000', 'http://redmine:3000'],
    ['10.0.0.1:3000/redmine', 'http://10.0.0.1:3000/redmine'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['redmine', 'http://redmine'],
    // What is the same address must be the same instance.
    ['HTTPS://Redmine.Example.ORG:443/redmine//', 'https://redmine.example.org/redmine'],
    ['http://REDMINE:80', 'http://redmine'],
  ])('take the address %s as %s', (written, url) => {
    expect(redmineConfigIn({ ...NEEDED, REDMINE_URL: written }).url).toBe(url);
  });

  test.each(['ftp://redmine', 'http://', 'http://user:hunter2@redmine', 'http://redmine?key=hunter2', 'a b'])(
    'refuse the address %s and do not repeat it',
    (written) => {
      const [problem, ...more] = problemsOf({ ...NEEDED, REDMINE_URL: written });

      expect(problem).toMatch(/^REDMINE_URL is no address of Redmine; write /);
      expect(problem).not.toContain('hunter2');
      expect(more).toEqual([]);
    },
  );

  test.each([
    ['REDMINE_LATE_COMMIT_SECONDS', ['-1', '3601', '1m', '1.5']],
    ['REDMINE_MAX_REQUESTS_PER_SECOND', ['0', '-1', '0.4', '1001', '1e2', '5/s', '.5']],
    ['REDMINE_TEXT_FORMATTING', ['markdown', 'Textile']],
  ])('refuse values of %s that they do not understand', (name, values) => {
    for (const value of values) {
      const problem = expect.stringMatching(new RegExp(`^${name} is ".*"; write .+`));
      expect(problemsOf({ ...NEEDED, [name]: value })).toEqual([problem]);
    }
  });

  test('are each a problem without REDMINE_URL', () => {
    expect(problemsOf({ REDMINE_API_KEY: 'k3y', REDMINE_TEXT_FORMATTING: 'textile' })).toEqual([
      'REDMINE_API_KEY is set without REDMINE_URL; set that too, or unset it',
      'REDMINE_TEXT_FORMATTING is set without REDMINE_URL; set that too, or unset it',
    ]);
  });

  test('lack a key and a project, both at once', () => {
    expect(problemsOf({ REDMINE_URL: 'redmine:3000' })).toEqual([
      'REDMINE_API_KEY is missing; REDMINE_URL needs it',
      'REDMINE_PROJECT_ID is missing; REDMINE_URL needs it',
    ]);
  });

  test('refuse a key that could not be sent, and do not repeat it', () => {
    const [problem] = problemsOf({ ...NEEDED, REDMINE_API_KEY: 'hunter\n2' });

    expect(problem).toMatch(/^REDMINE_API_KEY holds characters that no key has/);
    expect(problem).not.toContain('hunter');
  });

  test('with their older names count where Redmine is asked for, with a warning each', () => {
    const older = { API_KEY: 'old', PROJECT_ID: '1', Track_ID: '2' };

    const asked = { ...older, REDMINE_URL: 'redmine:3000' };

    expect(loadConfig(older)).toMatchObject({ ticketBackend: { name: 'embedded' }, warnings: [] });
    expect(redmineConfigIn(asked)).toMatchObject({ apiKey: 'old', project: '1', tracker: '2' });
    expect(loadConfig(asked).warnings).toEqual([
      'API_KEY is taken for REDMINE_API_KEY; set REDMINE_API_KEY instead',
      'PROJECT_ID is taken for REDMINE_PROJECT_ID; set REDMINE_PROJECT_ID instead',
      'Track_ID is taken for REDMINE_TRACKER_ID; set REDMINE_TRACKER_ID instead',
    ]);
    expect(redmineConfigIn({ ...older, ...NEEDED })).toMatchObject({ apiKey: 'k3y', project: 'alerts' });
  });
});

describe('the file of a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alertree-'));
  const file = join(folder, 'key');
  const { REDMINE_API_KEY: _, ...rest } = NEEDED;

  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read, without the line end that editors leave', () => {
    writeFileSync(file, 'from-a-file\n');

    expect(redmineConfigIn({ ...rest, REDMINE_API_KEY_FILE: file }).apiKey).toBe('from-a-file');
  });

  test('counts before an older name', () => {
    writeFileSync(file, 'from-a-file');
    const env = { ...rest, API_KEY: 'old', REDMINE_API_KEY_FILE: file };

    expect(redmineConfigIn(env).apiKey).toBe('from-a-file');
    expect(loadConfig(env).warnings).toEqual([]);
  });

  test('and the secret itself cannot both be given', () => {
    writeFileSync(file, 'from-a-file');

    expect(problemsOf({ ...NEEDED, REDMINE_API_KEY_FILE: file })).toEqual([
      'REDMINE_API_KEY and REDMINE_API_KEY_FILE are both set; unset one of them',
    ]);
  });

  test.each([
    ['missing', join(folder, 'none')],
    ['a folder', folder],
  ])('that is %s is a problem, and the only one', (_name, path) => {
    expect(problemsOf({ ...rest, REDMINE_API_KEY_FILE: path })).toEqual([
      'REDMINE_API_KEY_FILE names no file that can be read and holds something',
    ]);
  });
});
