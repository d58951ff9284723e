import type { PostedAlert } from './alertmanager.js';

/** One notification to be recorded: what is posted to bring it about, and what it is known by. */
export interface Recording {
  /** The name of its file. */
  readonly name: string;
  /**
   * One after the other, each when the one before was heard of: an Alertmanager may send the first alert of a group
   * before it has looked at the second. Nothing for what comes by itself.
   */
  readonly post: readonly PostedAlert[];
  readonly alertname: string;
  /** The statuses of its alerts, in the order of the body. */
  readonly statuses: readonly ('firing' | 'resolved')[];
  /** How many alerts it leaves out. */
  readonly truncated?: number;
}

const STARTS_AT = '2026-06-16T02:46:00.123456789Z';
const ENDS_AT = '2026-06-16T03:12:30.5Z';

/** A host that is down, as Prometheus posts it, with what JSON and HTML would like to escape. */
const host = (alertname: string, instance: string, labels: object = {}): PostedAlert => ({
  labels: { alertname, instance, job: 'node', severity: 'critical', ...labels },
  annotations: {
    summary: `${instance} が応答しません`,
    description: 'No answer for <5m> & "counting"\nsee \\\\runbooks\\hosts 🔥',
  },
  startsAt: STARTS_AT,
  generatorURL: 'http://prometheus.example:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1',
});

const over = (alert: PostedAlert): PostedAlert => ({ ...alert, endsAt: ENDS_AT });

const lonely = host('HostDown', 'web-1:9100');
const pair = [host('LinkDown', 'sw-1'), host('LinkDown', 'sw-2', { port: '7' })] as const;
const many = ['db-1', 'db-2', 'db-3'].map((instance) => host('DiskFull', instance));
const site = { site: 'nagoya' };
const cut = [host('PingFailed', 'gw-1', site), host('RouteLost', 'gw-2', site)] as const;

/** Entries, because in a literal `__proto__` would set the prototype. */
const ODD_NAMES = [
  ['__proto__', '汚染'],
  ['constructor', 'Object'],
  ['hasOwnProperty', 'no'],
  ['toString', ''],
  ['_', 'underscore'],
];

/** Not one of them was a label's name before Alertmanager 0.27. */
const UTF8_NAMES = [
  ['サービス名', '受注'],
  ['service.name', 'orders'],
  ['k8s/pod name', 'orders-7'],
  ['quote"d', 'a'],
  ['🔥', 'hot'],
];

/** In this order: later ones go on with the alerts of the ones before. */
export const RECORDINGS: readonly Recording[] = [
  { name: 'firing', post: [lonely], alertname: 'HostDown', statuses: ['firing'] },
  { name: 'repeat', post: [], alertname: 'HostDown', statuses: ['firing'] },
  { name: 'resolved', post: [over(lonely)], alertname: 'HostDown', statuses: ['resolved'] },
  { name: 'group', post: pair, alertname: 'LinkDown', statuses: ['firing', 'firing'] },
  { name: 'mixed', post: [over(pair[0])], alertname: 'LinkDown', statuses: ['resolved', 'firing'] },
  { name: 'truncated', post: many, alertname: 'DiskFull', statuses: ['firing', 'firing'], truncated: 1 },
  { name: 'two-names', post: cut, alertname: 'PingFailed', statuses: ['firing', 'firing'] },
  {
    name: 'odd-names',
    post: [host('OddNames', 'web-1:9100', Object.fromEntries(ODD_NAMES) as object)],
    alertname: 'OddNames',
    statuses: ['firing'],
  },
  {
    name: 'utf8-names',
    post: [host('Utf8Names', 'web-1:9100', Object.fromEntries(UTF8_NAMES) as object)],
    alertname: 'Utf8Names',
    statuses: ['firing'],
  },
];
