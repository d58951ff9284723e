import type { NoteResponse, TicketResponse } from '../ticket-groups/ticket.response.js';
import { alertDetails, episodeFacts, episodeSummary, episodeTitle, marksOf } from './episode-view.js';
import { html, type Html } from './html.js';
import { badge, inEnglish, linkTo, remark, type Tone } from './marks.js';
import type { View } from './view.js';
import type { TicketStanding, TicketWords } from './words/page-words.js';

/** A reader's view of the members of one group. */
export interface MemberView extends View {
  /** Names of the labels that all members share: they need no repeating. */
  readonly groupLabels: readonly string[];
}

/** One ticket with what is known of it, and its children below it. */
export function ticketItem(ticket: TicketResponse, view: MemberView): Html {
  const { episode } = ticket;
  const { words } = view;
  return html`<li id="ticket-${ticket.key}">
    <p>
      <strong>${ticketName(ticket, words.ticket)}</strong> ${statusMark(ticket, words.ticket)}
      ${titleOf(ticket, view)}
    </p>
    ${episode === null ? null : [episodeSummary(episode), episodeFacts(episode, view)]}
    ${remarksOf(ticket, words.ticket)} ${more(ticket, view)} ${children(ticket, view)}
  </li>`;
}

function titleOf({ episode, isCommon }: TicketResponse, view: MemberView): Html | string {
  const { words, groupLabels } = view;
  if (episode === null) return isCommon ? words.ticket.commonRoot : '';
  return html`${episodeTitle(episode, groupLabels, words.episode)} ${marksOf(episode, view)}`;
}

/** Its number, as a link to where it is when a browser can go there. */
export function ticketName({ reference, url }: TicketResponse, words: TicketWords): Html {
  if (reference === null) return html`${words.noId}`;
  const number = html`<bdi>#${reference}</bdi>`;
  return linkTo(url, number) ?? number;
}

function children(ticket: TicketResponse, view: MemberView): Html | null {
  if (ticket.children.length === 0) return null;
  return html`<ul>
    ${ticket.children.map((child) => ticketItem(child, view))}
  </ul>`;
}

/** An open ticket is no alarm by itself: what fires is, and says so. */
const TONES: Readonly<Record<TicketStanding, Tone>> = {
  open: 'plain',
  resolved: 'plain',
  closed: 'good',
  missing: 'warn',
  foreign: 'warn',
  toOpen: 'warn',
  notSent: 'plain',
  toReopen: 'warn',
  toClose: 'warn',
};

function statusMark(ticket: TicketResponse, words: TicketWords): Html {
  const standing = standingOf(ticket);
  return badge(words.standing[standing], TONES[standing]);
}

/** How the ticket stands, and what it is on its way to. */
function standingOf(ticket: TicketResponse): TicketStanding {
  if (ticket.seen === 'missing' || ticket.seen === 'foreign') return ticket.seen;
  if (ticket.standing === 'absent') return ticket.wanted === 'none' ? 'notSent' : 'toOpen';
  if (ticket.standing === 'closed') return isOnTheWay(ticket) ? 'toReopen' : 'closed';
  if (isOnTheWay(ticket)) return 'toClose';
  return ticket.seen === 'resolved' ? 'resolved' : 'open';
}

function isOnTheWay(ticket: TicketResponse): boolean {
  return ticket.wanted !== 'none' && ticket.wanted !== ticket.standing && !ticket.decidedByPerson;
}

function remarksOf(ticket: TicketResponse, words: TicketWords): readonly Html[] {
  const { parked, refused } = ticket;
  const attempt = refused?.status === 'closed' ? words.notClosed : words.notOpened;
  return [
    ...(parked === null ? [] : [remark(html`${words.parked} ${inEnglish(parkingText(parked))}`)]),
    ...(refused === null ? [] : [remark(html`${attempt} ${causesText(refused.causes, words)}`)]),
    ...(ticket.decidedByPerson ? [remark(words.decidedByPerson)] : []),
  ];
}

/** Why it cannot be delivered, and what to do. */
function parkingText({ reason, remedy }: NonNullable<TicketResponse['parked']>): string {
  return `${reason} ${remedy}`.trim();
}

function causesText(causes: readonly string[] | null, words: TicketWords): Html | string {
  if (causes === null) return words.beingAsked;
  return causes.length === 0 ? words.causeUnknown : inEnglish(causes.join('; '));
}

function more(ticket: TicketResponse, view: MemberView): Html | null {
  const { episode, notes } = ticket;
  const words = view.words.ticket;
  if (episode === null && notes.length === 0) return null;
  const title = notes.length === 0 ? words.labels : words.labelsAndNotes(notes.length);
  return html`<details>
    <summary>${episode === null ? words.notes(notes.length) : title}</summary>
    ${episode === null ? null : alertDetails(episode)} ${noteList(notes, view)}
  </details>`;
}

function noteList(notes: readonly NoteResponse[], { words, showTime }: View): Html | null {
  if (notes.length === 0) return null;
  const item = ({ kind, state, createdAt, text }: NoteResponse): Html =>
    html`<li>
      ${showTime(createdAt)}
      ${words.ticket.note[kind]}${state === 'sent' ? '' : `, ${words.ticket.noteState[state]}`}
      ${text === null ? null : html`<blockquote><bdi>${text}</bdi></blockquote>`}
    </li>`;
  return html`<ol class="notes">
    ${notes.map(item)}
  </ol>`;
}
