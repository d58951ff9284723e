import { firing, type SentAlert } from '../app/bodies.js';

/** One firing of an alert: it begins, and it ends once. */
export interface Occurrence {
  readonly id: string;
  readonly group: string;
  /** What tells the alert from others of its group. */
  readonly instance: string;
  readonly startsAt: string;
}

/** As it is sent. Its ticket shows the annotation, so that the ticket's occurrence can be told. */
export function sent({ id, group, instance, startsAt }: Occurrence, endsAt: string | null): SentAlert {
  const annotations = { summary: `Occurrence ${id}` };
  const alert = { ...firing(group, instance, startsAt), annotations };
  return endsAt === null ? alert : { ...alert, status: 'resolved', endsAt };
}

/** What a ticket's texts say of the occurrence that it is about, and of its group. */
export function occurrenceIn(ticket: { readonly subject: string; readonly description: string }): {
  readonly occurrence: string | null;
  readonly group: string;
} {
  return {
    occurrence: /Occurrence (\w+)/.exec(ticket.description)?.[1] ?? null,
    group: /^\[Alert\] (\S+)/.exec(ticket.subject)?.[1] ?? '',
  };
}
