import type { AlertContent } from '../../domain/alert/alert.js';
import { LabelSet } from '../../domain/alert/label-set.js';
import type { GroupKey } from '../../domain/route/group-key.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import { paragraph, type TextBlock, type TextPart, type TicketText } from '../ports/ticket-text.js';
import { annotation, type TextSettings } from './alert-title.js';
import { sayFolded } from './listing.js';
import type { Messages } from './messages.js';

/** What the description of a new ticket is made of. */
export interface DescriptionGiven {
  readonly head: GroupHead;
  readonly key: GroupKey;
  /** The ticket's own alert; null for a summary root. */
  readonly episode: Episode | null;
  /** Set for a root: the ticket of the root before, if there is one, and the first folded episodes. */
  readonly root: { readonly previousRoot: string | null; readonly folded: readonly Episode[] } | null;
}

/** The description of a ticket but for its key line, which the backend's adapter adds. */
export function describe(given: DescriptionGiven, settings: TextSettings): TicketText {
  const { episode, root, head, key } = given;
  return [
    ...(episode === null ? summary(key, settings.words) : ownAlert(episode, settings)),
    ...(root === null ? [] : aboutTheTree(head, root, settings)),
  ];
}

function summary(key: GroupKey, words: Messages): readonly TextBlock[] {
  const rows = [[words.field.source, key.source] as const, ...key.values];
  return [paragraph(words.commonRoot), { kind: 'fields', rows }];
}

function ownAlert(episode: Episode, { words, time }: TextSettings): readonly TextBlock[] {
  const { content } = episode;
  const texts = ['summary', 'description'].flatMap((name) => annotation(content, name) ?? []);
  const severity = LabelSet.of(content.labels).get('severity');
  const facts: (readonly [string, string])[] = [
    ...(severity === undefined ? [] : [[words.field.severity, severity] as const]),
    [words.field.firingSince, time.long(episode.startsAt)],
    [words.field.source, content.source],
  ];
  return [
    ...texts.map((text) => paragraph(text)),
    { kind: 'fields', rows: facts },
    { kind: 'fields', rows: content.labels },
    ...links(content, words),
    ...(episode.doubtful ? [paragraph(words.perhapsLate)] : []),
  ];
}

function links(content: AlertContent, words: Messages): readonly TextBlock[] {
  const candidates = [
    link(words.link.graph, content.generatorUrl),
    link(words.link.alertmanager, content.externalUrl),
    link(words.link.runbook, annotation(content, 'runbook_url')),
  ];
  return candidates.filter((part) => part !== null).map((part) => paragraph(part));
}

/** Only http and https: nothing else that came with an alert becomes a link. */
function link(label: string, url: string | null): TextPart | null {
  return url !== null && /^https?:\/\/\S+$/i.test(url) ? { url, label } : null;
}

function aboutTheTree(
  head: GroupHead,
  root: NonNullable<DescriptionGiven['root']>,
  settings: TextSettings,
): readonly TextBlock[] {
  const { previousRoot } = root;
  const before =
    previousRoot === null ? [] : [paragraph(settings.words.treeBefore, { ticket: previousRoot })];
  return [...before, ...(head.folded === 0 ? [] : sayFolded(head.folded, root.folded, settings))];
}
