import type { Container, ResolutionContext } from 'inversify';
import type { DeliveryPorts } from './application/ports/delivery-ports.js';
import { SweepTickets } from './application/sweep-tickets/sweep-tickets.js';
import { SweepTimes } from './application/sweep-tickets/sweep-times.js';
import { TOKENS } from './composition-root.tokens.js';
import { RepeatingWorker } from './interfaces/workers/repeating-worker.js';

/** Wires the sweep, from its times to the worker that runs it. */
export function bindSweep(
  container: Container,
  portsOf: (context: ResolutionContext) => DeliveryPorts,
): void {
  container
    .bind(TOKENS.sweepTimes)
    .toDynamicValue((context) => new SweepTimes(context.get(TOKENS.backend).lateCommitMs));
  container.bind(TOKENS.sweepTickets).toDynamicValue((context) => {
    const times = context.get(TOKENS.sweepTimes);
    return new SweepTickets(portsOf(context), times, context.get(TOKENS.backendState));
  });
  container
    .bind(TOKENS.sweepWorker)
    .toDynamicValue(
      (context) => new RepeatingWorker('sweep', context.get(TOKENS.sweepTickets), portsOf(context)),
    );
}
