import type { AlertRecord } from '../../domain/alert/alert-record.js';
import { contentOfKeyText } from '../../domain/alert/alert.js';
import type { RouteSettings } from '../../domain/route/route-settings.js';
import type { Adoptee, AlertOfFound, FoundTicket } from '../../domain/ticket-group/adopting.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import { wasSent } from '../../domain/ticket-group/ticket.js';
import { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import type { Repositories } from '../ports/store.js';
import type { FoundTree } from './found-trees.js';

/** Where found tickets are taken in: the backend instance that they were found in, and how groups are kept. */
export interface AdoptionSettings {
  readonly instance: string;
  readonly route: RouteSettings;
}

/** What one transaction of an adoption works on: the groups and records that the found tickets have to do with. */
export class Adoption {
  private readonly groups: Set<TicketGroup>;
  private readonly groupOfAlert = new Map<string, TicketGroup>();
  private readonly groupOfKey = new Map<string, TicketGroup>();

  private constructor(
    loaded: readonly TicketGroup[],
    private readonly records: ReadonlyMap<string, AlertRecord>,
    private readonly settings: AdoptionSettings,
    private readonly moment: Moment,
  ) {
    this.groups = new Set(loaded);
    for (const group of loaded) {
      for (const { key } of group.tickets) this.groupOfKey.set(key, group);
      for (const { state, alertId } of group.episodes)
        if (state !== 'ended') this.groupOfAlert.set(alertId, group);
    }
  }

  static async load(
    repositories: Repositories,
    found: readonly FoundTicket[],
    settings: AdoptionSettings,
    moment: Moment,
  ): Promise<Adoption> {
    const keys = found.map(({ key }) => key);
    const alerts = [...new Set(found.map(({ alertId }) => alertId))];
    const groups = await repositories.groups.forAdoption(keys, alerts);
    return new Adoption(groups, await repositories.alerts.find(alerts), settings, moment);
  }

  /** Tickets that the store knows: their references are rewritten, and who was left behind with them goes on there. */
  findAgain(found: readonly FoundTicket[]): void {
    const { instance } = this.settings;
    const moved = new Set([...this.groups].filter((group) => this.isElsewhere(group)));
    for (const ticket of found) {
      const group = this.groupOfTicket(ticket.key);
      const reference = group?.ticket(ticket.key)?.reference ?? null;
      // In a backend that the group is kept in already, another one that carries the key is a copy.
      const isCopy = reference !== null && reference !== ticket.reference;
      if (group === null || (isCopy && !moved.has(group))) continue;
      group.foundAgain(ticket, { instance, hasMoved: moved.has(group) }, this.moment);
    }
    for (const { key, alertId } of found) this.serveAgain(key, alertId);
  }

  /** Takes in what the store does not know of a tree; returns how many tickets that is. */
  takeIn({ top, tickets }: FoundTree): number {
    const unknown = tickets.filter(({ key }) => this.groupOfTicket(key) === null);
    if (unknown.length === 0) return 0;
    const group = this.groupFor(top, unknown);
    const root = unknown.includes(top) && !hasSentRoot(group) ? top.key : null;
    group.adopt({ root, members: this.adopteesOf(unknown, group) }, this.settings.route, this.moment);
    return unknown.length;
  }

  async save(repositories: Repositories): Promise<void> {
    const changed = [...this.groups].filter((group) => group.hasChanges);
    for (const group of changed) group.decide(this.moment);
    await repositories.groups.save(changed);
  }

  private groupOfTicket(key: string): TicketGroup | null {
    return this.groupOfKey.get(key) ?? null;
  }

  /** While tickets were kept elsewhere the alert may have begun anew: the found ticket is its ticket again. */
  private serveAgain(key: string, alertId: string): void {
    const group = this.groupOfTicket(key);
    const other = this.groupOfAlert.get(alertId);
    if (group === null || other === undefined || other === group || !wasLeftBehind(group, key)) return;
    const open = other.openEpisodeOf(alertId);
    const freed = open === null ? null : this.freed(open, other, false);
    if (freed === null) return;
    group.serve(key, freed);
    this.groupOfAlert.set(alertId, group);
  }

  private isElsewhere({ head }: TicketGroup): boolean {
    return head.instance !== this.settings.instance;
  }

  /**
   * The group of the top, where that is known; a group of this backend that has an alert of the tree and no root yet;
   * a new one.
   */
  private groupFor(top: FoundTicket, unknown: readonly FoundTicket[]): TicketGroup {
    const known = this.groupOfTicket(top.key);
    if (known !== null) return known;
    for (const { alertId } of unknown.toReversed()) {
      const group = this.groupOfAlert.get(alertId);
      if (group !== undefined && !this.isElsewhere(group) && !hasSentRoot(group)) return group;
    }
    const { instance } = this.settings;
    const group = TicketGroup.adopting({ id: this.moment.newId(), instance }, this.moment);
    this.groups.add(group);
    return group;
  }

  /** Of several tickets of one alert the newest is the one that goes on. */
  private adopteesOf(unknown: readonly FoundTicket[], target: TicketGroup): readonly Adoptee[] {
    const goesOn = new Map<string, FoundTicket>();
    const adoptees = unknown.toReversed().map((found): Adoptee => {
      const newer = goesOn.get(found.alertId);
      if (found.alertId === '-') return { found, alert: { kind: 'unheard' } };
      if (newer !== undefined) return { found, alert: { kind: 'has-ticket', reference: newer.reference } };
      goesOn.set(found.alertId, found);
      return { found, alert: this.alertOf(found, target) };
    });
    return adoptees.toReversed();
  }

  private alertOf({ alertId }: FoundTicket, target: TicketGroup): AlertOfFound {
    const group = this.groupOfAlert.get(alertId);
    const open = group?.openEpisodeOf(alertId) ?? null;
    if (group !== undefined && open !== null) return this.alertOfOpen(open, group, target);
    const record = this.records.get(alertId);
    if (record === undefined || record.newestEndsAt === null) return { kind: 'unheard' };
    return { kind: 'over', endsAt: record.newestEndsAt, content: contentOfKeyText(record.keyText) };
  }

  private alertOfOpen(open: Episode, group: TicketGroup, target: TicketGroup): AlertOfFound {
    const episode = this.freed(open, group, group === target);
    if (episode !== null) return { kind: 'fires', episode };
    const ticket = open.ticketKey === null ? null : group.ticket(open.ticketKey);
    return { kind: 'has-ticket', reference: ticket?.reference ?? null };
  }

  /** The open episode for the ticket that was found; null where it has a ticket of this backend. */
  private freed(open: Episode, group: TicketGroup, comesBack: boolean): Episode | null {
    const { now, newId } = this.moment;
    const episode = group.letGo(open, { comesBack, now });
    if (episode !== null || !this.isElsewhere(group)) return episode;
    // The alert fires, and what it has in another backend stays there, a person's decision about it included.
    group.leaveBehind(open, now);
    return { ...open, id: newId(), state: open.state === 'settled' ? 'firing' : open.state };
  }
}

/** Its episode ended only because tickets came to be kept elsewhere. */
function wasLeftBehind(group: TicketGroup, key: string): boolean {
  const ticket = group.ticket(key);
  return ticket !== null && group.episodeOf(ticket)?.leftBehind === true;
}

/** It has a root in the backend, or may have: no other ticket becomes it. */
function hasSentRoot(group: TicketGroup): boolean {
  const root = group.ticket(group.head.rootKey ?? '');
  return root !== null && wasSent(root);
}
