import type { TicketChange, TicketDraft } from '../../src/application/ports/ticket-backend.js';
import type { Body, Fact } from './alerts.js';
import type { Timeline } from './timeline.js';
import type { TrackerTicket } from './trackers/tracker.js';

/** What happened, in lines that a person can follow. */
export class Trace {
  private readonly entries: { readonly at: number; readonly say: () => string }[] = [];

  constructor(private readonly timeline: Timeline) {}

  get lines(): readonly string[] {
    return this.entries.map(({ at, say }) => `${timeText(at)} ${say()}`);
  }

  /** Most histories are never told: the words are chosen when they are. */
  add(say: () => string): void {
    this.entries.push({ at: this.timeline.now, say });
  }

  call(method: string, args: readonly unknown[]): void {
    this.add(() => callText(method, args));
  }

  body(body: Body, reception: string): void {
    this.add(() => `webhook ${reception}: ${body.map(factText).join(', ')}`);
  }

  tickets(tickets: readonly TrackerTicket[]): void {
    for (const ticket of tickets) this.add(() => ticketText(ticket));
  }
}

function callText(method: string, [first, second]: readonly unknown[]): string {
  const draft = typeof first === 'object' && !Array.isArray(first) ? (first as TicketDraft | null) : null;
  if (draft !== null) return `${method} ${draft.key.slice(-4)} ${draft.subject} under ${draft.parentId}`;
  const change = second as TicketChange | undefined;
  return `${method} ${String(first)} ${change?.status ?? ''}${change?.note === undefined ? '' : ' with a note'}`;
}

function factText({ alert, status, startsAt, endsAt }: Fact): string {
  const until = status === 'firing' ? '' : ` to ${timeText(endsAt)}`;
  return `${alert.name.slice(0, 4)} ${alert.host} ${status} ${timeText(startsAt)}${until}`;
}

function ticketText({ id, parentId, status, key, description, notes }: TrackerTicket): string {
  const under = parentId === null ? '' : ` under #${parentId}`;
  const host = /instance\W+(\w+)/.exec(description)?.[1] ?? '';
  return `#${id}${under} ${status} key ${key?.slice(-4) ?? 'none'} ${host} ${notes.length} notes`;
}

function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(8, 23);
}
