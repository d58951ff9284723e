import { z } from 'zod';
import { read, word } from '../../config/variable-readers.js';

/** How Redmine is reached and what tickets are there. Projects, trackers and the like are ids or names, as written. */
export interface RedmineConfig {
  /** With its path, without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
  readonly project: string;
  /** null: what Redmine or its project has first, or by default. */
  readonly tracker: string | null;
  readonly openStatus: string | null;
  readonly closeStatus: string | null;
  readonly resolvedStatus: string | null;
  readonly priority: string | null;
  readonly assignedTo: string | null;
  /** A custom field that takes the correlation key beside the key line; null: none. */
  readonly keyField: string | null;
  readonly lateCommitMs: number;
  /** What Redmine's own setting says; its API does not tell. */
  readonly textFormatting: 'common_mark' | 'textile';
}

const name = z.string().nullable().default(null);

/** Variables and how each is read; the key is checked with the rest below, for no message may quote it. */
export const REDMINE_VARIABLES = {
  REDMINE_URL: z.string().transform(toUrl).nullable().default(null),
  REDMINE_API_KEY: name,
  REDMINE_PROJECT_ID: name,
  REDMINE_TRACKER_ID: name,
  REDMINE_OPEN_STATUS_ID: name,
  REDMINE_CLOSE_STATUS_ID: name,
  REDMINE_RESOLVED_STATUS_ID: name,
  REDMINE_PRIORITY_ID: name,
  REDMINE_ASSIGNED_TO_ID: name,
  REDMINE_KEY_FIELD_ID: name,
  REDMINE_LATE_COMMIT_SECONDS: read(parseSeconds, 'a whole number of seconds from 0 to 3600').default(
    120_000,
  ),
  REDMINE_TEXT_FORMATTING: word(['common_mark', 'textile']).default('common_mark'),
};

type RedmineValues = {
  readonly [K in keyof typeof REDMINE_VARIABLES]: z.output<(typeof REDMINE_VARIABLES)[K]>;
};

/** What an older program calls them. Its names are general, so they count only where Redmine is asked for. */
const OLDER_NAMES = [
  ['API_KEY', 'REDMINE_API_KEY'],
  ['PROJECT_ID', 'REDMINE_PROJECT_ID'],
  ['Track_ID', 'REDMINE_TRACKER_ID'],
] as const;

/** The variables with older names taken for the proper ones where these are not set, and a warning for each. */
export function withOlderNames(set: ReadonlyMap<string, string>): {
  readonly set: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
} {
  const all = new Map(set);
  const warnings: string[] = [];
  if (!set.has('REDMINE_URL')) return { set, warnings };
  for (const [older, proper] of OLDER_NAMES) {
    const value = set.get(older);
    if (value === undefined || set.has(proper) || set.has(`${proper}_FILE`)) continue;
    all.set(proper, value);
    warnings.push(`${older} is taken for ${proper}; set ${proper} instead`);
  }
  return { set: all, warnings };
}

/** What the variables lack together, beside what each of them has wrong. */
export function problemsWithRedmine(set: ReadonlyMap<string, string>): readonly string[] {
  const names = [...set.keys()].filter((variable) => Object.hasOwn(REDMINE_VARIABLES, variable));
  if (!set.has('REDMINE_URL')) {
    return names.map((variable) => `${variable} is set without REDMINE_URL; set that too, or unset it`);
  }
  const missing = ['REDMINE_API_KEY', 'REDMINE_PROJECT_ID'].filter((variable) => !set.has(variable));
  const key = set.get('REDMINE_API_KEY');
  return [
    ...missing.map((variable) => `${variable} is missing; REDMINE_URL needs it`),
    ...(key !== undefined && !isHeaderValue(key)
      ? ['REDMINE_API_KEY holds characters that no key has; copy it from "My account" in Redmine']
      : []),
  ];
}

/** null without a URL. Call it only where there is no problem. */
export function redmineConfigOf(values: RedmineValues): RedmineConfig | null {
  const { REDMINE_URL: url, REDMINE_API_KEY: apiKey, REDMINE_PROJECT_ID: project } = values;
  if (url === null || apiKey === null || project === null) return null;
  return {
    url,
    apiKey,
    project,
    tracker: values.REDMINE_TRACKER_ID,
    openStatus: values.REDMINE_OPEN_STATUS_ID,
    closeStatus: values.REDMINE_CLOSE_STATUS_ID,
    resolvedStatus: values.REDMINE_RESOLVED_STATUS_ID,
    priority: values.REDMINE_PRIORITY_ID,
    assignedTo: values.REDMINE_ASSIGNED_TO_ID,
    keyField: values.REDMINE_KEY_FIELD_ID,
    lateCommitMs: values.REDMINE_LATE_COMMIT_SECONDS,
    textFormatting: values.REDMINE_TEXT_FORMATTING,
  };
}

function isHeaderValue(text: string): boolean {
  return /^[\u0021-\u007e]+$/.test(text);
}

/** The problem does not quote what was written: a password may be in it. */
function toUrl(text: string, context: z.core.$RefinementCtx<string>): string {
  const url = parseUrl(text);
  if (url !== null) return url;
  const message = 'is no address of Redmine; write http://host/path or host:port, without user, query and #';
  context.issues.push({ code: 'custom', input: '', message });
  return z.NEVER;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** `host:port` is a host, not a scheme. */
function parseUrl(text: string): string | null {
  const url = URL.parse(SCHEME.test(text) ? text : `http://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  if (url.username !== '' || url.password !== '' || /[?#]/.test(url.href)) return null;
  return url.href.replace(/\/+$/, '');
}

function parseSeconds(text: string): number | null {
  return /^\d{1,4}$/.test(text) && Number(text) <= 3600 ? Number(text) * 1000 : null;
}
