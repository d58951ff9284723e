import process from 'node:process';
import { problemWithNode } from './node-version.js';

// Node 20 must be able to read this file: it says what is needed before anything newer is imported.
const problem = problemWithNode(process.version);
if (problem === null) {
  const { run } = await import('./run.js');
  await run(process.env);
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
