import type { Issue } from './redmine-answers.js';
import type { Choices } from './redmine-choices.js';
import type { RedmineCall } from './redmine-client.js';
import type { RedmineIssues } from './redmine-issues.js';
import { closingStatus, openingStatus } from './redmine-statuses.js';

const SHOWN = 50;

/** What keeps an issue from being open or closed, as far as our user can see it. */
export async function obstaclesIn(
  {
    call,
    choices,
    issues,
  }: { readonly call: RedmineCall; readonly choices: Choices; readonly issues: RedmineIssues },
  id: string,
  status: 'open' | 'closed',
): Promise<readonly string[]> {
  const issue = await issues.one(call, id, 'allowed_statuses,relations');
  if (issue.status.is_closed === (status === 'closed')) return [];
  const found =
    status === 'closed'
      ? [...(await openSubtasks(call, issues, issue)), ...(await openBlockers(call, issues, issue))]
      : await closedParent(call, issues, issue);
  return found.length > 0 ? found : workflow(choices, issue, status);
}

async function openSubtasks(
  call: RedmineCall,
  issues: RedmineIssues,
  issue: Issue,
): Promise<readonly string[]> {
  // Every level below: an open subtask of a closed one is in the way too.
  const below = await issues.filtered(call, { parent_id: `~${issue.id}`, status_id: 'open' });
  return below
    .filter((one) => one.id !== issue.id && one.parent !== undefined && !one.status.is_closed)
    .slice(0, SHOWN)
    .map((one) => `Its subtask #${one.id} is open.`);
}

async function openBlockers(
  call: RedmineCall,
  issues: RedmineIssues,
  issue: Issue,
): Promise<readonly string[]> {
  const ids = issue.relations
    .filter((relation) => relation.relation_type === 'blocks' && relation.issue_to_id === issue.id)
    .slice(0, SHOWN)
    .map((relation) => String(relation.issue_id));
  if (ids.length === 0) return [];
  const blockers = await issues.byIds(call, ids);
  return blockers
    .filter((blocker) => !blocker.status.is_closed)
    .map((blocker) => `It is blocked by #${blocker.id}, which is open.`);
}

async function closedParent(
  call: RedmineCall,
  issues: RedmineIssues,
  issue: Issue,
): Promise<readonly string[]> {
  if (issue.parent === undefined) return [];
  const [parent] = await issues.byIds(call, [String(issue.parent.id)]);
  return parent?.status.is_closed === true ? [`Its parent #${parent.id} is closed.`] : [];
}

function workflow(choices: Choices, issue: Issue, status: 'open' | 'closed'): readonly string[] {
  const wanted = status === 'closed' ? closingStatus(choices, issue) : openingStatus(choices, issue);
  const allowed = issue.allowed_statuses ?? [];
  if (wanted !== null && allowed.some((one) => one.id === wanted.id)) return [];
  const to = wanted === null ? `any ${status} status` : `"${wanted.name}"`;
  const { login } = choices.inventory.me;
  return [
    `The workflow of the tracker "${issue.tracker.name}" does not let ${login} change it from "${issue.status.name}" to ` +
      `${to}; or something that ${login} may not see is in the way.`,
  ];
}
