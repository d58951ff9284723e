import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ComposeProject } from './support/compose-project.js';
import { eventually } from './support/eventually.js';

/** With an engine, a base image and images still to be made. */
const FROM_NOTHING_MS = 900_000;
const MINUTES_MS = 180_000;

const COMPOSE_FILE = z.object({
  services: z.record(
    z.string(),
    z.object({ ports: z.array(z.object({ host_ip: z.string().optional() })).optional() }),
  ),
});
const LABELS = z.array(z.object({ name: z.string(), value: z.string() }));
const TICKET = z.object({ standing: z.string(), episode: z.object({ labels: LABELS }).nullable() });
const GROUPS = z.object({
  groups: z.array(
    z.object({
      state: z.string(),
      groupLabels: LABELS,
      tickets: z.array(TICKET.extend({ children: z.array(TICKET) })),
    }),
  ),
});

const ISSUES = z.object({
  issues: z.array(z.object({ subject: z.string(), status: z.object({ is_closed: z.boolean() }) })),
});

describe('docker compose up', () => {
  const stack = new ComposeProject('stack.env');
  let url: string;

  beforeAll(async () => {
    await stack.down();
    await stack.up();
    url = `http://${await stack.published('alertree', 5005)}`;
  }, FROM_NOTHING_MS);

  afterAll(() => stack.down(), MINUTES_MS);

  /** What the API tells of the groups of one alert name: state, and the instances with the standing of their tickets. */
  async function groupsOf(alertname: string): Promise<readonly string[]> {
    const answer = await fetch(`${url}/api/v1/ticket-groups`);
    const { groups } = GROUPS.parse(await answer.json());
    return groups
      .filter(({ groupLabels }) => groupLabels.some(({ value }) => value === alertname))
      .map(({ state, tickets }) => {
        const all = tickets.flatMap((root) => [root, ...root.children]);
        const words = all.map(({ standing, episode }) => {
          const instance = episode?.labels.find(({ name }) => name === 'instance');
          return `${instance?.value ?? 'no instance'} ${standing}`;
        });
        return [state, ...words.toSorted()].join(', ');
      });
  }

  /** What stands in Redmine itself of the tickets of one alert name. */
  async function ticketsInRedmine(alertname: string): Promise<readonly string[]> {
    const redmine = `http://${await stack.published('redmine', 3000)}`;
    const answer = await fetch(`${redmine}/issues.json?status_id=*&limit=100`, {
      headers: { 'X-Redmine-API-Key': 'trialkeyofadmin' },
    });
    const { issues } = ISSUES.parse(await answer.json());
    return issues
      .filter(({ subject }) => subject.includes(alertname))
      .map(
        ({ subject, status }) =>
          `${subject.split('instance:')[1]?.split(' ')[0]} ${status.is_closed ? 'closed' : 'open'}`,
      )
      .toSorted();
  }

  it('publishes ports on the loopback address only', async () => {
    const { services } = COMPOSE_FILE.parse(JSON.parse(await stack.compose('config', '--format', 'json')));

    const addresses = Object.values(services).flatMap(({ ports = [] }) => ports.map((port) => port.host_ip));

    expect(addresses).toHaveLength(4);
    expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
  });

  it(
    'opens tickets within a minute when hosts become unhealthy, and closes them when they are well again',
    async () => {
      await stack.exec('target', 'health', 'off', 'web-1', 'web-2');
      const opened = await eventually(
        () => groupsOf('HostUnhealthy'),
        ([group]) => group === 'open, web-1 open, web-2 open',
        60,
      );
      await stack.exec('target', 'health', 'on', 'web-1', 'web-2');
      const closed = await eventually(
        () => groupsOf('HostUnhealthy'),
        ([group]) => group === 'closed, web-1 closed, web-2 closed',
        60,
      );

      expect(opened).toHaveLength(1);
      expect(closed).toHaveLength(1);
      expect(await ticketsInRedmine('HostUnhealthy')).toEqual(['web-1 closed', 'web-2 closed']);
    },
    MINUTES_MS,
  );

  it('takes webhooks from this machine', async () => {
    const body = {
      alerts: [{ status: 'firing', labels: { alertname: 'FromThisMachine', instance: 'here' } }],
    };

    const answer = await fetch(`${url}/webhook?wait=10`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

    expect(answer.status).toBe(200);
    expect(await groupsOf('FromThisMachine')).toEqual(['open, here open']);
  });

  it('runs Alertree without privileges, on a root file system that nobody can write to', async () => {
    expect(await stack.exec('alertree', 'id', '-u')).toBe('10001');
    expect(await stack.exec('alertree', 'grep', 'CapEff', '/proc/1/status')).toMatch(/\t0+$/);
    const asRoot = stack.compose('exec', '-T', '--user=root', 'alertree', 'touch', '/written');
    await expect(asRoot).rejects.toThrow('Read-only file system');
  });

  it(
    'ends Alertree in peace when it is stopped, and keeps what it knows',
    async () => {
      const before = await groupsOf('HostUnhealthy');

      await stack.stop('alertree');
      const exited = await stack.compose('ps', '--all', '--format={{.ExitCode}}', 'alertree');
      await stack.start('alertree');

      // Docker kills what takes too long, which gives another code.
      expect(exited.trim()).toBe('0');
      expect(before).not.toEqual([]);
      expect(await groupsOf('HostUnhealthy')).toEqual(before);
    },
    MINUTES_MS,
  );
});
