import type { NoteResponse, TicketResponse } from '../ticket-groups/ticket.response.js';
import { alertDetails, episodeFacts, episodeTitle, marksOf } from './episode-view.js';
import { html, type Html } from './html.js';
import { badge, remark, type Tone } from './marks.js';
import type { ShowTime } from './zoned-time.js';

export interface TicketView {
  /** Names of the labels that all members share: they need no repeating. */
  readonly groupLabels: readonly string[];
  readonly showTime: ShowTime;
}

/** One ticket with what is known of it, and its children below it. */
export function ticketItem(ticket: TicketResponse, view: TicketView): Html {
  const { episode } = ticket;
  return html`<li>
    <p>
      <strong>${ticket.reference === null ? 'No id yet' : html`<bdi>#${ticket.reference}</bdi>`}</strong>
      ${statusMark(ticket)} ${episode === null ? 'Common root' : episodeTitle(episode, view.groupLabels)}
      ${episode === null ? null : marksOf(episode)}
    </p>
    ${episode === null ? null : html`<p class="facts">${episodeFacts(episode, view.showTime)}</p>`}
    ${remarksOf(ticket)} ${more(ticket, view)} ${children(ticket, view)}
  </li>`;
}

function children(ticket: TicketResponse, view: TicketView): Html | null {
  if (ticket.children.length === 0) return null;
  return html`<ul>
    ${ticket.children.map((child) => ticketItem(child, view))}
  </ul>`;
}

function statusMark(ticket: TicketResponse): Html {
  const [text, tone] = statusOf(ticket);
  return badge(text, tone);
}

/** How the ticket stands, and what it is on its way to. */
function statusOf(ticket: TicketResponse): readonly [text: string, tone: Tone] {
  if (ticket.seen === 'missing') return ['no longer there', 'warn'];
  if (ticket.seen === 'foreign') return ['taken over by a person', 'warn'];
  if (ticket.standing === 'absent')
    return ticket.wanted === 'open' ? ['to be opened', 'warn'] : ['not sent', 'plain'];
  if (ticket.standing === 'closed')
    return isOnTheWay(ticket) ? ['closed, to be reopened', 'warn'] : ['closed', 'good'];
  if (isOnTheWay(ticket)) return ['open, to be closed', 'warn'];
  return [ticket.seen === 'resolved' ? 'open, resolved by a person' : 'open', 'bad'];
}

function isOnTheWay(ticket: TicketResponse): boolean {
  return ticket.wanted !== 'none' && ticket.wanted !== ticket.standing && !ticket.decidedByPerson;
}

function remarksOf(ticket: TicketResponse): readonly Html[] {
  const { parked, refused } = ticket;
  const verb = refused?.status === 'closed' ? 'close' : 'open';
  return [
    ...(parked === null ? [] : [remark(`Parked: ${parked.reason} ${parked.remedy}`.trimEnd())]),
    ...(refused === null ? [] : [remark(`The tracker did not ${verb} it: ${causesText(refused.causes)}`)]),
    ...(ticket.decidedByPerson ? [remark('A person decided about this ticket.')] : []),
  ];
}

function causesText(causes: readonly string[] | null): string {
  if (causes === null) return 'it is being asked why.';
  return causes.length === 0 ? 'the cause is not known.' : causes.join('; ');
}

function more(ticket: TicketResponse, view: TicketView): Html | null {
  const { episode, notes } = ticket;
  if (episode === null && notes.length === 0) return null;
  const title = notes.length === 0 ? 'Labels' : `Labels, notes (${notes.length})`;
  return html`<details>
    <summary>${episode === null ? `Notes (${notes.length})` : title}</summary>
    ${episode === null ? null : alertDetails(episode)} ${noteList(notes, view.showTime)}
  </details>`;
}

function noteList(notes: readonly NoteResponse[], showTime: ShowTime): Html | null {
  if (notes.length === 0) return null;
  const item = (note: NoteResponse): Html =>
    html`<li>
      ${showTime(note.createdAt)}
      ${note.kind.replaceAll('-', ' ')}${note.state === 'sent' ? '' : `, ${note.state}`}
      ${note.text === null ? null : html`<blockquote><bdi>${note.text}</bdi></blockquote>`}
    </li>`;
  return html`<ol class="notes">
    ${notes.map(item)}
  </ol>`;
}
