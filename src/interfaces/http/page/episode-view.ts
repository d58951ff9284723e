import type { EpisodeResponse, NameValueResponse } from '../ticket-groups/ticket.response.js';
import { html, type Html } from './html.js';
import { badge } from './marks.js';
import type { ShowTime } from './zoned-time.js';

const LABELS_IN_TITLE = 3;

/** The alert's name and the first labels that tell it from the other members of its group. */
export function episodeTitle(episode: EpisodeResponse, groupLabels: readonly string[]): Html {
  const telling = episode.labels.filter((label) => !isName(label) && !groupLabels.includes(label.name));
  const labels = telling.length > 0 ? telling : episode.labels.filter((label) => !isName(label));
  const texts = labels.slice(0, LABELS_IN_TITLE).map(({ name, value }) => html` <bdi>${name}:${value}</bdi>`);
  return html`<bdi>${episode.labels.find(isName)?.value ?? 'Alert without a name'}</bdi>${texts}`;
}

function isName({ name }: NameValueResponse): boolean {
  return name === 'alertname';
}

/** What is special about it. */
export function marksOf(episode: EpisodeResponse): readonly Html[] {
  return [
    ...stateMark(episode),
    ...(episode.doubtful && episode.state !== 'ended' ? [badge('doubtful: may be a late copy', 'warn')] : []),
    ...(episode.folded ? [badge('folded', 'plain')] : []),
    ...(episode.firings > 1 ? [badge(`fired ${episode.firings} times`, 'plain')] : []),
  ];
}

function stateMark({ state }: EpisodeResponse): readonly Html[] {
  if (state === 'firing') return [badge('firing', 'bad')];
  if (state === 'held') return [badge('ended, held open', 'warn')];
  if (state === 'settled') return [badge('settled but firing', 'warn')];
  return [];
}

/** When it began and ended. */
export function episodeFacts(episode: EpisodeResponse, showTime: ShowTime): Html {
  return episode.endsAt === null
    ? html`since ${showTime(episode.startsAt)}`
    : html`${showTime(episode.startsAt)} to ${showTime(episode.endsAt)}`;
}

/** Everything that came with the alert. */
export function alertDetails(episode: EpisodeResponse): Html {
  return html`<dl>${[...episode.labels, ...episode.annotations].map(detailRow)}</dl>
    ${sourceLink(episode.generatorUrl)}`;
}

function detailRow({ name, value }: NameValueResponse): Html {
  return html`<div>
    <dt><bdi>${name}</bdi></dt>
    <dd><bdi>${value}</bdi></dd>
  </div>`;
}

/** Only a web address becomes a link: `javascript:` and its kind stay out. */
function sourceLink(address: string | null): Html | null {
  const url = address === null ? null : URL.parse(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  return html`<p><a href="${url.href}" rel="noreferrer noopener">Where the alert comes from</a></p>`;
}
