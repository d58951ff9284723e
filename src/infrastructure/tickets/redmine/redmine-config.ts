import { z } from 'zod';
import { read, readUnquoted, word } from '../../config/variable-readers.js';

/** How Redmine is reached and what tickets are there. Projects, trackers and the like are ids or names, as written. */
export interface RedmineConfig {
  /** With its path, without a slash at the end. */
  readonly url: string;
  /** The same where people reach it with their browsers: what links to tickets begin with. */
  readonly publicUrl: string;
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
  /** false: closing is left to people (`ALERTREE_AUTO_CLOSE=note`), so what it needs may be missing. */
  readonly closesTickets: boolean;
  readonly lateCommitMs: number;
  /** Requests of any kind; null: no limit. */
  readonly requestsPerSecond: number | null;
  /** What Redmine's own setting says; its API does not tell. */
  readonly textFormatting: 'common_mark' | 'textile';
}

const name = z.string();
const nameOrNone = name.nullable().default(null);

const NO_ADDRESS = 'is no address of Redmine; write http://host/path or host:port, without user, query and #';

/** Variables and how each is read; what is wrong with the address or the key is said without quoting it. */
export const REDMINE_VARIABLES = z.object({
  REDMINE_URL: readUnquoted(parseUrl, NO_ADDRESS),
  REDMINE_PUBLIC_URL: readUnquoted(parseUrl, NO_ADDRESS).nullable().default(null),
  REDMINE_API_KEY: readUnquoted(
    parseKey,
    'holds characters that no key has; copy it from "My account" in Redmine',
  ),
  REDMINE_PROJECT_ID: name,
  REDMINE_TRACKER_ID: nameOrNone,
  REDMINE_OPEN_STATUS_ID: nameOrNone,
  REDMINE_CLOSE_STATUS_ID: nameOrNone,
  REDMINE_RESOLVED_STATUS_ID: nameOrNone,
  REDMINE_PRIORITY_ID: nameOrNone,
  REDMINE_ASSIGNED_TO_ID: nameOrNone,
  REDMINE_KEY_FIELD_ID: nameOrNone,
  REDMINE_LATE_COMMIT_SECONDS: read(parseSeconds, 'a whole number of seconds from 0 to 3600').default(
    120_000,
  ),
  REDMINE_MAX_REQUESTS_PER_SECOND: read(parseRate, 'a number from 0.5 to 1000, such as 2 or 2.5')
    .nullable()
    .default(null),
  REDMINE_TEXT_FORMATTING: word(['common_mark', 'textile']).default('common_mark'),
});

export type RedmineValues = z.output<typeof REDMINE_VARIABLES>;

/** What an older program calls them. Its names are general, so they count only where Redmine is asked for. */
export const OLDER_NAMES = [
  ['API_KEY', 'REDMINE_API_KEY'],
  ['PROJECT_ID', 'REDMINE_PROJECT_ID'],
  ['Track_ID', 'REDMINE_TRACKER_ID'],
] as const;

/** What the variables say, in the words of this folder. */
export function redmineConfigOf(values: RedmineValues, closesTickets: boolean): RedmineConfig {
  return {
    url: values.REDMINE_URL,
    publicUrl: values.REDMINE_PUBLIC_URL ?? values.REDMINE_URL,
    apiKey: values.REDMINE_API_KEY,
    project: values.REDMINE_PROJECT_ID,
    tracker: values.REDMINE_TRACKER_ID,
    openStatus: values.REDMINE_OPEN_STATUS_ID,
    closeStatus: values.REDMINE_CLOSE_STATUS_ID,
    resolvedStatus: values.REDMINE_RESOLVED_STATUS_ID,
    priority: values.REDMINE_PRIORITY_ID,
    assignedTo: values.REDMINE_ASSIGNED_TO_ID,
    keyField: values.REDMINE_KEY_FIELD_ID,
    closesTickets,
    lateCommitMs: values.REDMINE_LATE_COMMIT_SECONDS,
    requestsPerSecond: values.REDMINE_MAX_REQUESTS_PER_SECOND,
    textFormatting: values.REDMINE_TEXT_FORMATTING,
  };
}

/** A header has no room for anything else. */
function parseKey(text: string): string | null {
  return /^[\u0021-\u007e]+$/.test(text) ? text : null;
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

/** Fewer would not let what is asked at the start be answered within the time of a call. */
function parseRate(text: string): number | null {
  const rate = /^\d{1,4}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  return rate >= 0.5 && rate <= 1000 ? rate : null;
}
