import type { EpisodeResponse, NameValueResponse } from '../ticket-groups/ticket.response.js';
import { html, type Html } from './html.js';
import { badge, linkTo } from './marks.js';
import type { View } from './view.js';
import type { EpisodeWords } from './words/page-words.js';

const LABELS_IN_TITLE = 3;
const LONGEST_VALUE = 80;
/** An alert that fires is repeated several times a day: one that is not may be over. */
const DAY_MS = 24 * 3_600_000;
/** What people know a host by stands first, wherever its name is in the alphabet. */
const FIRST_LABEL = 'instance';

/** Annotations that say in a sentence what is wrong, the best first. */
const SUMMARIES = ['summary', 'message', 'description'];

/** The alert's name and the first labels that tell it from the other members of its group. */
export function episodeTitle(
  episode: EpisodeResponse,
  groupLabels: readonly string[],
  words: EpisodeWords,
): Html {
  const telling = episode.labels.filter((label) => !isName(label) && !groupLabels.includes(label.name));
  const labels = telling.length > 0 ? telling : episode.labels.filter((label) => !isName(label));
  const inOrder = labels.toSorted((a, b) => Number(b.name === FIRST_LABEL) - Number(a.name === FIRST_LABEL));
  const texts = inOrder.slice(0, LABELS_IN_TITLE).map(({ name, value }) => {
    return html` <bdi>${cut(`${name}:${value}`)}</bdi>`;
  });
  return html`<bdi>${cut(episode.labels.find(isName)?.value ?? words.unnamed)}</bdi>${texts}`;
}

/** The whole value is among the labels. */
function cut(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).toWellFormed()}…` : text;
}

function isName({ name }: NameValueResponse): boolean {
  return name === 'alertname';
}

/** What is special about it. */
export function marksOf(episode: EpisodeResponse, { words: { episode: words }, age }: View): readonly Html[] {
  const { presumedSince } = episode;
  const unheard = presumedSince !== null && episode.state !== 'ended' && age(presumedSince) >= DAY_MS;
  return [
    ...stateMark(episode, words),
    ...(episode.doubtful && episode.state !== 'ended' ? [badge(words.doubtful, 'warn')] : []),
    ...(unheard ? [badge(words.unheard, 'warn')] : []),
    ...(episode.folded ? [badge(words.folded, 'plain')] : []),
    ...(episode.firings > 1 ? [badge(words.fired(episode.firings), 'plain')] : []),
  ];
}

function stateMark({ state }: EpisodeResponse, words: EpisodeWords): readonly Html[] {
  if (state === 'firing') return [badge(words.firing, 'bad')];
  if (state === 'held') return [badge(words.held, 'warn')];
  if (state === 'settled') return [badge(words.settled, 'warn')];
  return [];
}

/** When it began and ended, and where to read more. */
export function episodeFacts(episode: EpisodeResponse, view: View): Html {
  const { words } = view;
  const links = [
    linkTo(annotationOf(episode, ['runbook_url', 'runbook']), words.episode.runbook),
    linkTo(episode.generatorUrl, words.episode.graph),
  ];
  return html`<p class="facts">${timesOf(episode, view)}${links.map((link) => link && html` · ${link}`)}</p>`;
}

function timesOf(
  { startsAt, endsAt, presumedSince }: EpisodeResponse,
  { words: { episode: words }, showTime, lasted }: View,
): Html | null {
  if (startsAt !== null && endsAt !== null) return words.fromTo(showTime(startsAt), showTime(endsAt));
  if (startsAt !== null) return words.since(showTime(startsAt), lasted(startsAt));
  if (endsAt !== null) return words.endedAt(showTime(endsAt));
  return presumedSince === null ? null : words.adopted(showTime(presumedSince));
}

/** What is wrong, in the words of whoever wrote the alerting rule; nothing once it is over. */
export function episodeSummary(episode: EpisodeResponse): Html | null {
  const summary = annotationOf(episode, SUMMARIES);
  if (summary === null || episode.state === 'ended') return null;
  return html`<p class="summary"><bdi>${summary}</bdi></p>`;
}

function annotationOf({ annotations }: EpisodeResponse, names: readonly string[]): string | null {
  const found = names.map((wanted) => annotations.find(({ name }) => name === wanted)?.value);
  return found.find((value) => value !== undefined) ?? null;
}

/** Everything that came with the alert. */
export function alertDetails(episode: EpisodeResponse): Html {
  return html`<dl>${[...episode.labels, ...episode.annotations].map(detailRow)}</dl>`;
}

function detailRow({ name, value }: NameValueResponse): Html {
  return html`<div>
    <dt><bdi>${name}</bdi></dt>
    <dd><bdi>${value}</bdi></dd>
  </div>`;
}
