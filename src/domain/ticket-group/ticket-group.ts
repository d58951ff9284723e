import type { AlertRecord } from '../alert/alert-record.js';
import type { Alert } from '../alert/alert.js';
import type { RouteSettings } from '../route/route-settings.js';
import * as adopting from './adopting.js';
import { intend, recoverWrites } from './answering.js';
import { decide, retime } from './deciding.js';
import { endHeld, heardFiring, heardResolved, type ResolvedGiven, type ResolvedOutcome } from './ending.js';
import type { Episode } from './episode.js';
import { foundAgain, letGo, serve, type Departure, type FoundWhere } from './finding-again.js';
import type { GroupAction, OpenTicket, UpdateTicket } from './group-action.js';
import type { GroupAnswer } from './group-answer.js';
import type { GroupHead } from './group-head.js';
import { GroupSlice, type GroupChanges, type GroupRows } from './group-slice.js';
import { endMembershipIfDue, enter, join } from './membership.js';
import * as leaving from './leaving-behind.js';
import type { Moment } from './moment.js';
import { openedSlice } from './opening.js';
import { conclude } from './people.js';
import { record } from './recording.js';
import { nextAction } from './planning.js';
import type { Ticket } from './ticket.js';
import type { TicketNote } from './ticket-note.js';

/**
 * The episodes and tickets under one root. It decides what should be true and says what to do about it; it never
 * calls anything. Methods come in three kinds: facts of alerts, answers of the backend, and questions. Every
 * transaction that told it something ends with `decide`, after which `changes` are the rows to write.
 */
export class TicketGroup {
  private constructor(private readonly slice: GroupSlice) {}

  /** A group as the store holds it. */
  static from(rows: GroupRows): TicketGroup {
    return new TicketGroup(new GroupSlice(rows, false));
  }

  /** A new group without members. */
  static open(given: Parameters<typeof openedSlice>[0], moment: Moment): TicketGroup {
    return new TicketGroup(openedSlice(given, moment));
  }

  /** A new group for tickets that were found in the backend, without a key until one of its alerts is heard. */
  static adopting(given: { readonly id: string; readonly instance: string }, moment: Moment): TicketGroup {
    return new TicketGroup(adopting.adoptedSlice(given, moment.now));
  }

  get head(): GroupHead {
    return this.slice.head;
  }

  get tickets(): readonly Ticket[] {
    return this.slice.tickets;
  }

  get episodes(): readonly Episode[] {
    return this.slice.episodes;
  }

  ticket(key: string): Ticket | null {
    return this.slice.ticket(key);
  }

  episodeOf(ticket: Ticket): Episode | null {
    return this.slice.episode(ticket.episodeId);
  }

  notes(ids: readonly string[]): readonly TicketNote[] {
    return ids.flatMap((id) => this.slice.note(id) ?? []);
  }

  /** The alert's episode that is not ended, if the slice holds it. */
  openEpisodeOf(alertId: string): Episode | null {
    return this.slice.openEpisodeOf(alertId);
  }

  /** For an adopted group; with `takes` it takes members from now on, with a null in it for as long as one fires. */
  learnKey(groupKey: string, takes: { readonly until: number | null } | null): void {
    adopting.learnKey(this.slice, groupKey, takes);
  }

  /** A ticket of it was found in that backend instance, maybe under another id than before. */
  foundAgain(found: adopting.FoundTicket, where: FoundWhere, moment: Moment): void {
    foundAgain(this.slice, found, where, moment);
  }

  /** A ticket of it serves an open episode that left another group. */
  serve(ticketKey: string, episode: Episode): void {
    serve(this.slice, ticketKey, episode);
  }

  /** Lets an open episode go; null where something of it was sent. */
  letGo(episode: Episode, departure: Departure): Episode | null {
    return letGo(this.slice, episode, departure);
  }

  /** Tickets that the store does not know become members, one of them the root where `root` names it. */
  adopt(tree: adopting.AdoptedTree, settings: RouteSettings, moment: Moment): void {
    adopting.adopt(this.slice, tree, settings, moment);
  }

  /** Ends the membership when it is due, for good: the span is over, or the group is full and its root old. */
  endMembershipIfDue(settings: RouteSettings, now: number): void {
    endMembershipIfDue(this.slice, settings, now);
  }

  /** Tickets are kept in another backend now: the group stays as it is, and its alerts begin anew elsewhere. */
  leaveBehind(episode: Episode | null, now: number): void {
    leaving.leaveBehind(this.slice, episode, now);
  }

  /** The same for all open episodes of the slice, and for ends that another group tells of from now on. */
  leaveAllBehind(untold: readonly Episode[], moment: Moment): ReturnType<typeof leaving.leaveAllBehind> {
    return leaving.leaveAllBehind(this.slice, untold, moment);
  }

  /** It is kept in that instance from now on, if nothing of it was sent to another one; false where something was. */
  takeOver(instance: string): boolean {
    return leaving.takeOver(this.slice, instance);
  }

  /** A firing alert without an open episode becomes a member. */
  join(alert: Alert, given: { record: AlertRecord; settings: RouteSettings }, moment: Moment): Episode {
    return join(this.slice, alert, given, moment);
  }

  /** An open episode that left an ended group becomes a member; one that is over without a ticket is told of here. */
  take(episode: Episode, settings: RouteSettings, moment: Moment): void {
    if (episode.state === 'ended') leaving.account(this.slice, episode);
    else enter(this.slice, episode, settings, moment);
  }

  /** A firing of an alert whose episode is open in the slice. */
  heardFiring(
    episode: Episode,
    heard: { readonly alert: Alert; readonly record: AlertRecord },
    moment: Moment,
  ): 'known' | 'begins-anew' {
    return heardFiring(this.slice, episode, heard, moment);
  }

  /** A `resolved` of an alert whose episode is open in the slice. */
  heardResolved(episode: Episode, heard: ResolvedGiven & { alert: Alert }, moment: Moment): ResolvedOutcome {
    return heardResolved(this.slice, episode, heard, moment);
  }

  /** Ends the held episodes of the slice whose time has come. */
  endHeld(moment: Moment): void {
    endHeld(this.slice, moment);
  }

  /** Deals with what an ended group leaves behind; returns the episodes that the next group takes. */
  conclude(moment: Moment): readonly Episode[] {
    return conclude(this.slice, moment);
  }

  /** Decides what is wanted now and when to look next. */
  decide(moment: Moment): void {
    decide(this.slice, moment);
  }

  /** Nothing can be done now: what wanted work says when it next does. */
  retime(now: number): void {
    retime(this.slice, now);
  }

  /** What to ask of the backend next; null: nothing now. */
  nextAction(now: number): GroupAction | null {
    return nextAction(this.slice, now);
  }

  /** Writes without an answer whose caller is gone may still take effect: they are asked about when that is over. */
  recoverWrites(now: number, limits: Parameters<typeof recoverWrites>[2]): void {
    recoverWrites(this.slice, now, limits);
  }

  /** Records a write before it is sent; returns its number. */
  intend(action: OpenTicket | UpdateTicket, moment: Moment): number {
    return intend(this.slice, action, moment);
  }

  /** What came of an action. An answer that comes too late has no effect. */
  answered(answer: GroupAnswer, moment: Moment): void {
    record(this.slice, answer, moment);
  }

  /** The rows to write. */
  get hasChanges(): boolean {
    return this.slice.hasChanges;
  }

  changes(): GroupChanges {
    return this.slice.changes();
  }
}
