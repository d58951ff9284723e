/**
 * Records what a real Alertmanager sends: `npm run record:alertmanager [-- PROGRAM]`, with the path of an Alertmanager,
 * or the one on the PATH.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { record } from './record.js';

const FIXTURES = 'tests/fixtures/alertmanager';

const { version, headers, bodies } = await record(process.argv[2]);
const folder = join(FIXTURES, version);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'headers.json'), `${JSON.stringify(headers, null, 2)}\n`);
for (const [name, body] of bodies) await writeFile(join(folder, `${name}.json`), body);
process.stdout.write(`${bodies.size} notifications recorded in ${folder}\n`);
