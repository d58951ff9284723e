import type { TicketGroupResponse } from '../ticket-groups/ticket-groups.response.js';
import type { EpisodeResponse, NameValueResponse, TicketResponse } from '../ticket-groups/ticket.response.js';
import { episodeFacts, episodeTitle, marksOf } from './episode-view.js';
import { groupHistory } from './group-history.js';
import { html, type Html } from './html.js';
import { badge, remark, type Tone } from './marks.js';
import { shortened } from './shortened.js';
import { ticketItem, ticketName, type MemberView } from './ticket-item.js';
import type { View } from './view.js';
import type { GroupWords } from './words/page-words.js';

/** One group: what is wrong and since when, its tickets as a tree, and what happened to it. */
export function groupSection(group: TicketGroupResponse, view: View): Html {
  const members: MemberView = { ...view, groupLabels: group.groupLabels.map(({ name }) => name) };
  return html`<article id="group-${group.id}" class="group ${toneOf(group)}">
    <h3>${groupTitle(group, view.words.group)}</h3>
    <p class="marks">${groupMarks(group, view.words.group)}</p>
    ${atAGlance(group, view)} ${tree(group, members)} ${withoutTicket(group, members)}
    ${groupFacts(group, view)} ${groupHistory(group, view)}
  </article>`;
}

function groupTitle({ groupLabels, id }: TicketGroupResponse, words: GroupWords): Html {
  const shown = groupLabels.filter(({ value }) => value !== '');
  if (shown.length === 0) return html`${words.unnamed(id)}`;
  const only = shown.length === 1 && shown[0]?.name === 'alertname';
  const text = ({ name, value }: NameValueResponse, index: number): Html =>
    html`${index > 0 ? ', ' : ''}<bdi>${only ? '' : `${name}: `}${value}</bdi>`;
  return html`${shown.map(text)}`;
}

/** A group of which nothing fires any more is no alarm, but while it is open it wants a look. */
function toneOf(group: TicketGroupResponse): Tone {
  if (firingNow(group) > 0 || group.parked) return 'bad';
  return group.state === 'open' ? 'warn' : 'good';
}

/** The group counts a member whose end does not count yet as firing; whoever looks wants to know what fires. */
function firingNow({ counts }: TicketGroupResponse): number {
  return Math.max(0, counts.firing - counts.held);
}

function ticketsOf(group: TicketGroupResponse): readonly TicketResponse[] {
  return group.tickets.flatMap((root) => [root, ...root.children]);
}

function groupMarks(group: TicketGroupResponse, words: GroupWords): readonly Html[] {
  const { counts, parked, state } = group;
  const [firing, held] = [firingNow(group), counts.held];
  const opened = counts.placed - counts.unopened;
  return [
    ...(firing > 0 ? [badge(words.firing(firing), 'bad')] : []),
    ...(held > 0 ? [badge(words.held(held), 'warn')] : []),
    ...(counts.settledButFiring > 0 ? [badge(words.settled(counts.settledButFiring), 'warn')] : []),
    ...(parked ? [badge(words.parked, 'bad')] : []),
    ...(counts.doubtful > 0 ? [badge(words.doubtful(counts.doubtful), 'warn')] : []),
    ...(counts.folded > 0 ? [badge(words.folded(counts.folded), 'warn')] : []),
    badge(words.state[state], state === 'open' ? 'plain' : 'good'),
    ...(opened > 0 ? [badge(words.withTicket(opened), 'plain')] : []),
  ];
}

/** Since when something fires, and where its ticket is. */
function atAGlance(group: TicketGroupResponse, { words, showTime, lasted }: View): Html | null {
  const root = ticketsOf(group).find(({ isRoot, reference }) => isRoot && reference !== null);
  const since = group.firingSince;
  const parts = [
    ...(since === null ? [] : [words.group.firingSince(showTime(since), lasted(since))]),
    ...(root === undefined ? [] : [html`${words.group.root} ${ticketName(root, words.ticket)}`]),
  ];
  return parts.length === 0 ? null : html`<p class="glance">${joined(parts)}</p>`;
}

function groupFacts(group: TicketGroupResponse, { words, showTime }: View): Html {
  const { source, route } = words.group;
  return html`<p class="facts">
    ${joined([
      words.group.opened(showTime(group.openedAt)),
      html`${source} <bdi>${group.source}</bdi>`,
      html`${route} <bdi>${group.route}</bdi>`,
      membership(group, words.group, showTime),
    ])}
  </p>`;
}

function joined(parts: readonly (Html | string)[]): Html {
  return html`${parts.map((part, index) => html`${index > 0 ? ' · ' : ''}${part}`)}`;
}

function membership(
  group: TicketGroupResponse,
  words: GroupWords,
  showTime: View['showTime'],
): Html | string {
  if (group.endedBy !== null) return words.takesNoMore[group.endedBy];
  if (group.acceptsUntil === null) return words.takesWhileFiring;
  return words.takesUntil(showTime(group.acceptsUntil));
}

function tree({ tickets, counts }: TicketGroupResponse, view: MemberView): Html {
  if (tickets.length === 0) return remark(view.words.group.noTicketYet);
  const more = counts.tickets - tickets.reduce((sum, { children }) => sum + 1 + children.length, 0);
  return html`<ul class="tree">
      ${tickets.map((ticket) => ticketItem(ticket, view))}
    </ul>
    ${more > 0 ? remark(view.words.andMore(more)) : null}`;
}

function withoutTicket(
  { episodesWithoutTicket, counts }: TicketGroupResponse,
  view: MemberView,
): Html | null {
  if (episodesWithoutTicket.length === 0) return null;
  const { words } = view;
  const item = (episode: EpisodeResponse): Html =>
    html`<li>
      <p>${episodeTitle(episode, view.groupLabels, words.episode)} ${marksOf(episode, view)}</p>
      ${episodeFacts(episode, view)}
    </li>`;
  const { shown, rest } = shortened(episodesWithoutTicket, words, counts.withoutTicket);
  return html`<details>
    <summary>${words.group.withoutTicket(counts.withoutTicket)}</summary>
    <ul>
      ${shown.map(item)}
    </ul>
    ${rest}
  </details>`;
}
