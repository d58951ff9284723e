import { newAlertRecord, type AlertRecord } from '../../domain/alert/alert-record.js';
import type { Alert } from '../../domain/alert/alert.js';
import { groupKeyOf, groupKeyText, type GroupKey } from '../../domain/route/group-key.js';
import type { RouteSettings } from '../../domain/route/route-settings.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import { isKeyless } from '../../domain/ticket-group/group-head.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import { openGroup } from '../open-or-group/open-group.js';
import { inParts, type GiveWay } from '../ports/give-way.js';
import type { Identifiers } from '../ports/identifiers.js';
import type { Repositories } from '../ports/store.js';

/** How the alerts of this process become tickets, and where. */
export interface IntakeSettings {
  readonly route: RouteSettings;
  /** The ticket backend instance that new groups are opened with. */
  readonly instance: string;
}

interface HashedKey {
  readonly hash: string;
  readonly key: GroupKey;
}

/**
 * What one or more bodies are about, loaded once and saved once, however many alerts they have: their records, the
 * groups of their open episodes, and the groups of their keys that take new members.
 */
export class Intake {
  private readonly records: Map<string, AlertRecord>;
  private readonly changedRecords = new Set<string>();
  private readonly groupOfAlert = new Map<string, TicketGroup>();
  private readonly groupOfKey = new Map<string, TicketGroup>();
  private readonly groups = new Set<TicketGroup>();
  /** Those that were told something since the last decision. */
  private readonly told = new Set<TicketGroup>();
  private readonly newKeys = new Map<string, GroupKey>();

  private constructor(
    private readonly settings: IntakeSettings,
    private readonly loaded: {
      readonly records: ReadonlyMap<string, AlertRecord>;
      readonly groups: readonly TicketGroup[];
      readonly keys: ReadonlyMap<string, HashedKey>;
      readonly latest: ReadonlyMap<string, string>;
      /** The open tickets of the backend were looked through: a group that is kept elsewhere has none there. */
      readonly isSettled: boolean;
    },
    readonly moment: Moment,
  ) {
    this.records = new Map(loaded.records);
    for (const group of loaded.groups) this.remember(group);
  }

  static async load(
    repositories: Repositories,
    alerts: readonly Alert[],
    settings: IntakeSettings,
    given: { readonly moment: Moment; readonly ids: Identifiers; readonly giveWay: GiveWay },
  ): Promise<Intake> {
    const ids = [...new Set(alerts.map((alert) => alert.id))];
    const keys = new Map<string, HashedKey>();
    for await (const part of inParts(alerts.filter(isFiring), given.giveWay)) {
      for (const alert of part) keys.set(alert.id, keyOf(alert, settings.route, given.ids));
    }
    const hashes = [...new Set([...keys.values()].map((key) => key.hash))];
    const records = await repositories.alerts.find(ids);
    const groups = await repositories.groups.forIntake(ids, hashes);
    const latest = await repositories.groups.latestOf(hashes);
    const isElsewhere = groups.some(({ head }) => head.instance !== settings.instance);
    const isSettled = isElsewhere && (await repositories.adoptions.isDone(settings.instance));
    return new Intake(settings, { records, groups, keys, latest, isSettled }, given.moment);
  }

  get route(): RouteSettings {
    return this.settings.route;
  }

  record(alert: Alert): AlertRecord {
    return this.records.get(alert.id) ?? newAlertRecord(alert.id, alert.keyText);
  }

  putRecord(record: AlertRecord): void {
    this.records.set(record.id, record);
    this.changedRecords.add(record.id);
  }

  /** The group that holds the alert's open episode, if there is one; what fires in one left behind begins anew. */
  groupWithOpenEpisodeOf(alert: Alert): TicketGroup | null {
    const group = this.groupOfAlert.get(alert.id) ?? null;
    if (group !== null) this.told.add(group);
    const episode = group?.openEpisodeOf(alert.id) ?? null;
    if (group === null || episode === null) return null;
    return isFiring(alert) && this.leaveBehind(group, episode) ? null : group;
  }

  /** The group that a new episode of the alert joins; opened when none of its key takes members. */
  groupToJoin(alert: Alert): TicketGroup {
    const found = this.loaded.keys.get(alert.id);
    if (found === undefined) throw new Error('Only a firing alert of this body can join a group.');
    const current = this.acceptingGroupOf(found.hash);
    const group = current?.head.accepting === true ? current : this.openGroup(found.hash, found.key, current);
    this.groupOfAlert.set(alert.id, group);
    this.told.add(group);
    return group;
  }

  /** The first alert of an adopted group that is heard firing tells of which key it is. */
  tellKey(group: TicketGroup, alert: Alert): void {
    const found = this.loaded.keys.get(alert.id);
    if (found === undefined || !isKeyless(group.head)) return;
    const current = this.acceptingGroupOf(found.hash);
    const { groupSpanMs } = this.route;
    const until = groupSpanMs === 0 ? null : this.moment.now + groupSpanMs;
    group.learnKey(found.hash, current?.head.accepting === true ? null : { until });
    this.newKeys.set(found.hash, found.key);
    this.remember(group);
  }

  /**
   * Where a group is kept in another backend than the one in use, nothing of it is delivered: it is left behind, unless it
   * can be kept here from now on. Before adoption has shown what stands open here, it is a group like any other.
   */
  private leaveBehind(group: TicketGroup, episode: Episode | null): boolean {
    const { instance } = this.settings;
    if (!this.loaded.isSettled || group.head.instance === instance || group.takeOver(instance)) return false;
    group.leaveBehind(episode, this.moment.now);
    return true;
  }

  /** The group of the key that took members so far; whether it still does, its head says. */
  private acceptingGroupOf(hash: string): TicketGroup | undefined {
    const current = this.groupOfKey.get(hash);
    if (current === undefined) return undefined;
    this.told.add(current);
    this.leaveBehind(current, null);
    current.endMembershipIfDue(this.route, this.moment.now);
    return current;
  }

  private openGroup(hash: string, key: GroupKey, previous: TicketGroup | undefined): TicketGroup {
    const previousGroupId = previous?.head.id ?? this.loaded.latest.get(hash) ?? null;
    const { instance } = this.settings;
    const group = openGroup({ groupKey: hash, instance, previousGroupId }, this.route, this.moment);
    this.newKeys.set(hash, key);
    this.remember(group);
    return group;
  }

  private remember(group: TicketGroup): void {
    this.groups.add(group);
    if (group.head.accepting) this.groupOfKey.set(group.head.groupKey, group);
    for (const episode of group.episodes)
      if (episode.state !== 'ended') this.groupOfAlert.set(episode.alertId, group);
  }

  /** Lets every group that was told something decide what it wants now. */
  decide(): void {
    for (const group of this.told) group.decide(this.moment);
    this.told.clear();
  }

  /** Writes what changed, and only that; true when a group changed. */
  async save(repositories: Repositories): Promise<boolean> {
    const records = [...this.changedRecords].flatMap((id) => this.records.get(id) ?? []);
    await repositories.alerts.save(records);
    await repositories.groups.saveKeys(this.newKeys);
    const changed = [...this.groups].filter((group) => group.hasChanges);
    await repositories.groups.save(changed);
    return changed.length > 0;
  }
}

function isFiring(alert: Alert): boolean {
  return alert.status === 'firing';
}

function keyOf(alert: Alert, route: RouteSettings, ids: Identifiers): HashedKey {
  const key = groupKeyOf(alert.content.source, alert.labels, route);
  return { hash: ids.hash(groupKeyText(key)), key };
}
