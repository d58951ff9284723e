import { MINUTE } from '../support/builders/alerts.js';
import type { Hazards } from './alertree/hazards.js';
import type { Chance } from './chance.js';
import type { Facts } from './oracle/facts.js';
import type { People } from './people.js';
import type { Tally } from './tally.js';
import { FAULTS, type FaultPlan } from './trackers/fault-plan.js';

export interface MischiefWorld {
  readonly chance: Chance;
  readonly tally: Tally;
  readonly faults: FaultPlan;
  readonly hazards: Hazards;
  readonly facts: Facts;
}

/** Lets things go wrong now and then, with Redmine, with the process, with its store and its clock. */
export class Mischief {
  private readonly peopleInterfere: boolean;
  private readonly clockSteps: boolean;
  private readonly storeIsLost: boolean;

  constructor(
    private readonly world: MischiefWorld & { readonly chance: Chance },
    private readonly people: People,
    private readonly given: {
      readonly stepBack: (milliseconds: number) => void;
      readonly emptyStore: () => void;
    },
  ) {
    // What people do excuses a lot: many histories must do without.
    this.peopleInterfere = world.chance.happens(0.5);
    this.clockSteps = world.chance.happens(0.15);
    this.storeIsLost = world.chance.happens(0.1);
  }

  /** How many faults were met so far. */
  get faults(): number {
    const { tally } = this.world;
    return tally.sumOf('redmine: ') + tally.sumOf('crash: ') + tally.sumOf('store: ');
  }

  happen(): void {
    const { chance } = this.world;
    if (chance.happens(0.35)) this.faultOfRedmine();
    if (chance.happens(0.12)) this.world.hazards.crashAfter(chance.between(0, 25));
    if (chance.happens(0.05)) this.world.hazards.keepBusy(chance.between(1, 6));
    if (this.peopleInterfere && chance.happens(0.12)) this.people.act();
    if (this.clockSteps && chance.happens(0.03)) {
      this.world.tally.count('clock: steps back');
      this.given.stepBack(chance.between(1000, 7 * MINUTE));
    }
    if (this.storeIsLost && chance.happens(0.08)) {
      this.world.tally.count('store: emptied');
      this.given.emptyStore();
    }
  }

  private faultOfRedmine(): void {
    const { chance, faults } = this.world;
    const name = chance.of(FAULTS);
    if (name === 'down') faults.goDown(chance.of([30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 20 * MINUTE]));
    else faults.arm(name, (kinds) => chance.of(kinds), chance.of([1, 1, 1, 2, 3, 6]));
  }
}
