import type { HistoryResponse, TicketGroupResponse } from '../ticket-groups/ticket-groups.response.js';
import type { TicketResponse } from '../ticket-groups/ticket.response.js';
import { html, type Html } from './html.js';
import { inEnglish } from './marks.js';
import { shortened } from './shortened.js';
import { ticketName } from './ticket-item.js';
import type { View } from './view.js';
import type { PageWords } from './words/page-words.js';

/** What happened to the group, newest first. */
export function groupHistory(group: TicketGroupResponse, view: View): Html | null {
  if (group.history.length === 0) return null;
  const { words, showTime } = view;
  const tickets = new Map(
    group.tickets.flatMap((root) => [root, ...root.children]).map((one) => [one.key, one]),
  );
  const line = (event: HistoryResponse): Html =>
    html`<li>
      ${showTime(event.at)} ${words.history.event[event.kind]}
      ${named(tickets.get(event.ticket ?? ''), words)} ${reasonOf(event, words)}
    </li>`;
  const { shown, rest } = shortened(group.history.toReversed(), words);
  return html`<details>
    <summary>${words.history.title(group.history.length)}</summary>
    <ol class="history" reversed>
      ${shown.map(line)}
    </ol>
    ${rest}
  </details>`;
}

function named(ticket: TicketResponse | undefined, words: PageWords): Html | null {
  return ticket === undefined || ticket.reference === null ? null : ticketName(ticket, words.ticket);
}

/** A reason that is one of ours is said in the reader's language, others as they came. */
function reasonOf({ kind, reason }: HistoryResponse, words: PageWords): Html | string | null {
  // A ticket that was opened is named already.
  if (reason === null || kind === 'ticket-opened') return null;
  const known =
    kind === 'person-decided'
      ? words.history.decision
      : kind === 'membership-ended'
        ? words.group.takesNoMore
        : {};
  const found = new Map<string, string>(Object.entries(known)).get(reason);
  return found ?? inEnglish(reason);
}
