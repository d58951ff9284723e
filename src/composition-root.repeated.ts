import type { Container, ResolutionContext, ServiceIdentifier } from 'inversify';
import { AdoptTickets } from './application/adopt-tickets/adopt-tickets.js';
import { ForgetWhatIsOld } from './application/forget-what-is-old/forget-what-is-old.js';
import type { DeliveryPorts } from './application/ports/delivery-ports.js';
import { ProbeBackend } from './application/probe-backend/probe-backend.js';
import { SweepTickets } from './application/sweep-tickets/sweep-tickets.js';
import { SweepTimes } from './application/sweep-tickets/sweep-times.js';
import { VerifyTickets } from './application/verify-tickets/verify-tickets.js';
import { TOKENS } from './composition-root.tokens.js';
import type { Config } from './infrastructure/config/config.js';
import { SqlOldRecords } from './infrastructure/persistence/sql-old-records.js';
import { RepeatingWorker, type RepeatedWork } from './interfaces/workers/repeating-worker.js';

const REPEATED_WORK: readonly (readonly [string, ServiceIdentifier<RepeatedWork>])[] = [
  ['probe', TOKENS.probeBackend],
  ['verify', TOKENS.verifyTickets],
  ['sweep', TOKENS.sweepTickets],
  ['forget', TOKENS.forgetWhatIsOld],
  ['check store', TOKENS.storeHealth],
];

/** Wires what is done again and again, and a worker for each. */
export function bindRepeatedWork(
  container: Container,
  config: Config,
  portsOf: (context: ResolutionContext) => DeliveryPorts,
): void {
  container.bind(TOKENS.probeBackend).toDynamicValue((context) => {
    const ports = portsOf(context);
    const adoptTickets = new AdoptTickets(ports, { route: config.route });
    return new ProbeBackend(ports, context.get(TOKENS.backendState), adoptTickets);
  });
  container
    .bind(TOKENS.verifyTickets)
    .toDynamicValue((context) => new VerifyTickets(portsOf(context), context.get(TOKENS.backendState)));
  container
    .bind(TOKENS.sweepTimes)
    .toDynamicValue((context) => new SweepTimes(context.get(TOKENS.backend).lateCommitMs));
  container.bind(TOKENS.sweepTickets).toDynamicValue((context) => {
    const times = context.get(TOKENS.sweepTimes);
    return new SweepTickets(portsOf(context), times, context.get(TOKENS.backendState));
  });
  container.bind(TOKENS.forgetWhatIsOld).toDynamicValue((context) => {
    const { backend, clock, logger } = portsOf(context);
    const records = new SqlOldRecords(context.get(TOKENS.database), context.get(TOKENS.storeHealth).watch);
    const settings = { retentionMs: config.retentionMs, instance: backend.instance };
    return new ForgetWhatIsOld({ records, clock, logger }, settings);
  });
  container.bind(TOKENS.repeatingWorkers).toDynamicValue((context) => {
    return REPEATED_WORK.map(
      ([name, work]) => new RepeatingWorker(name, context.get(work), portsOf(context)),
    );
  });
}
