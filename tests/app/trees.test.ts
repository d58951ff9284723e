import { bodyOf, firing, on, resolved } from '../support/app/bodies.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';

const MINUTE = 60_000;
const PING = 'Server ICMP-Check';
const MEMORY = 'HostMemoryUsageHigh-Usage90%';

describe('the tree of tickets, grown through HTTP', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.dispose());

  test('has one host under its own first ticket, however often it fails', async () => {
    const firings = ['11:23', '12:27', '14:08', '15:13'];
    for (const [index, time] of firings.entries()) {
      if (index > 0) await app.pass(65 * MINUTE);
      await app.hear(bodyOf(firing(PING, 'hoge', on(17, time))));
      if (index === 3) break;
      await app.hear(bodyOf(resolved(PING, 'hoge', on(17, time.replace(/.$/, '9')), on(17, time))));
      expect(app.tickets().every((ticket) => ticket.status === 'closed')).toBe(true);
    }

    expect(app.tree()).toEqual([
      '[Alert] Server ICMP-Check instance:hoge (6/17 11:23) open',
      '├─ [Alert] Server ICMP-Check instance:hoge (6/17 12:27) closed',
      '├─ [Alert] Server ICMP-Check instance:hoge (6/17 14:08) closed',
      '└─ [Alert] Server ICMP-Check instance:hoge (6/17 15:13) open',
    ]);
    expect(app.tickets()[0]?.notes.filter((note) => note.startsWith('Reopened'))).toHaveLength(3);
  });

  test('has many hosts under the first of them, the same one again too', async () => {
    await app.hear(bodyOf(firing(MEMORY, 'B'), firing(MEMORY, 'A')));
    await app.hear(bodyOf(resolved(MEMORY, 'A', on(16, '11:49'))));
    await app.hear(bodyOf(firing(MEMORY, 'B'), firing(MEMORY, 'D', on(16, '11:51'))));
    await app.hear(bodyOf(firing(MEMORY, 'A', on(16, '11:51')), firing(MEMORY, 'D', on(16, '11:51'))));
    await app.hear(bodyOf(firing(MEMORY, 'C', on(16, '15:12'))));

    expect(app.tree()).toEqual([
      '[Alert] HostMemoryUsageHigh-Usage90% instance:A (6/16 11:46) open',
      '├─ [Alert] HostMemoryUsageHigh-Usage90% instance:B (6/16 11:46) open',
      '├─ [Alert] HostMemoryUsageHigh-Usage90% instance:D (6/16 11:51) open',
      '├─ [Alert] HostMemoryUsageHigh-Usage90% instance:A (6/16 11:51) open',
      '└─ [Alert] HostMemoryUsageHigh-Usage90% instance:C (6/16 15:12) open',
    ]);
    expect(app.tickets()[0]?.notes).toHaveLength(1);
  });

  test('is closed as a whole, each ticket with a note, when all of it is over', async () => {
    const hosts = ['A', 'B', 'C'];
    await app.hear(bodyOf(...hosts.map((host) => firing(MEMORY, host))));

    await app.hear(bodyOf(...hosts.map((host) => resolved(MEMORY, host, on(16, '12:00')))));

    expect(app.tree().map((line) => line.replace(/.*instance:/, ''))).toEqual([
      'A (6/16 11:46) closed',
      'B (6/16 11:46) closed',
      'C (6/16 11:46) closed',
    ]);
    expect(app.tickets().map((ticket) => ticket.notes.length)).toEqual([1, 1, 1]);
  });

  test('has a common root that is nobody’s alert where that is asked for', async () => {
    await app.dispose();
    app = await startApp({ ALERTREE_ROOT: 'summary' });

    await app.hear(bodyOf(firing(MEMORY, 'A'), firing(MEMORY, 'B')));

    expect(app.tree()).toEqual([
      '[Alert] HostMemoryUsageHigh-Usage90% (6/16 11:46) open',
      '├─ [Alert] HostMemoryUsageHigh-Usage90% instance:A (6/16 11:46) open',
      '└─ [Alert] HostMemoryUsageHigh-Usage90% instance:B (6/16 11:46) open',
    ]);
  });

  test('closes host1 and leaves host19 alone', async () => {
    await app.hear(bodyOf(firing(MEMORY, 'host0'), firing(MEMORY, 'host1'), firing(MEMORY, 'host19')));

    await app.hear(bodyOf(resolved(MEMORY, 'host1', on(16, '12:00'))));

    expect(app.tree()).toEqual([
      '[Alert] HostMemoryUsageHigh-Usage90% instance:host0 (6/16 11:46) open',
      '├─ [Alert] HostMemoryUsageHigh-Usage90% instance:host1 (6/16 11:46) closed',
      '└─ [Alert] HostMemoryUsageHigh-Usage90% instance:host19 (6/16 11:46) open',
    ]);
    expect(app.tickets()[2]?.notes).toEqual([]);
  });

  test('keeps what two sources send apart', async () => {
    const body = bodyOf(firing(MEMORY, 'A'));

    await app.post('/webhook/tokyo?wait=10', body).expect(200);
    await app.post('/webhook/osaka?wait=10', body).expect(200);

    expect(app.tree()).toEqual([
      '[Alert] HostMemoryUsageHigh-Usage90% instance:A (6/16 11:46) open',
      '[Alert] HostMemoryUsageHigh-Usage90% instance:A (6/16 11:46) open',
    ]);
  });
});
