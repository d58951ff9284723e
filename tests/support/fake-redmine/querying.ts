import type { FakeIssue, FakeRedmineModel, FakeUser } from './model.js';
import { canSee } from './rights.js';
import { timeOf } from './views.js';

type Filter = (issue: FakeIssue, value: string, model: FakeRedmineModel) => boolean;

/** Filters of issue lists in their short form; whatever else is asked for is ignored, as Redmine does. */
const FILTERS: Readonly<Record<string, Filter>> = {
  project_id: (issue, value, model) => {
    const { id, identifier } = model.project(issue.projectId);
    return value === String(id) || value === identifier;
  },
  issue_id: (issue, value) =>
    value.startsWith('>=') ? issue.id >= Number(value.slice(2)) : value.split(',').includes(String(issue.id)),
  status_id: (issue, value, model) => {
    if (value === '*') return true;
    if (value === 'closed' || value === 'c') return model.isClosed(issue);
    return value === 'open' || value === 'o' ? !model.isClosed(issue) : value === String(issue.statusId);
  },
  description: (issue, value) => matches(issue.description, value),
  subject: (issue, value) => matches(issue.subject, value),
  parent_id: (issue, value, model) =>
    value.startsWith('~')
      ? model.descendantsOf(Number(value.slice(1))).includes(issue)
      : value.split(',').includes(String(issue.parentId)),
  updated_on: (issue, value) => !value.startsWith('>=') || timeOf(issue.updatedOn) >= value.slice(2),
};

/** `~` finds texts that contain every word of at least two characters, whatever their case; the first five count. */
function matches(text: string, value: string): boolean {
  if (!value.startsWith('~')) return text.toLowerCase() === value.toLowerCase();
  const words = value
    .slice(1)
    .split(/\s+/)
    .filter((word) => word.length > 1);
  return words.slice(0, 5).every((word) => text.toLowerCase().includes(word.toLowerCase()));
}

export interface IssuePage {
  readonly issues: readonly FakeIssue[];
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
}

/** What the user sees of the issues that pass: open ones if no status is asked for, newest first, at most 100. */
export function queryIssues(model: FakeRedmineModel, user: FakeUser, query: URLSearchParams): IssuePage {
  const asked = new Map([['status_id', 'open'], ...query]);
  const found = [...model.issues.values()].filter(
    (issue) =>
      canSee(model, user, issue) && [...asked].every(([name, value]) => passes(model, issue, name, value)),
  );
  const limit = Math.min(Number(query.get('limit') ?? '25'), 100);
  const offset = Number(query.get('offset') ?? '0');
  const issues = sorted(found, query.get('sort') ?? 'id:desc').slice(offset, offset + limit);
  return { issues, total: found.length, offset, limit };
}

function passes(model: FakeRedmineModel, issue: FakeIssue, name: string, value: string): boolean {
  const field = model.fields.find((one) => `cf_${one.id}` === name && one.isFilter);
  if (field !== undefined) return (issue.customValues.get(field.id) ?? '') === value;
  return FILTERS[name]?.(issue, value, model) ?? true;
}

const SORTS: Readonly<Record<string, (issue: FakeIssue) => number>> = {
  id: (issue) => issue.id,
  updated_on: (issue) => issue.updatedOn,
};

function sorted(issues: readonly FakeIssue[], sort: string): readonly FakeIssue[] {
  const keys = sort.split(',').map((key) => key.split(':'));
  return issues.toSorted((one, other) => {
    for (const [name = 'id', direction] of keys) {
      const value = SORTS[name] ?? SORTS['id'];
      const difference = (value?.(one) ?? 0) - (value?.(other) ?? 0);
      if (difference !== 0) return direction === 'desc' ? -difference : difference;
    }
    return 0;
  });
}
