import request from 'supertest';
import type { GroupDetails } from '../../../../src/application/ports/ticket-group-queries.js';
import type { HttpAppParts } from '../../../../src/interfaces/http/http-app.js';
import { aGroup } from './a-group.js';
import { aHttpApp } from './http-fakes.js';

/** The page over these groups as text, with every run of blanks as one. */
export async function pageOf(groups: readonly Partial<GroupDetails>[], parts: Partial<HttpAppParts> = {}) {
  const { app, queries } = aHttpApp(parts);
  queries.groups = groups.map(aGroup);
  const response = await request(app).get('/');
  return response.text.replace(/\s+/g, ' ');
}

/** The page as a reader sees it. */
export async function wordsOf(groups: readonly Partial<GroupDetails>[], parts: Partial<HttpAppParts> = {}) {
  const page = await pageOf(groups, parts);
  return page.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
}
