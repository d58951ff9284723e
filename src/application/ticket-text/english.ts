import type { Messages } from './messages.js';

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

export const english: Messages = {
  commonRoot: 'Common root of a group of alerts: each has a ticket of its own below.',
  perhapsLate: 'Perhaps a late copy: this alert is known to have ended after its start.',
  treeBefore: 'The tree before this one: ',
  foldedSoFar: (count) => `Alerts of this group without a ticket of their own so far: ${count}.`,
  field: {
    severity: 'Severity',
    firingSince: 'Firing since',
    source: 'Source',
    ended: 'Ended',
    lasted: 'Lasted',
    fired: 'Fired',
    endedTogether: 'Ended together',
  },
  link: { graph: 'Graph', alertmanager: 'Alertmanager', runbook: 'Runbook' },
  times,
  manyAtOnce: (count) => `${count} alerts at once; was Prometheus cut off?`,
  resolved: 'Resolved.',
  groupResolved: 'Resolved: nothing of this group fires.',
  tree: (members, folded) =>
    `Alerts in this tree: ${members}${folded === 0 ? '' : `, ${folded} of them without a ticket of their own`}.`,
  rootOver: (othersFiring) => `This alert is over. Others of the group still fire: ${othersFiring}.`,
  reopenedFor: (title, more) => `Reopened: ${title} fires${more === 0 ? '' : `, and ${more} more`}.`,
  firedAgain: (count, last) => `Fired again ${times(count)}, last at ${last}.`,
  flapping: 'Flapping: it ended three times within an hour. An end counts after 30 quiet minutes.',
  endNoted: 'The alert is over. This ticket is left for a person to close.',
  settled: 'A person closed this ticket while the alert still fires. Alertree leaves it as it is.',
  groupEnded: 'Closed: a person ended this group of alerts. What still fires is not reported here again.',
  endedWithoutTicket: (count) => `Ended without a ticket of their own: ${count}.`,
  cameLate: 'Closed: it was created late, when its alert was over or had another ticket.',
  superfluous: 'Closed: this alert has another open ticket. ',
  endedAt: (title, time) => `${title}, ended ${time}`,
  andMore: (count) => `... and ${count} more.`,
  units: ['d', 'h', 'm', 's'],
};
