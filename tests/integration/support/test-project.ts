import { randomUUID } from 'node:crypto';
import { AdminOfRedmine } from './admin-of-redmine.js';
import type { RedmineAccess } from './servers.js';

interface Membership {
  readonly user?: { readonly id: number };
  readonly roles: readonly { readonly id: number }[];
}

/** Makes an empty project with the members of the one that is given, and gives its identifier. */
export async function createTestProject(access: RedmineAccess): Promise<string> {
  const admin = new AdminOfRedmine(access.url, access.adminKey);
  const identifier = `test-${randomUUID()}`;
  await admin.post('/projects.json', {
    project: { identifier, name: identifier, is_public: false, enabled_module_names: ['issue_tracking'] },
  });
  const { memberships } = await admin.get<{ memberships: readonly Membership[] }>(
    `/projects/${access.project}/memberships.json?limit=100`,
  );
  for (const { user, roles } of memberships) {
    if (user === undefined) continue;
    const membership = { user_id: user.id, role_ids: roles.map(({ id }) => id) };
    await admin.post(`/projects/${identifier}/memberships.json`, { membership });
  }
  return identifier;
}

/** Deletes a project and all that is in it. Redmine does it soon after it has answered. */
export async function removeTestProject(access: RedmineAccess): Promise<void> {
  await new AdminOfRedmine(access.url, access.adminKey).remove(`/projects/${access.project}.json`);
}
