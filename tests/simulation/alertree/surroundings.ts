import type { AcceptNotification } from '../../../src/application/accept-notification/accept-notification.js';
import type { Clock } from '../../../src/application/ports/clock.js';
import type { Identifiers } from '../../../src/application/ports/identifiers.js';
import type { Store } from '../../../src/application/ports/store.js';
import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import type { RouteSettings } from '../../../src/domain/route/route-settings.js';
import type { Chance } from '../chance.js';
import type { Facts } from '../oracle/facts.js';
import type { Watch } from '../oracle/watch.js';
import type { Timeline } from '../timeline.js';
import type { Trace } from '../trace.js';
import type { Tracker } from '../trackers/tracker.js';
import type { Hazards } from './hazards.js';

/** What a process finds when it starts, and what looks on. */
export interface Surroundings {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly store: Store;
  readonly tracker: Tracker;
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly route: RouteSettings;
  readonly hazards: Hazards;
  readonly facts: Facts;
  readonly watch: Watch;
  readonly trace: Trace;
  readonly mutation: Mutation;
  readonly died: () => void;
}

/** A part replaced by a wrong one, to see that the simulation notices. */
export interface Mutation {
  readonly backend?: (real: TicketBackend) => TicketBackend;
  readonly verifyBackend?: (real: TicketBackend) => TicketBackend;
  readonly accept?: (real: Pick<AcceptNotification, 'execute'>) => Pick<AcceptNotification, 'execute'>;
}
