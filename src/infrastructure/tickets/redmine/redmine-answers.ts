import { z } from 'zod';
import { answerFailure, type RequestKind } from './redmine-failure.js';

const id = z.number().int();
const named = z.object({ id, name: z.string() });
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const journal = z.object({
  id,
  notes: text,
  created_on: text,
  user: z.object({ id }).optional(),
  details: z.array(z.object({ property: text, name: text, new_value: z.unknown() })).default([]),
});

const issue = z.object({
  id,
  project: named,
  tracker: named,
  status: z.object({ id, name: z.string(), is_closed: z.boolean() }),
  priority: named,
  author: named.optional(),
  parent: z.object({ id }).optional(),
  subject: text,
  description: text,
  created_on: text,
  updated_on: z.string(),
  custom_fields: z.array(z.object({ id, value: z.unknown() })).default([]),
  allowed_statuses: z.array(z.object({ id, name: z.string(), is_closed: z.boolean() })).optional(),
  journals: z.array(journal).default([]),
  relations: z.array(z.object({ relation_type: z.string(), issue_id: id, issue_to_id: id })).default([]),
});

const user = z.object({
  id,
  login: text,
  admin: z.boolean().default(false),
  last_login_on: text,
  memberships: z.array(z.object({ project: named, roles: z.array(named) })).default([]),
});

const project = z.object({
  id,
  name: z.string(),
  identifier: z.string(),
  status: z.number().default(1),
  is_public: z.boolean().default(true),
  trackers: z.array(named).default([]),
  enabled_modules: z.array(z.object({ name: z.string() })).default([]),
  issue_custom_fields: z.array(named).default([]),
});

const tracker = z.object({
  id,
  name: z.string(),
  default_status: named.optional(),
  enabled_standard_fields: z.array(z.string()).optional(),
});

const priority = z.object({
  id,
  name: z.string(),
  is_default: z.boolean().default(false),
  active: z.boolean().default(true),
});

/** The answers of Redmine's REST API, as far as they are read; whatever else they hold is left out. */
export const ANSWERS = {
  issue: z.object({ issue }),
  issues: z.object({ issues: z.array(issue), total_count: z.number() }),
  user: z.object({ user }),
  project: z.object({ project }),
  projects: z.object({ projects: z.array(project), total_count: z.number() }),
  statuses: z.object({
    issue_statuses: z.array(z.object({ id, name: z.string(), is_closed: z.boolean().default(false) })),
  }),
  trackers: z.object({ trackers: z.array(tracker) }),
  priorities: z.object({ issue_priorities: z.array(priority) }),
  memberships: z.object({
    memberships: z.array(z.object({ user: named.optional(), group: named.optional() })),
    total_count: z.number(),
  }),
  role: z.object({ role: z.object({ id, name: z.string(), permissions: z.array(z.string()).default([]) }) }),
} as const;

export type Named = z.output<typeof named>;
export type Issue = z.output<typeof issue>;
export type Journal = z.output<typeof journal>;
export type User = z.output<typeof user>;
export type Project = z.output<typeof project>;
export type Tracker = z.output<typeof tracker>;
export type Priority = z.output<typeof priority>;
export type IssueStatus = z.output<typeof ANSWERS.statuses>['issue_statuses'][number];

/** The answer in its shape; JSON of another shape is no answer of Redmine's. */
export function answer<K extends keyof typeof ANSWERS>(
  shape: K,
  body: unknown,
  kind: RequestKind = 'read',
): z.output<(typeof ANSWERS)[K]> {
  const parsed = ANSWERS[shape].safeParse(body);
  if (!parsed.success) throw answerFailure(kind, `JSON that is no "${shape}"`);
  return parsed.data as z.output<(typeof ANSWERS)[K]>;
}
