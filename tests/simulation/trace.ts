import type { TicketChange, TicketDraft } from '../../src/application/ports/ticket-backend.js';
import type { Body } from './alerts.js';
import type { Timeline } from './timeline.js';
import type { TrackerTicket } from './trackers/tracker.js';

/** What happened, in lines that a person can follow. */
export class Trace {
  readonly lines: string[] = [];

  constructor(private readonly timeline: Timeline) {}

  add(line: string): void {
    this.lines.push(`${timeText(this.timeline.now)} ${line}`);
  }

  call(method: string, args: readonly unknown[]): void {
    const [first, second] = args;
    const what = typeof first === 'object' && !Array.isArray(first) ? (first as TicketDraft) : null;
    const said =
      what === null
        ? String(first)
        : `${what.key.slice(-4)} ${what.subject.slice(-24)} under ${what.parentId}`;
    const change = second as TicketChange | undefined;
    this.add(`${method} ${said} ${change?.status ?? ''}${change?.note === undefined ? '' : ' with a note'}`);
  }

  body(body: Body, reception: string): void {
    const facts = body.map(({ alert, status, startsAt, endsAt }) => {
      const until = status === 'firing' ? '' : `-${timeText(endsAt)}`;
      return `${alert.name.slice(0, 4)} ${alert.host} ${status} ${timeText(startsAt)}${until}`;
    });
    this.add(`webhook ${reception}: ${facts.join(', ')}`);
  }

  tickets(tickets: readonly TrackerTicket[]): void {
    for (const { id, parentId, status, key, description, notes } of tickets) {
      const under = parentId === null ? '' : ` under #${parentId}`;
      const title = /instance\W+(\w+)/.exec(description)?.[1] ?? '';
      this.add(`#${id}${under} ${status} key ${key?.slice(-4) ?? 'none'} ${title} ${notes.length} notes`);
    }
  }
}

function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(8, 23);
}
