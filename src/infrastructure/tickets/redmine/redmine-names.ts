import type { Named } from './redmine-answers.js';
import { configurationFailure } from './redmine-failure.js';
import { plainName } from './resolved-names.js';

const SHOWN = 20;

/**
 * The one that a setting names, by id or by name. Throws an error that lists what there is when there is none, or more
 * than one of the name.
 */
export function theNamed<T extends Named>(all: readonly T[], written: string, variable: string): T {
  const byId = all.filter((one) => String(one.id) === written);
  const found = byId.length > 0 ? byId : all.filter((one) => plainName(one.name) === plainName(written));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const what = only === undefined ? 'names nothing in Redmine' : 'names more than one in Redmine';
  const there = (only === undefined ? all : found).slice(0, SHOWN).map((one) => `${one.id} (${one.name})`);
  throw configurationFailure(
    'forbidden',
    `${variable}=${written} ${what} that is allowed here.`,
    `Set ${variable} to one of: ${there.join(', ') || 'nothing, for there is none'}.`,
  );
}
