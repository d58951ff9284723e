/** What the fake Redmine holds, in Redmine's words. Tests change it as an administrator would. */
export interface FakeUser {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  apiKey: string;
  admin: boolean;
  locked: boolean;
  /** Milliseconds; absent: never. */
  lastLoginOn?: number;
}

export interface FakeRole {
  readonly id: number;
  readonly name: string;
  permissions: Set<string>;
  /** Statuses that the role may change an issue to, by its status; a status that is not listed: all of them. */
  workflow: Map<number, readonly number[]>;
  /** The trackers that it may add issues of, which no answer tells; absent: all of them. */
  addTrackerIds?: readonly number[];
  /** Whether issues can be given to its members; absent: they can. */
  assignable?: boolean;
}

export interface FakeStatus {
  readonly id: number;
  name: string;
  isClosed: boolean;
}

export interface FakeTracker {
  readonly id: number;
  name: string;
  defaultStatusId: number;
  enabledFields: string[];
}

export interface FakePriority {
  readonly id: number;
  readonly name: string;
  isDefault: boolean;
  active: boolean;
}

export interface FakeField {
  readonly id: number;
  readonly name: string;
  isFilter: boolean;
  /** Trackers that use it; absent: all of them. */
  trackerIds?: readonly number[];
}

export interface FakeProject {
  readonly id: number;
  readonly identifier: string;
  readonly name: string;
  /** 1: active, 5: closed, 9: archived. */
  status: 1 | 5 | 9;
  isPublic: boolean;
  modules: string[];
  trackerIds: number[];
  fieldIds: number[];
  /** Roles by user. */
  members: Map<number, readonly number[]>;
}

export interface FakeJournal {
  readonly id: number;
  readonly userId: number;
  readonly notes: string;
  /** The status that it gave the issue; null: none. */
  readonly statusId: number | null;
  /** Milliseconds. */
  readonly createdOn: number;
}

export interface FakeIssue {
  readonly id: number;
  projectId: number;
  trackerId: number;
  statusId: number;
  priorityId: number;
  authorId: number;
  assignedToId: number | null;
  parentId: number | null;
  subject: string;
  description: string;
  readonly customValues: Map<number, string>;
  readonly journals: FakeJournal[];
  /** Milliseconds; shown in whole seconds. */
  createdOn: number;
  updatedOn: number;
}

export interface FakeRelation {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** Nobody: what a request with a wrong key is made by. */
export const ANONYMOUS: FakeUser = {
  id: 4,
  login: '',
  name: 'Anonymous',
  apiKey: '',
  admin: false,
  locked: false,
};

export const BOT_PERMISSIONS = [
  'view_issues',
  'add_issues',
  'edit_issues',
  'add_issue_notes',
  'manage_subtasks',
];

/** A Redmine with its default data, a project, an administrator, a person and a bot of few rights. */
export class FakeRedmineModel {
  readonly users: FakeUser[] = [
    { id: 1, login: 'admin', name: 'Redmine Admin', apiKey: 'a'.repeat(40), admin: true, locked: false },
    { id: 5, login: 'alertree', name: 'Alertree Bot', apiKey: 'b'.repeat(40), admin: false, locked: false },
    { id: 6, login: 'operator', name: 'Olive Operator', apiKey: 'c'.repeat(40), admin: false, locked: false },
  ];
  readonly roles: FakeRole[] = [
    { id: 1, name: 'Non member', permissions: new Set(['view_issues']), workflow: new Map() },
    { id: 2, name: 'Anonymous', permissions: new Set(['view_issues']), workflow: new Map() },
    {
      id: 3,
      name: 'Manager',
      permissions: new Set([...BOT_PERMISSIONS, 'delete_issues']),
      workflow: new Map(),
    },
    { id: 6, name: 'Alertree', permissions: new Set(BOT_PERMISSIONS), workflow: new Map() },
  ];
  readonly statuses: FakeStatus[] = [
    { id: 1, name: 'New', isClosed: false },
    { id: 2, name: 'In Progress', isClosed: false },
    { id: 3, name: 'Resolved', isClosed: false },
    { id: 4, name: 'Feedback', isClosed: false },
    { id: 5, name: 'Closed', isClosed: true },
    { id: 6, name: 'Rejected', isClosed: true },
  ];
  readonly trackers: FakeTracker[] = [
    {
      id: 1,
      name: 'Bug',
      defaultStatusId: 1,
      enabledFields: ['parent_issue_id', 'description', 'priority_id'],
    },
    {
      id: 2,
      name: 'Support',
      defaultStatusId: 1,
      enabledFields: ['parent_issue_id', 'description', 'priority_id'],
    },
  ];
  readonly priorities: FakePriority[] = ['Low', 'Normal', 'High', 'Urgent', 'Immediate'].map(
    (name, index) => {
      return { id: index + 1, name, isDefault: name === 'Normal', active: true };
    },
  );
  readonly fields: FakeField[] = [{ id: 8, name: 'Alert key', isFilter: true }];
  readonly projects: FakeProject[] = [
    {
      id: 1,
      identifier: 'alerts',
      name: 'Alerts',
      status: 1,
      isPublic: false,
      modules: ['issue_tracking'],
      trackerIds: [1, 2],
      fieldIds: [8],
      members: new Map([
        [5, [6]],
        [6, [3]],
      ]),
    },
  ];
  readonly issues = new Map<number, FakeIssue>();
  readonly relations: FakeRelation[] = [];
  restEnabled = true;
  /** Milliseconds. */
  now = Date.parse('2026-06-16T02:46:00Z');
  private lastId = 0;

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  userOf(key: string | undefined): FakeUser {
    return this.users.find((user) => user.apiKey === key && !user.locked) ?? ANONYMOUS;
  }

  status(id: number): FakeStatus {
    return found(this.statuses, id);
  }

  project(id: number): FakeProject {
    return found(this.projects, id);
  }

  isClosed(issue: FakeIssue): boolean {
    return this.status(issue.statusId).isClosed;
  }

  childrenOf(id: number): readonly FakeIssue[] {
    return [...this.issues.values()].filter((issue) => issue.parentId === id);
  }

  /** Everything below, at any depth. */
  descendantsOf(id: number): readonly FakeIssue[] {
    return this.childrenOf(id).flatMap((child) => [child, ...this.descendantsOf(child.id)]);
  }
}

function found<T extends { readonly id: number }>(all: readonly T[], id: number): T {
  const one = all.find((candidate) => candidate.id === id);
  if (one === undefined) throw new Error(`the fake Redmine has no such thing with the id ${id}`);
  return one;
}
