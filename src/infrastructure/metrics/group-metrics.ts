import { Counter, type Registry } from 'prom-client';
import type { GroupEventKind } from '../../domain/ticket-group/group-event.js';
import type { EpisodePlace, GroupChanges } from '../../domain/ticket-group/group-slice.js';

type NameAndHelp = readonly [name: string, help: string];

const PLACES: readonly (readonly [EpisodePlace, ...NameAndHelp])[] = [
  ['grouped', 'alertree_episodes_grouped_total', 'Episodes opened that joined a group as a child.'],
  [
    'folded',
    'alertree_episodes_folded_total',
    'Episodes opened beyond the cap, without a ticket of their own.',
  ],
];

const EVENTS: readonly (readonly [GroupEventKind, ...NameAndHelp])[] = [
  ['ticket-opened', 'alertree_tickets_opened_total', 'Tickets created, as the backend showed them.'],
  ['ticket-closed', 'alertree_tickets_closed_total', 'Tickets closed by Alertree and read back as such.'],
  ['ticket-reopened', 'alertree_tickets_reopened_total', 'Tickets opened again and read back as such.'],
  ['write-refused', 'alertree_ticket_writes_refused_total', 'Changes of status taken and not made.'],
  [
    'outcome-unknown',
    'alertree_ticket_writes_unknown_total',
    'Writes without an answer that says what came of them.',
  ],
  [
    'person-decided',
    'alertree_person_decisions_total',
    'Decisions of people about tickets, noticed and followed.',
  ],
  [
    'alert-doubtful',
    'alertree_doubtful_episodes_total',
    'Episodes opened that do not start after a known end.',
  ],
  ['flapping', 'alertree_flapping_started_total', 'Times that an alert began to flap.'],
];

const OUTCOMES: readonly (readonly [GroupEventKind, outcome: string])[] = [
  ['duplicate-folded', 'folded'],
  ['duplicate-left', 'left'],
];

/** What became of episodes and tickets, counted from what each transaction wrote: once, and only what is durable. */
export class GroupMetrics {
  private readonly opened: Counter;
  private readonly places: ReadonlyMap<EpisodePlace, Counter>;
  private readonly events: ReadonlyMap<GroupEventKind, Counter>;
  private readonly duplicates: Counter<'outcome'>;

  constructor(registry: Registry) {
    const counter = (name: string, help: string): Counter =>
      new Counter({ name, help, registers: [registry] });
    this.opened = counter('alertree_episodes_opened_total', 'Episodes opened, each a firing of one alert.');
    this.places = new Map(PLACES.map(([place, name, help]) => [place, counter(name, help)]));
    this.events = new Map(EVENTS.map(([kind, name, help]) => [kind, counter(name, help)]));
    this.duplicates = new Counter({
      name: 'alertree_duplicates_total',
      help: 'Further tickets of one key: closed as duplicates, or left to the people who made or touched them.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    for (const [, outcome] of OUTCOMES) this.duplicates.inc({ outcome }, 0);
  }

  committed(changes: readonly GroupChanges[]): void {
    for (const { opened, events } of changes) {
      this.opened.inc(opened.length);
      for (const place of opened) this.places.get(place)?.inc();
      for (const { kind } of events) this.events.get(kind)?.inc();
      for (const [counted, outcome] of OUTCOMES)
        this.duplicates.inc({ outcome }, events.filter(({ kind }) => kind === counted).length);
    }
  }
}
