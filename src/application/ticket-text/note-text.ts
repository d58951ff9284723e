import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import type { NoteFact, NoteKind, TicketNote } from '../../domain/ticket-group/ticket-note.js';
import { isZeroInstant, millisOf } from '../../domain/time/instant.js';
import { noteLineText } from '../ports/key-line.js';
import { paragraph, type TextBlock, type TicketText } from '../ports/ticket-text.js';
import { alertTitle, type TextSettings } from './alert-title.js';
import { sayAccount, sayFolded } from './listing.js';
import { duration } from './local-time.js';

/** So many alerts that end in one notification may mean that Prometheus was cut off. */
export const MANY_AT_ONCE = 10;

/** What a note of a ticket is made of. */
export interface NoteGiven {
  readonly head: GroupHead;
  /** The ticket's own alert; null for a summary root. */
  readonly episode: Episode | null;
  readonly notes: readonly TicketNote[];
  /** On a root: what ended without a ticket and is not listed yet, the first of them, and how many there are. */
  readonly account: { readonly episodes: readonly Episode[]; readonly count: number };
  /** With a note of the folded: the first of them that fire. */
  readonly folded: readonly Episode[];
}

/** The text of the notes that are sent together; its last line finds it again. */
export function noteText(given: NoteGiven, settings: TextSettings): TicketText {
  const [first] = given.notes;
  if (first === undefined) return [];
  return [
    ...given.notes.flatMap((note) => sayFact(note.fact, given, settings)),
    ...sayAccount(given.account.count, given.account.episodes, settings),
    { kind: 'marker', text: noteLineText(first.id) },
  ];
}

type Saying<K extends NoteKind> = (
  fact: NoteFact & { readonly kind: K },
  given: NoteGiven,
  settings: TextSettings,
) => readonly TextBlock[];

const SAYINGS: { readonly [K in NoteKind]: Saying<K> } = {
  ended: (_, { episode }, settings) => sayEnd(settings.words.resolved, episode, settings),
  'group-over': ({ ownEnd }, { head, episode }, settings) => [
    ...sayEnd(settings.words.groupResolved, ownEnd ? episode : null, settings),
    paragraph(settings.words.tree(head.nextOrdinal - 1, head.folded)),
  ],
  'root-over': (_, { head, episode }, settings) =>
    sayEnd(settings.words.rootOver(head.firing), episode, settings),
  recurrence: (fact, _, settings) => [
    paragraph(settings.words.reopenedFor(alertTitle(fact, settings), fact.count - 1)),
  ],
  refired: ({ count, startsAt }, _, { words, time }) => [
    paragraph(words.firedAgain(count, time.long(startsAt))),
  ],
  flapping: (_, __, { words }) => [paragraph(words.flapping)],
  'end-noted': (_, { episode }, settings) => sayEnd(settings.words.endNoted, episode, settings),
  settled: (_, __, { words }) => [paragraph(words.settled)],
  'group-ended': (_, __, { words }) => [paragraph(words.groupEnded)],
  folded: (_, { head, folded }, settings) => sayFolded(head.folded, folded, settings),
  account: () => [],
  'came-late': (_, __, { words }) => [paragraph(words.cameLate)],
  superfluous: ({ other }, _, { words }) => [
    paragraph(words.superfluous, ...(other === null ? [] : [{ ticket: other }])),
  ],
};

function sayFact<K extends NoteKind>(
  fact: NoteFact & { readonly kind: K },
  given: NoteGiven,
  settings: TextSettings,
): readonly TextBlock[] {
  return SAYINGS[fact.kind](fact, given, settings);
}

function sayEnd(sentence: string, episode: Episode | null, settings: TextSettings): readonly TextBlock[] {
  if (episode === null || episode.endsAt === null) return [paragraph(sentence)];
  const { words, time } = settings;
  const { field } = words;
  const { endedTogether } = episode;
  const rows: (readonly [string, string])[] = [[field.ended, time.long(episode.endsAt)]];
  // How long and how often, nobody knows of a ticket whose beginning the store has lost.
  if (!isZeroInstant(episode.startsAt)) {
    const lasted = duration(millisOf(episode.endsAt) - millisOf(episode.startsAt), words.units);
    rows.push([field.lasted, lasted], [field.fired, words.times(episode.firings)]);
  }
  if (endedTogether >= MANY_AT_ONCE) rows.push([field.endedTogether, words.manyAtOnce(endedTogether)]);
  return [paragraph(sentence), { kind: 'fields', rows }];
}
