import type { GroupKey } from '../../domain/route/group-key.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import { paragraph, type TextBlock, type TextPart, type TicketText } from '../ports/ticket-text.js';
import { annotation } from './alert-title.js';
import type { LocalTime } from './local-time.js';

/** What the description of a new ticket is made of. */
export interface DescriptionGiven {
  readonly head: GroupHead;
  readonly key: GroupKey;
  /** The ticket's own alert; null for a summary root. */
  readonly episode: Episode | null;
  /** Set for a root: the ticket of the root before, if there is one. */
  readonly root: { readonly previousRoot: string | null } | null;
}

/** The description of a ticket but for its key line, which the backend's adapter adds. */
export function describe(given: DescriptionGiven, time: LocalTime): TicketText {
  const { episode, root } = given;
  return [
    ...(episode === null ? summary(given.key) : ownAlert(episode, time)),
    ...(root === null ? [] : aboutTheTree(given.head, root.previousRoot)),
  ];
}

function summary(key: GroupKey): readonly TextBlock[] {
  const rows = [['source', key.source] as const, ...key.values];
  return [
    paragraph('Common root of a group of alerts: each has a ticket of its own below.'),
    { kind: 'fields', rows },
  ];
}

function ownAlert(episode: Episode, time: LocalTime): readonly TextBlock[] {
  const { content } = episode;
  const texts = ['summary', 'description'].flatMap((name) => annotation(content, name) ?? []);
  const links = [link('Graph', content.generatorUrl), link('Runbook', annotation(content, 'runbook_url'))];
  return [
    ...texts.map((text) => paragraph(text)),
    {
      kind: 'fields',
      rows: [
        ['Firing since', time.long(episode.startsAt)],
        ['Source', content.source],
      ],
    },
    { kind: 'fields', rows: content.labels },
    ...links.filter((part) => part !== null).map((part) => paragraph(part)),
    ...(episode.doubtful
      ? [paragraph('Perhaps a late copy: this alert is known to have ended after its start.')]
      : []),
  ];
}

/** Only http and https: nothing else that came with an alert becomes a link. */
function link(label: string, url: string | null): TextPart | null {
  return url !== null && /^https?:\/\/\S+$/i.test(url) ? { url, label } : null;
}

function aboutTheTree(head: GroupHead, previousRoot: string | null): readonly TextBlock[] {
  const before =
    previousRoot === null ? [] : [paragraph('The tree before this one: ', { ticket: previousRoot })];
  const folded =
    head.folded === 0
      ? []
      : [paragraph(`${head.folded} more alerts of this group have no ticket of their own.`)];
  return [...before, ...folded];
}
