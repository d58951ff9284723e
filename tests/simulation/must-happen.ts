import { STEPS } from './alertree/hazards.js';
import { FAULTS } from './trackers/fault-plan.js';
import { PERSON_ACTS } from './trackers/tracker.js';

/** What must be met by one history in a hundred, or the run proves nothing about it. */
export const MUST_HAPPEN: readonly string[] = [
  ...FAULTS.map((fault) => `redmine: ${fault}`),
  ...STEPS.map((step) => `crash: ${step}`),
  'store: busy',
  'store: emptied',
  'clock: steps back',
  ...PERSON_ACTS.map((act) => `person: ${act}`),
  ...['lost', 'answer lost', 'late', 'copied', 'swallowed', 'shuffled'].map((mishap) => `webhook: ${mishap}`),
  ...[
    'retry',
    'gave up',
    'repeat',
    'silenced',
    'peers parted',
    "the second peer's copy",
    'forgot what it notified',
    'fires again with its old start',
    'Prometheus cut off',
    'Prometheus cut off from one peer',
  ].map((event) => `alertmanager: ${event}`),
];

/** States worth reaching; sometimes is enough. */
export const MUST_BE_REACHED: readonly string[] = [
  'outcome-unknown',
  'found by its key',
  'copy folded',
  'duplicate-left',
  'came-late',
  'ticket-adopted',
  'write-refused',
  'ticket-parked',
  'ticket-reopened',
  'person-decided',
  'members-moved',
  'flapping',
  'folded',
  'doubtful',
  'settled',
  'over before its ticket',
  'root that only tells',
  'group ended by span',
  'group ended by cap',
  'group ended by over',
  'group ended by person',
  'group ended by reopen-refused',
  ...['ended', 'group-over', 'root-over', 'recurrence', 'refired', 'flapping', 'end-noted', 'settled'].map(
    (note) => `note ${note}`,
  ),
  ...['group-ended', 'folded', 'account'].map((note) => `note ${note}`),
].map((state) => `state: ${state}`);
