import { readFileSync } from 'node:fs';
import { ticketBackends } from '../tickets/index.js';

/** The variables whose value may stand in a file, named by the same variable with `_FILE` at its end. */
const SECRETS: readonly string[] = [
  'ALERTREE_WEBHOOK_TOKEN',
  ...Object.values(ticketBackends).flatMap(({ secrets }) => secrets),
];

/** In the place of a secret whose file is a problem: it is set, and nothing can be said of its value. */
export const UNREAD_SECRET = 'secret-that-cannot-be-read';

export const SECRET_FILE_VARIABLES: readonly string[] = SECRETS.map((name) => `${name}_FILE`);

/** The variables with secrets read from their files, and what is wrong with these; no problem quotes a secret. */
export function withSecretsFromFiles(set: ReadonlyMap<string, string>): {
  readonly set: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
} {
  const all = new Map(set);
  const problems: string[] = [];
  for (const name of SECRETS) {
    const file = set.get(`${name}_FILE`);
    if (file === undefined) continue;
    const secret = readSecret(file);
    if (set.has(name)) problems.push(`${name} and ${name}_FILE are both set; unset one of them`);
    else if (secret === null)
      problems.push(`${name}_FILE names no file that can be read and holds something`);
    all.set(name, set.get(name) ?? secret ?? UNREAD_SECRET);
  }
  return { set: all, problems };
}

/** Every secret that is set, for those who must not show one. */
export function secretsIn(set: ReadonlyMap<string, string>): readonly string[] {
  const texts = SECRETS.map((name) => set.get(name) ?? '');
  return texts.flatMap((text) => text.split(/[,\s]+/)).filter((secret) => secret !== '');
}

/** null for a file that is empty or cannot be read. */
function readSecret(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null;
  }
}
