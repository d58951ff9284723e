import { jest } from '@jest/globals';
import { startAlertmanagerPair } from '../support/alertmanager/alertmanager-pair.js';
import type { Alertmanager, PostedAlert } from '../support/alertmanager/alertmanager.js';
import { Gate } from '../support/alertmanager/gate.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';
import { untilTrue } from '../support/app/until.js';

const NAME = 'Server ICMP-Check';
const STARTS_AT = '2026-06-16T11:46:00+09:00';

jest.setTimeout(120_000);

const alert = (instance: string): PostedAlert => ({
  labels: { alertname: NAME, instance },
  startsAt: STARTS_AT,
});

/** The same alert, over as of now. */
const over = (posted: PostedAlert): PostedAlert => ({ ...posted, endsAt: new Date().toISOString() });

const line = (instance: string, status: string) =>
  `[Alert] ${NAME} instance:${instance} (6/16 11:46) ${status}`;

/** An Alertmanager of a pair, and what stands between it and Alertree. */
interface Peer {
  readonly alertmanager: Alertmanager;
  readonly gate: Gate;
}

describe('a pair of real Alertmanagers, both of which deliver', () => {
  let app: RunningApp;
  let peers: readonly [Peer, Peer];
  const running: { dispose(): Promise<void> }[] = [];
  const started = <T extends { dispose(): Promise<void> }>(one: T): T => {
    running.unshift(one);
    return one;
  };
  beforeEach(async () => {
    app = started(await startApp());
    const [one, other] = [
      started(await Gate.before(`${app.baseUrl}/webhook`)),
      started(await Gate.before(`${app.baseUrl}/webhook`)),
    ];
    const pair = await startAlertmanagerPair([one.url, other.url], 'team.ops');
    pair.forEach(started);
    peers = [
      { alertmanager: pair[0], gate: one },
      { alertmanager: pair[1], gate: other },
    ];
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.dispose();
  });

  /** To both, as Prometheus does: they do not tell each other of alerts. */
  const post = (...alerts: readonly PostedAlert[]) =>
    Promise.all(peers.map(({ alertmanager }) => alertmanager.post(...alerts)));

  /** Resolves, once it is called, when something of each peer's gate has grown since. */
  function eachGrows(what: string, countOf: (gate: Gate) => number): () => Promise<void> {
    const before = peers.map(({ gate }) => countOf(gate));
    return () =>
      untilTrue(what, () => peers.every(({ gate }, index) => countOf(gate) > (before[index] ?? 0)));
  }

  /**
   * Has the next notification of each wait for that of the other. The one that sends first has no answer yet when the
   * other has waited for the peer time-out, and so the other sends a copy. Both are then passed on at once.
   */
  async function bothDeliver(work: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    for (const { gate } of peers) gate.shut();
    const bothHaveSent = eachGrows('each has sent a copy', (gate) => gate.arrived);
    const bothAreAnswered = eachGrows('each copy is answered', (gate) => gate.answers.length);
    await work();
    await bothHaveSent();
    for (const { gate } of peers) gate.open();
    await bothAreAnswered();
    await app.quiet();
  }

  /** Has the peer that sends first wait for its answer, and leaves the other free to send a copy. */
  async function firstIsHeldUp(): Promise<{ readonly first: Peer; readonly second: Peer }> {
    const [one, other] = peers;
    for (const { gate } of peers) gate.shut();
    await post(alert('A'));
    await untilTrue('one has sent a copy', () => one.gate.arrived + other.gate.arrived > 0);
    const [first, second] = one.gate.arrived > 0 ? [one, other] : [other, one];
    second.gate.open();
    await app.treeBecomes(line('A', 'open'));
    expect(first.gate.answers).toEqual([]);
    return { first, second };
  }

  test('sees a ticket made once, kept quiet and closed once, though each copy comes as the other does', async () => {
    await bothDeliver(() => post(alert('A')));
    expect(app.tree()).toEqual([line('A', 'open')]);
    await bothDeliver(() => post(alert('B')));
    await app.treeBecomes(line('A', 'open'), `└─ ${line('B', 'open')}`);

    const known = { revision: app.store.trackerRevision(), tickets: app.tickets() };
    for (let repeat = 0; repeat < 5; repeat += 1) await bothDeliver();
    expect(app.store.trackerRevision()).toBe(known.revision);
    expect(app.tickets()).toEqual(known.tickets);

    await bothDeliver(() => post(over(alert('A')), over(alert('B'))));
    await app.treeBecomes(line('A', 'closed'), `└─ ${line('B', 'closed')}`);
    await app.quiet();
    expect(app.tickets().map(({ notes }) => notes.length)).toEqual([1, 1]);
    for (const { gate } of peers) {
      expect(gate.answers.length).toBeGreaterThanOrEqual(8);
      expect(new Set(gate.answers)).toEqual(new Set([200]));
    }
  });

  test('may have a copy come long after the other: nothing is written for it', async () => {
    const { first } = await firstIsHeldUp();
    await app.quiet();
    const known = { revision: app.store.trackerRevision(), tickets: app.tickets() };

    first.gate.open();

    await untilTrue('the late copy is answered', () => first.gate.answers.length > 0);
    await app.quiet();
    expect(first.gate.answers[0]).toBe(200);
    expect(app.store.trackerRevision()).toBe(known.revision);
    expect(app.tickets()).toEqual(known.tickets);
  });

  test('may have a copy come after the end: what it opens is closed again by its own sender', async () => {
    const { first } = await firstIsHeldUp();
    await post(over(alert('A')));
    await app.treeBecomes(line('A', 'closed'));

    first.gate.open();

    await untilTrue('the late copy and the end after it are answered', () => first.gate.answers.length > 1);
    await app.quiet();
    expect(app.tickets().map(({ status }) => status)).not.toContain('open');
  });

  test('loses one in the middle of a delivery, and the other goes on', async () => {
    const { first, second } = await firstIsHeldUp();

    await first.alertmanager.kill();
    first.gate.open(); // what it sent last still arrives

    await second.alertmanager.post(alert('A'), alert('B'));
    await app.treeBecomes(line('A', 'open'), `└─ ${line('B', 'open')}`);
    await untilTrue('the last copy of the dead one is answered', () => first.gate.answers.length > 0);
    await app.quiet();
    const revision = app.store.trackerRevision();
    const answered = second.gate.answers.length;
    await untilTrue('two repeats are answered', () => second.gate.answers.length >= answered + 2);
    await app.quiet();
    expect(app.store.trackerRevision()).toBe(revision);
    await second.alertmanager.post(over(alert('A')), over(alert('B')));
    await app.treeBecomes(line('A', 'closed'), `└─ ${line('B', 'closed')}`);
  });
});
