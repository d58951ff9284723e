import type { AlertContent } from '../../domain/alert/alert.js';
import type { TicketPriority } from '../ports/ticket-backend.js';

/** Values of the label `severity` that mean more than an ordinary ticket; the words are those of common rule sets. */
const PRIORITIES: ReadonlyMap<string, TicketPriority> = new Map([
  ['critical', 'high'],
  ['error', 'high'],
  ['page', 'urgent'],
  ['emergency', 'urgent'],
  ['disaster', 'urgent'],
]);

/** How urgent the ticket of an alert is. */
export function priorityOf(content: AlertContent): TicketPriority {
  const severity = content.labels.find(([name]) => name === 'severity')?.[1] ?? '';
  return PRIORITIES.get(severity.toLowerCase()) ?? 'normal';
}
