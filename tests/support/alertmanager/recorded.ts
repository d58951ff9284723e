import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the notifications of real Alertmanagers are kept, a folder for each version. */
const FIXTURES = join(import.meta.dirname, '../../fixtures/alertmanager');

const HEADERS = 'headers';

/** The versions of which there are recordings, oldest first. */
export function recordedVersions(): readonly string[] {
  return readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** The bodies of a version by the name of their recording, exactly as they were sent. */
export function recordedBodies(version: string): ReadonlyMap<string, string> {
  const names = readdirSync(join(FIXTURES, version))
    .map((file) => file.replace(/\.json$/, ''))
    .filter((name) => name !== HEADERS);
  return new Map(names.map((name) => [name, textOf(version, name)]));
}

/** What stood in the head of each request beside it. */
export function recordedHeaders(version: string): Readonly<Record<string, string>> {
  return JSON.parse(textOf(version, HEADERS)) as Record<string, string>;
}

function textOf(version: string, name: string): string {
  return readFileSync(join(FIXTURES, version, `${name}.json`), 'utf8');
}
