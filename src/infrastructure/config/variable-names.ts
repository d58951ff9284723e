import { ticketBackends } from '../tickets/index.js';
import { nearestOf } from './nearest.js';
import { ticketBackendPrefixes } from './ticket-backend-variables.js';

/** Names that are promised and whose part is not built yet: to ignore one in silence would be a lie. */
const NOT_YET = [
  'ALERTMANAGER_URL',
  'ALERTMANAGER_RECEIVER',
  'DATABASE_URL',
  'DATABASE_URL_FILE',
  'ALERTREE_OPEN_AFTER',
  'ALERTREE_CONFIG',
];

const OURS = ['ALERTREE_', 'ALERTMANAGER_', ...ticketBackendPrefixes(ticketBackends)];

/**
 * Kubernetes and Docker links describe every neighbouring service in variables of its name: beside a service `redmine`
 * there is `REDMINE_PORT=tcp://10.0.0.1:80`. Nobody wrote those for us.
 */
const SERVICE_LINK =
  /_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;
const LINK_ADDRESS = /^(tcp|udp|sctp):\/\//;

/** What is wrong with the names of the variables that are set, beside those that are known. */
export function problemsWithNames(
  set: ReadonlyMap<string, string>,
  known: readonly string[],
): readonly string[] {
  const problems: string[] = [];
  for (const [name, value] of set) {
    if (NOT_YET.includes(name)) problems.push(`${name} is not supported by this version yet; unset it`);
    else if (isOurs(name) && !known.includes(name) && !isServiceLink(name, value)) {
      const nearest = nearestOf(name.toUpperCase(), [...known, ...NOT_YET]);
      problems.push(`${name} is an unknown variable, did you mean ${nearest}?`);
    }
  }
  return problems;
}

/** However it is written: `redmine_url` is a slip of the pen, too. */
function isOurs(name: string): boolean {
  return OURS.some((prefix) => name.toUpperCase().startsWith(prefix));
}

function isServiceLink(name: string, value: string): boolean {
  return SERVICE_LINK.test(name) || (name.endsWith('_PORT') && LINK_ADDRESS.test(value));
}
