import { ConfigError } from '../../../../src/infrastructure/config/config-error.js';
import { loadConfig } from '../../../../src/infrastructure/config/load-config.js';
import { problemsOf } from '../../../support/config-problems.js';

describe('the configuration', () => {
  test('has a default for everything, and takes empty variables for unset ones', () => {
    const defaults = {
      dataDir: './data',
      language: 'en',
      listen: { host: null, port: 5005 },
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      retentionMs: 90 * 86_400_000,
      subjectLabels: ['instance'],
      webhookTokens: [],
      secrets: [],
      openRead: false,
      logLevel: 'info',
      logFormat: 'logfmt',
      route: {
        name: 'default',
        groupBy: ['alertname'],
        root: 'alert',
        groupSpanMs: 172_800_000,
        maxChildren: 50,
        closeAfterMs: 0,
        autoClose: 'close',
      },
      ticketBackend: { name: 'embedded', values: {} },
      warnings: [],
    };

    expect(loadConfig({ PATH: '/bin' })).toEqual(defaults);
    expect(
      loadConfig({ ALERTREE_LISTEN: '', ALERTREE_ROOT: ' ', REDMINE_URL: '', ALERTREE_NONSENSE: '' }),
    ).toEqual(defaults);
  });

  test('reads every variable', () => {
    const config = loadConfig({
      ALERTREE_DATA_DIR: 'state/here',
      ALERTREE_LANGUAGE: 'ja',
      ALERTREE_LISTEN: '127.0.0.1:8080',
      ALERTREE_TIMEZONE: 'Asia/Tokyo',
      ALERTREE_GROUP_BY: 'alertname, cluster,alertname,',
      ALERTREE_ROOT: 'summary',
      ALERTREE_GROUP_SPAN: '0',
      ALERTREE_CLOSE_AFTER: '1h30m',
      ALERTREE_MAX_CHILDREN: '0',
      ALERTREE_AUTO_CLOSE: 'note',
      ALERTREE_RETENTION: '30d',
      ALERTREE_SUBJECT_LABELS: 'instance,job',
      ALERTREE_WEBHOOK_TOKEN: 'the-token-of-today-1',
      ALERTREE_OPEN_READ: 'true',
      ALERTREE_LOG_LEVEL: 'debug',
      ALERTREE_LOG_FORMAT: 'json',
    });

    expect(config).toEqual({
      dataDir: 'state/here',
      language: 'ja',
      listen: { host: '127.0.0.1', port: 8080 },
      timeZone: 'Asia/Tokyo',
      retentionMs: 30 * 86_400_000,
      subjectLabels: ['instance', 'job'],
      webhookTokens: ['the-token-of-today-1'],
      secrets: ['the-token-of-today-1'],
      openRead: true,
      logLevel: 'debug',
      logFormat: 'json',
      route: {
        name: 'default',
        groupBy: ['alertname', 'cluster'],
        root: 'summary',
        groupSpanMs: 0,
        maxChildren: 0,
        closeAfterMs: 5_400_000,
        autoClose: 'note',
      },
      ticketBackend: { name: 'embedded', values: {} },
      warnings: ['ALERTREE_OPEN_READ opens nothing beside ALERTREE_WEBHOOK_TOKEN; unset it'],
    });
  });

  test.each([
    [':5005', { host: null, port: 5005 }],
    ['5005', { host: null, port: 5005 }],
    ['localhost:80', { host: 'localhost', port: 80 }],
    ['0.0.0.0:65535', { host: '0.0.0.0', port: 65_535 }],
    ['[::1]:5005', { host: '::1', port: 5005 }],
  ])('listens on %s', (text, expected) => {
    expect(loadConfig({ ALERTREE_LISTEN: text }).listen).toEqual(expected);
  });

  test.each([
    ['48h', 172_800_000],
    ['90s', 90_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    ['1y', 31_536_000_000],
    ['1d12h30m15s500ms', 131_415_500],
    ['0', 0],
    ['0s', 0],
  ])('reads the duration %s as Prometheus does', (text, milliseconds) => {
    expect(loadConfig({ ALERTREE_GROUP_SPAN: text }).route.groupSpanMs).toBe(milliseconds);
  });

  test('keeps nothing for less than two days, or than a group takes members', () => {
    const problem =
      'ALERTREE_RETENTION is too short; write at least 2d, and no less than ALERTREE_GROUP_SPAN';

    expect(problemsOf({ ALERTREE_RETENTION: '0' })).toEqual([problem]);
    expect(problemsOf({ ALERTREE_RETENTION: '47h59m' })).toEqual([problem]);
    expect(problemsOf({ ALERTREE_RETENTION: '6d', ALERTREE_GROUP_SPAN: '1w' })).toEqual([problem]);
    expect(loadConfig({ ALERTREE_RETENTION: '2d' }).retentionMs).toBe(172_800_000);
    expect(loadConfig({ ALERTREE_GROUP_SPAN: '1y' }).retentionMs).toBe(31_536_000_000);
  });

  test('may group by all labels', () => {
    expect(loadConfig({ ALERTREE_GROUP_BY: '...' }).route.groupBy).toEqual(['...']);
  });

  test.each([
    ['ALERTREE_LISTEN', ['localhost', '::1', 'http://localhost:5005', ':65536', ':', '[::g]:1', 'a b:1']],
    ['ALERTREE_TIMEZONE', ['Tokyo', 'Asia/Nowhere']],
    ['ALERTREE_GROUP_BY', [',', '...,alertname']],
    ['ALERTREE_ROOT', ['Alert', 'both']],
    ['ALERTREE_GROUP_SPAN', ['48', '-1h', '1.5h', '30m1h', '101y', 'h']],
    ['ALERTREE_CLOSE_AFTER', ['5 minutes']],
    ['ALERTREE_MAX_CHILDREN', ['1001', '-1', '1e2', '5.5']],
    ['ALERTREE_AUTO_CLOSE', ['true']],
    ['ALERTREE_RETENTION', ['never', '-1d']],
    ['ALERTREE_SUBJECT_LABELS', [', ,']],
    ['ALERTREE_OPEN_READ', ['yes', '1', 'TRUE']],
    ['ALERTREE_LOG_LEVEL', ['trace']],
    ['ALERTREE_LOG_FORMAT', ['text']],
  ])('refuses values of %s that it does not understand, and says what to write', (name, values) => {
    for (const value of values) {
      const problem = expect.stringMatching(new RegExp(`^${name} is ".*"; write .+`));
      expect([value, problemsOf({ [name]: value })]).toEqual([value, [problem]]);
    }
  });

  test('names every problem at once', () => {
    const problems = problemsOf({
      ALERTREE_LISTEN: 'here',
      ALERTREE_CLOSE_AFTER: 'soon',
      REDMINE_PROJECT_ID: 'alerts',
      DATABASE_URL: 'postgres://db',
      ALERTREE_RROT: 'alert',
    });

    expect(problems).toEqual([
      'ALERTREE_LISTEN is "here"; write :5005, 127.0.0.1:5005, [::1]:5005 or 5005',
      'ALERTREE_CLOSE_AFTER is "soon"; write a duration such as 48h, 1h30m, 90s, 2d or 0',
      'REDMINE_PROJECT_ID is set without REDMINE_URL; set that too, or unset it',
      'DATABASE_URL is not supported by this version yet; unset it',
      'ALERTREE_RROT is an unknown variable, did you mean ALERTREE_ROOT?',
    ]);
    expect(new ConfigError(problems).message).toContain(`\n  ${problems.join('\n  ')}`);
  });

  test('quotes a value so that it cannot forge a line, and never in full length', () => {
    const [problem] = problemsOf({ ALERTREE_ROOT: `a\nlevel=error${'x'.repeat(100)}` });

    expect(problem).toBe(`ALERTREE_ROOT is "a\\nlevel=error${'x'.repeat(47)}…"; write alert or summary`);
  });
});

describe('variables that are not read', () => {
  test.each(['ALERTMANAGER_URL', 'DATABASE_URL', 'ALERTREE_CONFIG'])(
    '%s stops the start, because its part is not built yet; its value is not repeated',
    (name) => {
      expect(problemsOf({ [name]: 'hunter2' })).toEqual([
        `${name} is not supported by this version yet; unset it`,
      ]);
    },
  );

  test.each([
    ['ALERTREE_GROUPBY', 'ALERTREE_GROUP_BY'],
    ['alertree_listen', 'ALERTREE_LISTEN'],
    ['REDMINE_ULR', 'REDMINE_URL'],
    ['ALERTMANAGER_RECEIVERS', 'ALERTMANAGER_RECEIVER'],
    ['ALERTREE_PORT', 'ALERTREE_ROOT'],
  ])('%s is taken for a slip of the pen', (name, meant) => {
    expect(problemsOf({ [name]: '5005' })).toEqual([
      `${name} is an unknown variable, did you mean ${meant}?`,
    ]);
  });

  test('those that Kubernetes and Docker set for a neighbouring service are left alone', () => {
    const env = {
      REDMINE_SERVICE_HOST: '10.0.0.1',
      REDMINE_SERVICE_PORT: '80',
      REDMINE_SERVICE_PORT_HTTP: '80',
      REDMINE_PORT: 'tcp://10.0.0.1:80',
      REDMINE_PORT_80_TCP: 'tcp://10.0.0.1:80',
      REDMINE_PORT_80_TCP_ADDR: '10.0.0.1',
      REDMINE_PORT_80_TCP_PROTO: 'tcp',
      ALERTMANAGER_OPERATED_PORT: 'tcp://10.0.0.2:9093',
      ALERTREE_SERVICE_HOST: '10.0.0.3',
    };

    expect(problemsOf(env)).toEqual([]);
  });
});
