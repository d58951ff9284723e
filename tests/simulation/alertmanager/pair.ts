import { HOUR, MINUTE } from '../../support/builders/alerts.js';
import type { ModelAlert } from '../alerts.js';
import type { Chance } from '../chance.js';
import type { Tally } from '../tally.js';
import type { Timeline } from '../timeline.js';
import type { Network } from './network.js';
import { INTERVALS, Peer } from './peer.js';
import { Truth } from './truth.js';

/** Two Alertmanagers that share what they have notified, mostly, and the Prometheus before them. */
export class AlertmanagerPair {
  readonly truth: Truth;
  private readonly peers: readonly Peer[];
  private readonly silenced = new Set<ModelAlert>();
  private isParted = false;

  constructor(
    private readonly world: { readonly timeline: Timeline; readonly chance: Chance; readonly tally: Tally },
    network: Network,
  ) {
    const { timeline, chance, tally } = world;
    const links = {
      timeline,
      tally,
      chance,
      intervals: chance.of(INTERVALS),
      isSilenced: (alert: ModelAlert) => this.silenced.has(alert),
      send: network.send.bind(network),
      gossip: (from: Peer, group: string, entry: Parameters<Peer['learn']>[1]) => {
        if (this.isParted) return;
        timeline.in(chance.between(200, 2000), () => {
          for (const peer of this.peers) if (peer !== from) peer.learn(group, entry);
        });
      },
    };
    this.peers = [new Peer(0, links), new Peer(1, links)];
    this.truth = new Truth(world, this.peers);
  }

  begin(): void {
    const { timeline, chance, tally } = this.world;
    this.truth.begin();
    if (chance.happens(0.4)) timeline.in(chance.between(0, 4 * HOUR), () => this.part());
    if (chance.happens(0.3)) {
      timeline.in(chance.between(0, 5 * HOUR), () => {
        tally.count('alertmanager: forgot what it notified');
        chance.of(this.peers).forget();
      });
    }
    for (let silences = chance.of([0, 0, 1, 2]); silences > 0; silences -= 1) {
      timeline.in(chance.between(0, 5 * HOUR), () => this.silence());
    }
  }

  /** People and networks leave it alone from now on. */
  end(): void {
    this.isParted = false;
    this.silenced.clear();
    this.truth.end();
  }

  private part(): void {
    const { timeline, chance, tally } = this.world;
    tally.count('alertmanager: peers parted');
    this.isParted = true;
    timeline.in(chance.between(5 * MINUTE, 2 * HOUR), () => {
      this.isParted = false;
    });
  }

  private silence(): void {
    const { timeline, chance } = this.world;
    const alerts = this.truth.firing;
    if (alerts.length === 0) return;
    const alert = chance.of(alerts);
    this.silenced.add(alert);
    timeline.in(chance.between(10 * MINUTE, 2 * HOUR), () => void this.silenced.delete(alert));
  }
}
