import type { HistoryResponse, TicketGroupResponse } from '../ticket-groups/ticket-groups.response.js';
import type { EpisodeResponse, NameValueResponse, TicketResponse } from '../ticket-groups/ticket.response.js';
import { episodeFacts, episodeTitle, marksOf } from './episode-view.js';
import { html, type Html } from './html.js';
import { badge, remark } from './marks.js';
import { ticketItem, type TicketView } from './ticket-item.js';
import type { ShowTime } from './zoned-time.js';

/** Lists on the page are cut here, with a count: nobody reads more, and the API has the rest. */
const LINES_SHOWN = 50;

/** One group: its counts, its tickets as a tree, and what happened to it. */
export function groupSection(group: TicketGroupResponse, showTime: ShowTime): Html {
  const view: TicketView = { groupLabels: group.groupLabels.map(({ name }) => name), showTime };
  return html`<article id="group-${group.id}" class="group ${group.state}">
    <h3>${groupTitle(group)}</h3>
    <p class="marks">${badge(group.state, group.state === 'open' ? 'bad' : 'good')} ${groupMarks(group)}</p>
    <p class="facts">
      opened ${showTime(group.openedAt)} · source <bdi>${group.source}</bdi> · route
      <bdi>${group.route}</bdi> · ${membership(group, showTime)}
    </p>
    ${tree(group.tickets, view)} ${withoutTicket(group, view)} ${history(group, showTime)}
  </article>`;
}

function groupTitle({ groupLabels, id }: TicketGroupResponse): Html {
  const shown = groupLabels.filter(({ value }) => value !== '');
  if (shown.length === 0) return html`Group ${id}`;
  const only = shown.length === 1 && shown[0]?.name === 'alertname';
  const text = ({ name, value }: NameValueResponse, index: number): Html =>
    html`${index > 0 ? ', ' : ''}<bdi>${only ? '' : `${name}: `}${value}</bdi>`;
  return html`${shown.map(text)}`;
}

function groupMarks({ counts, parked }: TicketGroupResponse): readonly Html[] {
  return [
    ...(counts.firing > 0 ? [badge(`${counts.firing} firing`, 'bad')] : []),
    badge(`${counts.placed} with a ticket`, 'plain'),
    ...(counts.folded > 0 ? [badge(`${counts.folded} folded`, 'warn')] : []),
    ...(counts.settledButFiring > 0 ? [badge(`${counts.settledButFiring} settled but firing`, 'warn')] : []),
    ...(counts.doubtful > 0 ? [badge(`${counts.doubtful} doubtful`, 'warn')] : []),
    ...(parked ? [badge('parked', 'bad')] : []),
  ];
}

const ENDINGS: Readonly<Record<string, string>> = {
  span: 'its span is over',
  cap: 'it is full',
  over: 'its alerts are over',
  person: 'a person ended it',
  'reopen-refused': 'its root cannot be opened again',
};

function membership(group: TicketGroupResponse, showTime: ShowTime): Html {
  if (group.endedBy !== null) return html`takes no new members: ${ENDINGS[group.endedBy] ?? group.endedBy}`;
  if (group.acceptsUntil === null) return html`takes new members while one fires`;
  return html`takes new members until ${showTime(group.acceptsUntil)}`;
}

function tree(tickets: readonly TicketResponse[], view: TicketView): Html {
  if (tickets.length === 0) return remark('No ticket yet.');
  return html`<ul class="tree">
    ${tickets.map((ticket) => ticketItem(ticket, view))}
  </ul>`;
}

function withoutTicket({ episodesWithoutTicket }: TicketGroupResponse, view: TicketView): Html | null {
  if (episodesWithoutTicket.length === 0) return null;
  const item = (episode: EpisodeResponse): Html =>
    html`<li>
      <p>${episodeTitle(episode, view.groupLabels)} ${marksOf(episode)}</p>
      <p class="facts">${episodeFacts(episode, view.showTime)}</p>
    </li>`;
  return html`<details>
    <summary>Without a ticket of their own: ${episodesWithoutTicket.length}</summary>
    <ul>
      ${episodesWithoutTicket.slice(0, LINES_SHOWN).map(item)}
    </ul>
    ${andMore(episodesWithoutTicket.length)}
  </details>`;
}

function history({ history: events }: TicketGroupResponse, showTime: ShowTime): Html | null {
  if (events.length === 0) return null;
  const line = (event: HistoryResponse): Html =>
    html`<li>${showTime(event.at)} ${event.kind.replaceAll('-', ' ')} <bdi>${event.reason}</bdi></li>`;
  return html`<details>
    <summary>History: ${events.length}</summary>
    <ol class="history" reversed>
      ${events.toReversed().slice(0, LINES_SHOWN).map(line)}
    </ol>
    ${andMore(events.length)}
  </details>`;
}

function andMore(total: number): Html | null {
  return total > LINES_SHOWN ? remark(`and ${total - LINES_SHOWN} more, in the API`) : null;
}
