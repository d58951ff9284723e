import type { GroupStateFilter } from '../../../../application/ports/ticket-group-queries.js';
import type { Language, Messages } from '../../../../application/ticket-text/messages.js';
import type { GroupEventKind } from '../../../../domain/ticket-group/group-event.js';
import type { EndOfMembership } from '../../../../domain/ticket-group/group-head.js';
import type { NoteKind, TicketNote } from '../../../../domain/ticket-group/ticket-note.js';
import type { Html } from '../html.js';

/** Which groups a list shows. */
export type ListedState = GroupStateFilter | 'all';

/** What a person did to a ticket, as the history has it. */
export type PersonalDecision = 'open' | 'closed' | 'resolved' | 'missing' | 'foreign';

/** How a ticket stands and what it is on its way to. */
export type TicketStanding =
  'open' | 'resolved' | 'closed' | 'missing' | 'foreign' | 'toOpen' | 'notSent' | 'toReopen' | 'toClose';

/** The words of the page in one language; what is said about a time gets it as markup. */
export interface PageWords {
  readonly language: Language;
  readonly asOf: (time: Html, zone: string) => Html;
  readonly list: ListWords;
  readonly live: LiveWords;
  readonly group: GroupWords;
  readonly ticket: TicketWords;
  readonly episode: EpisodeWords;
  readonly history: HistoryWords;
  readonly andMore: (count: number) => string;
  readonly units: Messages['units'];
  readonly underAMinute: string;
}

export interface ListWords {
  readonly states: string;
  readonly state: Readonly<Record<ListedState, string>>;
  readonly search: string;
  readonly searchHint: string;
  readonly find: string;
  readonly clear: string;
  readonly headline: (state: ListedState, total: number) => string;
  readonly none: (state: ListedState) => string;
  readonly found: (query: string) => string;
  readonly showAll: string;
  readonly pages: string;
  readonly newer: string;
  readonly older: string;
  readonly page: (page: number, last: number) => string;
}

export interface LiveWords {
  /** The page could not be refreshed and goes on trying. */
  readonly stale: string;
  /** It could not be refreshed and tries no more. */
  readonly stopped: string;
}

export interface GroupWords {
  readonly state: Readonly<Record<'open' | 'closed', string>>;
  readonly unnamed: (id: string) => string;
  readonly firing: (count: number) => string;
  readonly withTicket: (count: number) => string;
  readonly folded: (count: number) => string;
  readonly held: (count: number) => string;
  readonly settled: (count: number) => string;
  readonly doubtful: (count: number) => string;
  readonly parked: string;
  readonly firingSince: (time: Html, lasted: string) => Html;
  readonly root: string;
  readonly opened: (time: Html) => Html;
  readonly source: string;
  readonly route: string;
  readonly takesUntil: (time: Html) => Html;
  readonly takesWhileFiring: string;
  readonly takesNoMore: Readonly<Record<EndOfMembership, string>>;
  readonly noTicketYet: string;
  readonly withoutTicket: (count: number) => string;
}

export interface TicketWords {
  readonly standing: Readonly<Record<TicketStanding, string>>;
  readonly noId: string;
  readonly commonRoot: string;
  readonly parked: string;
  readonly notOpened: string;
  readonly notClosed: string;
  readonly beingAsked: string;
  readonly causeUnknown: string;
  readonly decidedByPerson: string;
  readonly labels: string;
  readonly labelsAndNotes: (count: number) => string;
  readonly notes: (count: number) => string;
  readonly note: Readonly<Record<NoteKind, string>>;
  readonly noteState: Readonly<Record<TicketNote['state'], string>>;
}

export interface EpisodeWords {
  readonly unnamed: string;
  readonly firing: string;
  readonly held: string;
  readonly settled: string;
  readonly doubtful: string;
  readonly folded: string;
  readonly fired: (count: number) => string;
  /** Presumed to fire for a day, and not heard. */
  readonly unheard: string;
  /** Since when it is presumed to fire; stands where its start is not known. */
  readonly adopted: (time: Html) => Html;
  /** Stands where only its end is known. */
  readonly endedAt: (time: Html) => Html;
  readonly since: (time: Html, lasted: string) => Html;
  readonly fromTo: (from: Html, to: Html) => Html;
  readonly runbook: string;
  readonly graph: string;
}

export interface HistoryWords {
  readonly title: (count: number) => string;
  readonly event: Readonly<Record<GroupEventKind, string>>;
  readonly decision: Readonly<Record<PersonalDecision, string>>;
}
