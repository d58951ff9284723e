import { z } from 'zod';
import { DEFAULT_ROUTE } from '../../domain/route/route-settings.js';
import { ticketBackends } from '../tickets/index.js';
import { ConfigError } from './config-error.js';
import type { Config } from './config.js';
import { parseDuration } from './duration.js';
import { parseListenAddress } from './listen-address.js';
import { SECRET_FILE_VARIABLES, secretsIn, withSecretsFromFiles } from './secret-files.js';
import { chooseTicketBackend, ticketBackendVariables, withOlderNames } from './ticket-backend-variables.js';
import { problemsWithNames } from './variable-names.js';
import { parseList, read, readSecret, word } from './variable-readers.js';
import { parseTokens, problemWithTokens } from './webhook-tokens.js';

const DAY_MS = 86_400_000;
const DEFAULT_RETENTION_MS = 90 * DAY_MS;
/** Late copies of notifications come within hours, and people look back further than a day. */
const SHORTEST_RETENTION_MS = 2 * DAY_MS;
const SHORT_RETENTION = 'is too short; write at least 2d, and no less than ALERTREE_GROUP_SPAN';

const duration = read(parseDuration, 'a duration such as 48h, 1h30m, 90s, 2d or 0');

const VARIABLES = z
  .object({
    ALERTREE_DATA_DIR: z.string().default('./data'),
    ALERTREE_LISTEN: read(parseListenAddress, ':5005, 127.0.0.1:5005, [::1]:5005 or 5005').prefault(':5005'),
    ALERTREE_TIMEZONE: read(parseTimeZone, 'an IANA name such as Asia/Tokyo or UTC').default(systemTimeZone),
    ALERTREE_GROUP_BY: read(
      parseGroupBy,
      'label names such as alertname,cluster, or ... alone for all labels',
    ).default(DEFAULT_ROUTE.groupBy),
    ALERTREE_ROOT: word(['alert', 'summary']).default(DEFAULT_ROUTE.root),
    ALERTREE_GROUP_SPAN: duration.default(DEFAULT_ROUTE.groupSpanMs),
    ALERTREE_MAX_CHILDREN: read(parseMaxChildren, 'a whole number from 0 to 1000').default(
      DEFAULT_ROUTE.maxChildren,
    ),
    ALERTREE_CLOSE_AFTER: duration.default(DEFAULT_ROUTE.closeAfterMs),
    ALERTREE_AUTO_CLOSE: word(['close', 'note']).default(DEFAULT_ROUTE.autoClose),
    ALERTREE_RETENTION: duration.optional(),
    ALERTREE_SUBJECT_LABELS: read(parseList, 'label names such as instance,job').prefault('instance'),
    ALERTREE_LANGUAGE: word(['en', 'ja']).default('en'),
    ALERTREE_WEBHOOK_TOKEN: readSecret(problemWithTokens, parseTokens).default([]),
    ALERTREE_OPEN_READ: word(['true', 'false']).default('false'),
    ALERTREE_LOG_LEVEL: word(['error', 'warn', 'info', 'debug']).default('info'),
    ALERTREE_LOG_FORMAT: word(['logfmt', 'json']).default('logfmt'),
  })
  .superRefine((values, context) => {
    const shortest = Math.max(SHORTEST_RETENTION_MS, values.ALERTREE_GROUP_SPAN);
    if ((values.ALERTREE_RETENTION ?? Infinity) >= shortest) return;
    context.addIssue({ code: 'custom', path: ['ALERTREE_RETENTION'], message: SHORT_RETENTION });
  });

const KNOWN = [
  ...Object.keys(VARIABLES.shape),
  ...ticketBackendVariables(ticketBackends),
  ...SECRET_FILE_VARIABLES,
];

/**
 * Reads the configuration from environment variables; an empty one counts as unset. Throws a `ConfigError` that names
 * every problem at once, variables that are unknown or not supported yet among them.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const asSet = variablesThatAreSet(env);
  const { set: withFiles, problems: files } = withSecretsFromFiles(asSet);
  const { set, warnings } = withOlderNames(withFiles, ticketBackends);
  const { choice, problems: backends } = chooseTicketBackend(set, ticketBackends);
  const names = problemsWithNames(asSet, KNOWN);
  const parsed = VARIABLES.safeParse(Object.fromEntries(set));
  const values = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const problems = [...values, ...files, ...backends, ...names];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const config = {
    ...toConfig(parsed.data),
    secrets: secretsIn(set),
    ticketBackend: choice ?? { name: 'embedded', values: {} },
  };
  const empty = env['ALERTREE_WEBHOOK_TOKEN'] === '' ? [EMPTY_TOKEN] : [];
  return { ...config, warnings: [...warnings, ...warningsOf(config), ...empty] };
}

function variablesThatAreSet(env: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  const set = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    const text = value?.trim() ?? '';
    if (text !== '') set.set(name, text);
  }
  return set;
}

function toConfig(
  values: z.output<typeof VARIABLES>,
): Omit<Config, 'ticketBackend' | 'warnings' | 'secrets'> {
  return {
    dataDir: values.ALERTREE_DATA_DIR,
    listen: values.ALERTREE_LISTEN,
    timeZone: values.ALERTREE_TIMEZONE,
    language: values.ALERTREE_LANGUAGE,
    subjectLabels: values.ALERTREE_SUBJECT_LABELS,
    webhookTokens: values.ALERTREE_WEBHOOK_TOKEN,
    openRead: values.ALERTREE_OPEN_READ === 'true',
    logLevel: values.ALERTREE_LOG_LEVEL,
    logFormat: values.ALERTREE_LOG_FORMAT,
    retentionMs: values.ALERTREE_RETENTION ?? Math.max(DEFAULT_RETENTION_MS, values.ALERTREE_GROUP_SPAN),
    route: {
      name: DEFAULT_ROUTE.name,
      groupBy: values.ALERTREE_GROUP_BY,
      root: values.ALERTREE_ROOT,
      groupSpanMs: values.ALERTREE_GROUP_SPAN,
      maxChildren: values.ALERTREE_MAX_CHILDREN,
      closeAfterMs: values.ALERTREE_CLOSE_AFTER,
      autoClose: values.ALERTREE_AUTO_CLOSE,
    },
  };
}

/** What a template leaves behind whose secret is missing: nobody should take it for a lock. */
const EMPTY_TOKEN = 'ALERTREE_WEBHOOK_TOKEN is empty, so no token is asked for; set or unset it';

function warningsOf({
  openRead,
  webhookTokens,
}: Pick<Config, 'openRead' | 'webhookTokens'>): readonly string[] {
  return openRead && webhookTokens.length > 0
    ? ['ALERTREE_OPEN_READ opens nothing beside ALERTREE_WEBHOOK_TOKEN; unset it']
    : [];
}

function parseTimeZone(text: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** UTC where the system's own zone is unknown. */
function systemTimeZone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
}

/** All labels and some labels at once make no sense, as in Alertmanager. */
function parseGroupBy(text: string): readonly string[] | null {
  const names = parseList(text);
  return names !== null && names.includes('...') && names.length > 1 ? null : names;
}

function parseMaxChildren(text: string): number | null {
  return /^\d{1,4}$/.test(text) && Number(text) <= 1000 ? Number(text) : null;
}
