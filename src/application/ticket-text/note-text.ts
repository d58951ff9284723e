import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import type { NoteFact, NoteKind, TicketNote } from '../../domain/ticket-group/ticket-note.js';
import { millisOf } from '../../domain/time/instant.js';
import { noteLineText } from '../ports/key-line.js';
import { paragraph, type TextBlock, type TicketText } from '../ports/ticket-text.js';
import { alertTitle, type TitleSettings } from './alert-title.js';
import { duration } from './local-time.js';

/** So many alerts that end in one notification may mean that Prometheus was cut off. */
const MANY_AT_ONCE = 10;
const LISTED = 50;

/** What a note of a ticket is made of. */
export interface NoteGiven {
  readonly head: GroupHead;
  /** The ticket's own alert; null for a summary root. */
  readonly episode: Episode | null;
  readonly notes: readonly TicketNote[];
  /** On a root: what ended without a ticket and is not listed yet, the first of them, and how many there are. */
  readonly account: { readonly episodes: readonly Episode[]; readonly count: number };
}

/** The text of the notes that are sent together; its last line finds it again. */
export function noteText(given: NoteGiven, settings: TitleSettings): TicketText {
  const [first] = given.notes;
  if (first === undefined) return [];
  return [
    ...given.notes.flatMap((note) => sayFact(note.fact, given, settings)),
    ...sayAccount(given.account, settings),
    { kind: 'marker', text: noteLineText(first.id) },
  ];
}

type Saying<K extends NoteKind> = (
  fact: NoteFact & { readonly kind: K },
  given: NoteGiven,
  settings: TitleSettings,
) => readonly TextBlock[];

const SAYINGS: { readonly [K in NoteKind]: Saying<K> } = {
  ended: (_, { episode }, settings) => sayEnd('Resolved.', episode, settings),
  'group-over': ({ ownEnd }, { head, episode }, settings) => [
    ...sayEnd('Resolved: nothing of this group fires.', ownEnd ? episode : null, settings),
    sayTotals(head),
  ],
  'root-over': (_, { head, episode }, settings) =>
    sayEnd(`This alert is over. Others of the group still fire: ${head.firing}.`, episode, settings),
  recurrence: (fact, _, settings) => {
    const more = fact.count > 1 ? `, and ${fact.count - 1} more` : '';
    return [paragraph(`Reopened: ${alertTitle(fact, settings)} fires${more}.`)];
  },
  refired: ({ count, startsAt }, _, { time }) => [
    paragraph(`Fired again ${times(count)}, last at ${time.long(startsAt)}.`),
  ],
  flapping: () => [
    paragraph('Flapping: it ended three times within an hour. An end counts after 30 quiet minutes.'),
  ],
  'end-noted': (_, { episode }, settings) =>
    sayEnd('The alert is over. This ticket is left for a person to close.', episode, settings),
  settled: () => [
    paragraph('A person closed this ticket while the alert still fires. Alertree leaves it as it is.'),
  ],
  'group-ended': () => [
    paragraph('Closed: a person ended this group of alerts. What still fires is not reported here again.'),
  ],
  folded: (_, { head }) => [
    paragraph(`${head.folded} alerts of this group have no ticket of their own so far.`),
  ],
  account: () => [],
};

function sayFact<K extends NoteKind>(
  fact: NoteFact & { readonly kind: K },
  given: NoteGiven,
  settings: TitleSettings,
): readonly TextBlock[] {
  return SAYINGS[fact.kind](fact, given, settings);
}

function sayEnd(sentence: string, episode: Episode | null, settings: TitleSettings): readonly TextBlock[] {
  if (episode === null || episode.endsAt === null) return [paragraph(sentence)];
  const lasted = duration(millisOf(episode.endsAt) - millisOf(episode.startsAt));
  const many = episode.endedTogether >= MANY_AT_ONCE;
  return [
    paragraph(sentence),
    {
      kind: 'fields',
      rows: [
        ['Ended', settings.time.long(episode.endsAt)],
        ['Lasted', lasted],
        ['Fired', times(episode.firings)],
        ...(many
          ? [['Ended together', `${episode.endedTogether} alerts at once; was Prometheus cut off?`] as const]
          : []),
      ],
    },
  ];
}

function sayTotals(head: GroupHead): TextBlock {
  const folded = head.folded === 0 ? '' : `, ${head.folded} of them without a ticket of their own`;
  return paragraph(`Alerts in this tree: ${head.nextOrdinal - 1}${folded}.`);
}

function sayAccount(account: NoteGiven['account'], settings: TitleSettings): readonly TextBlock[] {
  if (account.count === 0) return [];
  const items = account.episodes.slice(0, LISTED).map((episode) => {
    const ended = episode.endsAt === null ? '' : `, ended ${settings.time.long(episode.endsAt)}`;
    return `${alertTitle({ labels: episode.content.labels, startsAt: episode.startsAt }, settings)}${ended}`;
  });
  const more =
    account.count > items.length ? [paragraph(`... and ${account.count - items.length} more.`)] : [];
  return [
    paragraph(`Ended without a ticket of their own: ${account.count}.`),
    { kind: 'list', items },
    ...more,
  ];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
