import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreFile } from '../app/store-file.js';
import { judgedOf, type Judged } from './accounts.js';
import { judge, livesOfFolded, wrongs, type HeldTicket, type Verdict } from './checker.js';
import { FaultyRedmine } from './faulty-redmine.js';
import { KeptAlertree } from './kept-alertree.js';
import { PointOrders } from './points.js';
import { Sender } from './sender.js';

export interface KillWorldGiven {
  /** The program that is killed. */
  readonly main: string;
  /** For the store, and what is needed to look into a violation. */
  readonly folder: string;
  readonly lateCommitSeconds: number;
  /** Until then what is wrong may still become right. */
  readonly restsWithinMs: number;
  /** For the program, besides. */
  readonly env?: Readonly<Record<string, string>>;
}

const LOOK_MS = 100;

/** A Redmine that outlives every Alertree. */
export interface OutlivingRedmine {
  /** What an Alertree needs to use it. */
  readonly env: Readonly<Record<string, string>>;
  /** Something is still to be done late. */
  readonly isBusy: boolean;
  tickets(): readonly HeldTicket[] | Promise<readonly HeldTicket[]>;
  stop(): Promise<void>;
}

/** It did not become quiet and right in time. */
export class NotAtRestError extends Error {
  override readonly name = 'NotAtRestError';

  constructor(
    message: string,
    readonly verdict: Verdict,
  ) {
    super(message);
  }
}

/** An Alertree that dies and is started again, beside the Redmine and the sender that outlive it. */
export class KillWorld<Redmine extends OutlivingRedmine = FaultyRedmine> {
  readonly sender = new Sender(() => this.alertree.listening());

  private constructor(
    readonly redmine: Redmine,
    readonly alertree: KeptAlertree,
    readonly orders: PointOrders,
    private readonly given: KillWorldGiven,
  ) {}

  /** Nothing runs yet: orders may be given for the very first steps. */
  static async create(given: KillWorldGiven): Promise<KillWorld> {
    return KillWorld.beside(await FaultyRedmine.start(), given);
  }

  /** The same beside another Redmine, which is stopped with the world. */
  static async beside<Redmine extends OutlivingRedmine>(
    redmine: Redmine,
    given: KillWorldGiven,
  ): Promise<KillWorld<Redmine>> {
    await mkdir(given.folder, { recursive: true });
    const orders = new PointOrders(join(given.folder, 'orders.json'));
    const env = {
      ...redmine.env,
      REDMINE_LATE_COMMIT_SECONDS: String(given.lateCommitSeconds),
      ALERTREE_DATA_DIR: join(given.folder, 'data'),
      ALERTREE_LISTEN: '127.0.0.1:0',
      ALERTREE_TIMEZONE: 'UTC',
      ALERTREE_MAX_CHILDREN: '1000',
      NODE_COMPILE_CACHE: join(given.folder, '../compile-cache'),
      POINT_ORDERS: orders.path,
      ...given.env,
    };
    return new KillWorld(redmine, new KeptAlertree(given.main, env), orders, given);
  }

  /** Resolves when all is quiet and as it should be, or rejects with what is still wrong when that takes too long. */
  async rest(): Promise<void> {
    const deadline = Date.now() + this.given.restsWithinMs;
    for (;;) {
      await this.alertree.listening();
      const isLate = Date.now() > deadline;
      const isQuiet = this.isQuiet();
      // To ask a real Redmine for all its tickets is work for it.
      if (isQuiet || isLate) {
        const verdict = judge(this.sender.told, await this.redmine.tickets());
        if (isQuiet && wrongs(verdict).length === 0) return;
        if (isLate) throw this.notAtRest(isQuiet, verdict);
      }
      await pause(LOOK_MS);
    }
  }

  /** Removes what is over and checked; says how much that was, and how long duplicates lived that had been folded. */
  forget(
    this: KillWorld,
  ): Judged & { readonly tickets: number; readonly livesOfFoldedMs: readonly number[] } {
    const tickets = this.redmine.tickets();
    const judged = judgedOf(this.sender.told, tickets);
    const isNeeded = ({ occurrence, isOpen }: HeldTicket): boolean =>
      isOpen || (occurrence !== null && this.sender.told.get(occurrence)?.state === 'firing');
    const kept = new Set(tickets.filter(isNeeded).flatMap(({ id, parentId }) => [id, parentId]));
    const over = tickets.filter(({ id }) => !kept.has(id));
    this.redmine.forget(over.map(({ id }) => id));
    for (const [occurrence, { state }] of this.sender.told)
      if (state === 'resolved') this.sender.told.delete(occurrence);
    return { ...judged, tickets: over.length, livesOfFoldedMs: livesOfFolded(over) };
  }

  /** Its data folder is gone, and it is started again with an empty one. */
  async loseStore(): Promise<void> {
    await this.alertree.stop();
    await rm(join(this.given.folder, 'data'), { recursive: true });
    this.alertree.start();
  }

  /** Its Redmine has another address from now on: the same server by another name. */
  async moveRedmine(): Promise<void> {
    const { REDMINE_URL: url = '' } = this.redmine.env;
    await this.alertree.stop();
    this.alertree.changeEnvironment({ REDMINE_URL: url.replace('127.0.0.1', 'localhost') });
    this.alertree.start();
  }

  async stop(): Promise<void> {
    await this.alertree.stop();
    await this.redmine.stop();
  }

  /** Ends it and keeps nothing. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.given.folder, { recursive: true, force: true });
  }

  private notAtRest(isQuiet: boolean, verdict: Verdict): NotAtRestError {
    const problems = [...(isQuiet ? [] : ['the store is not quiet']), ...wrongs(verdict)];
    return new NotAtRestError(`After ${this.given.restsWithinMs / 1000} s: ${problems.join('; ')}`, verdict);
  }

  private isQuiet(): boolean {
    return !this.redmine.isBusy && new StoreFile(join(this.given.folder, 'data')).isQuiet(Date.now());
  }
}
