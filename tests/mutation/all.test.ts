import { globSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

// One file with all of them: a mutant is tried in a second instead of three, as what they import is loaded once. And the
// same histories for each mutant, as they come: a survivor of one run must not be killed in the next.
fc.configureGlobal({ seed: 1, endOnFailure: true });
const tests = join(import.meta.dirname, '../unit');
for (const layer of ['domain', 'application', 'properties'])
  for (const file of globSync(`${layer}/**/*.test.ts`, { cwd: tests }).toSorted())
    await import(join(tests, file));
