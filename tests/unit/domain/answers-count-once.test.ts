import { createHash } from 'node:crypto';
import { newAlertRecord } from '../../../src/domain/alert/alert-record.js';
import { Alert } from '../../../src/domain/alert/alert.js';
import { DEFAULT_ROUTE } from '../../../src/domain/route/route-settings.js';
import { TicketGroup } from '../../../src/domain/ticket-group/ticket-group.js';
import { BEGINNING, firing } from '../../support/builders/alerts.js';

let last = 0;
const moment = { now: BEGINNING, newId: () => String((last += 1)).padStart(32, '0') };
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** A group whose one ticket is being created; gives the number of that write. */
function creating(): { group: TicketGroup; ticketKey: string; writeNumber: number } {
  const given = {
    groupKey: 'k',
    instance: 'i',
    openedAt: 0,
    acceptsUntil: null,
    summary: false,
    previousGroupId: null,
  };
  const group = TicketGroup.open({ id: 'g', ...given }, moment);
  const alert = new Alert(firing('A'), BEGINNING, hash);
  group.join(alert, { record: newAlertRecord(alert.id, alert.keyText), settings: DEFAULT_ROUTE }, moment);
  group.decide(moment);
  const action = group.nextAction(BEGINNING);
  if (action?.kind !== 'open') throw new Error('A new group opens its root first.');
  return { group, ticketKey: action.ticketKey, writeNumber: group.intend(action, moment) };
}

function opened(ticketKey: string, writeNumber: number) {
  const observation = { status: 'open', key: ticketKey, changedAt: '1' } as const;
  return { kind: 'opened', write: { ticketKey, writeNumber }, reference: '7', observation } as const;
}

function closed(ticketKey: string, writeNumber: number) {
  const observation = { status: 'closed', key: ticketKey, changedAt: '2' } as const;
  return { kind: 'observed', reads: [{ ticketKey, writeNumber, observation }] } as const;
}

describe('an answer of the backend', () => {
  it('counts under the number of its write', () => {
    const { group, ticketKey, writeNumber } = creating();

    group.answered(opened(ticketKey, writeNumber), moment);

    expect(group.ticket(ticketKey)).toMatchObject({ reference: '7', seen: 'open', intent: null });
  });

  it('does not count under any other number', () => {
    const { group, ticketKey, writeNumber } = creating();

    group.answered(opened(ticketKey, writeNumber - 1), moment);
    group.answered(opened(ticketKey, writeNumber + 1), moment);

    expect(group.ticket(ticketKey)?.reference).toBeNull();
  });

  it('does not count a second time', () => {
    const { group, ticketKey, writeNumber } = creating();
    group.answered(opened(ticketKey, writeNumber), moment);

    group.answered({ ...opened(ticketKey, writeNumber), reference: '8' }, moment);

    expect(group.ticket(ticketKey)?.reference).toBe('7');
  });
});

describe('what was read', () => {
  it('counts when nothing was written since', () => {
    const { group, ticketKey, writeNumber } = creating();
    group.answered(opened(ticketKey, writeNumber), moment);

    group.answered(closed(ticketKey, writeNumber), moment);

    expect(group.ticket(ticketKey)).toMatchObject({ seen: 'closed', personal: true });
  });

  it('does not count when it was read before the last write', () => {
    const { group, ticketKey, writeNumber } = creating();
    group.answered(opened(ticketKey, writeNumber), moment);

    group.answered(closed(ticketKey, writeNumber - 1), moment);

    expect(group.ticket(ticketKey)).toMatchObject({ seen: 'open', personal: false });
  });

  it('does not count while a write is unanswered', () => {
    const { group, ticketKey, writeNumber } = creating();

    group.answered(closed(ticketKey, writeNumber), moment);

    expect(group.ticket(ticketKey)?.seen).toBe('absent');
  });
});
