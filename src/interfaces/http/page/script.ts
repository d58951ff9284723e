import { readFileSync } from 'node:fs';

/** What the browser runs, as it lies beside this file: plain JavaScript, served as it is. */
export const SCRIPT = readFileSync(new URL('refresh.js', import.meta.url), 'utf8');
