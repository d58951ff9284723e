import { Registry } from 'prom-client';
import { TicketBackendError } from '../../../../src/application/ports/ticket-backend-error.js';
import { BackendMetrics } from '../../../../src/infrastructure/metrics/backend-metrics.js';
import { MeasuredTicketBackend } from '../../../../src/infrastructure/metrics/measured-ticket-backend.js';
import type { DecideFault } from '../../../support/in-memory-ticket-backend/fault.js';
import { InMemoryTicketBackend } from '../../../support/in-memory-ticket-backend/in-memory-ticket-backend.js';
import { counted } from '../../../support/metrics-text.js';

const DRAFT = { key: 'a'.repeat(32), alertId: '-', subject: 'S', description: [], parentId: null };

function measured(fault: DecideFault = () => null) {
  const registry = new Registry();
  const inner = new InMemoryTicketBackend({ fault });
  const backend = new MeasuredTicketBackend(inner, new BackendMetrics(registry, 'fake'));
  const requests = async () => {
    const series = Object.entries(counted(await registry.metrics()));
    return Object.fromEntries(
      series.flatMap(([name, value]) => {
        const [, operation, outcome] =
          /_total\{backend="fake",operation="(\w+)",outcome="(.+)"\}/.exec(name) ?? [];
        return operation === undefined ? [] : [[`${operation} ${outcome}`, value]];
      }),
    );
  };
  return { backend, inner, registry, requests };
}

describe('a measured ticket backend', () => {
  it('answers as the one behind it does, and counts each call', async () => {
    const { backend, inner, requests } = measured();

    const { id } = await backend.open(DRAFT);
    const copy = await backend.open({ ...DRAFT, key: 'b'.repeat(32) });
    await backend.update(id, { note: [{ kind: 'marker', text: 'note 1' }] });
    await backend.markDuplicate(copy.id, id);
    expect((await backend.fetchMany([id, '99'])).get('99')).toBe('missing');
    expect(await backend.obstaclesTo(id, 'closed')).toEqual(await inner.obstaclesTo(id, 'closed'));
    expect(await backend.notesOf(id)).toEqual(await inner.notesOf(id));
    expect(await backend.findByKey(DRAFT.key)).toEqual(await inner.findByKey(DRAFT.key));
    expect(await backend.findOurs(null, 'everywhere')).toEqual(await inner.findOurs(null));
    expect(await backend.changedSince(null)).toEqual(await inner.changedSince(null));
    expect(await backend.probe()).toEqual([]);

    expect([backend.instance, backend.lateCommitMs]).toEqual([inner.instance, inner.lateCommitMs]);
    expect(await requests()).toEqual({
      'open ok': 2,
      'update ok': 1,
      'mark_duplicate ok': 1,
      'fetch_many ok': 1,
      'obstacles_to ok': 1,
      'notes_of ok': 1,
      'find_by_key ok': 1,
      'find_ours ok': 1,
      'changed_since ok': 1,
      'probe ok': 1,
    });
  });

  it('counts a failure under its reason, and throws it on', async () => {
    const error = new TicketBackendError('no', { reason: 'rate-limited', retryable: true, effect: 'none' });
    const { backend, requests, registry } = measured(() => ({ kind: 'error', error }));

    await expect(backend.open(DRAFT)).rejects.toBe(error);

    expect(await requests()).toEqual({ 'open rate-limited': 1 });
    expect(counted(await registry.metrics())).toMatchObject({
      'alertree_backend_request_duration_seconds_count{backend="fake",operation="open"}': 1,
    });
  });

  it('counts anything else that is thrown as a defect', async () => {
    const { backend, requests } = measured(() => {
      throw new TypeError('ours');
    });

    await expect(backend.findOurs(null, 'everywhere')).rejects.toThrow('ours');

    expect(await requests()).toEqual({ 'find_ours defect': 1 });
  });
});
