import { MINUTE } from '../../support/builders/alerts.js';
import type { Body } from '../alerts.js';
import type { Chance } from '../chance.js';
import type { Tally } from '../tally.js';
import type { Timeline } from '../timeline.js';

/** `unanswered`: the connection ended; whether the body counts is not known to who sent it. */
export type Reception = 'accepted' | 'unavailable' | 'unanswered';

type Mishap = 'lost' | 'answer lost' | 'late' | 'copied' | 'swallowed' | 'shuffled';

/** What lies between an Alertmanager and Alertree: it loses, delays, repeats and reorders. */
export class Network {
  isCalm = false;
  /** Nothing passes any more. */
  isCut = false;

  constructor(
    private readonly world: { readonly timeline: Timeline; readonly chance: Chance; readonly tally: Tally },
    private readonly deliver: (body: Body) => Promise<Reception>,
  ) {}

  /** `done` hears once whether the sender takes it for delivered. */
  send(body: Body, done: (isSuccess: boolean) => void): void {
    if (this.isCut) return done(true);
    const { timeline, chance, tally } = this.world;
    const mishap = this.isCalm || !chance.happens(0.25) ? null : this.mishap();
    if (mishap !== null) tally.count(`webhook: ${mishap}`);
    const arrives = chance.between(1, 80);
    switch (mishap) {
      case 'lost':
        return timeline.in(arrives, () => done(false));
      case 'swallowed':
        return timeline.in(arrives, () => done(true));
      case 'answer lost':
        return timeline.in(arrives, async () => {
          await this.deliver(body);
          done(false);
        });
      case 'late':
        // The sender has given the request up and tries again before it arrives.
        timeline.in(chance.between(1000, 8 * MINUTE), () => this.quietly(body));
        return timeline.in(arrives, () => done(false));
      case 'copied':
        timeline.in(chance.between(arrives, 40 * MINUTE), () => this.quietly(body));
        break;
      case 'shuffled':
        return timeline.in(arrives, async () =>
          done((await this.deliver(chance.shuffled(body))) === 'accepted'),
        );
      case null:
    }
    timeline.in(arrives, async () => done((await this.deliver(body)) === 'accepted'));
  }

  private async quietly(body: Body): Promise<void> {
    await this.deliver(body);
  }

  /** Messages that never come are rarer than the rest. */
  private mishap(): Mishap {
    const { chance } = this.world;
    return chance.of(['lost', 'answer lost', 'late', 'late', 'copied', 'copied', 'shuffled', 'swallowed']);
  }
}
