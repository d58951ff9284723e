import type { Issue, User } from './redmine-answers.js';

/** A bot's account is logged in to when it is set up, if ever; one with a later login is a person's. */
const PERSONAL_FOR_MS = 30 * 24 * 60 * 60_000;
/** Redmine's times are whole seconds, and one create may take part in two of them. */
const OF_ONE_CREATE_MS = 1_000;
const COPIES: readonly string[] = ['copied_to', 'copied_from'];

/**
 * Whether an issue, read with its journals and relations, is our user's alone: made by it, never changed but for being
 * closed by it (private notes, which it may not see, show in the time of the last change), and no copy or copied. Many run the service with a person's
 * API key; then who made an issue says nothing. A person is who has logged in since 30 days before the issue was made:
 * requests with a key do not count as logins.
 */
export function isOursAlone(issue: Issue, me: User): boolean {
  const made = Date.parse(issue.created_on);
  const isChanged = !isOnlyClosed(issue, me) && !isAsMade(issue);
  const isCopy = issue.relations.some((relation) => COPIES.includes(relation.relation_type));
  return issue.author?.id === me.id && !isChanged && !isCopy && !isPersons(me, made);
}

function isAsMade({ journals, created_on: made, updated_on: changed }: Issue): boolean {
  return journals.length === 0 && Date.parse(changed) - Date.parse(made) <= OF_ONE_CREATE_MS;
}

/** A fold closes first, and may be cut off then. */
function isOnlyClosed({ status, journals, updated_on: changed }: Issue, me: User): boolean {
  const [journal, ...others] = journals;
  if (!status.is_closed || journal === undefined || others.length > 0) return false;
  const isOurs = journal.user?.id === me.id && journal.notes === '';
  return isOurs && Date.parse(changed) - Date.parse(journal.created_on) <= OF_ONE_CREATE_MS;
}

function isPersons({ last_login_on: lastLogin }: User, made: number): boolean {
  return lastLogin !== '' && !(Date.parse(lastLogin) < made - PERSONAL_FOR_MS);
}
