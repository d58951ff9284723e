import 'reflect-metadata';
import { compose } from '../../../src/composition-root.js';
import { run } from '../../../src/run.js';
import { MISTAKES, type Mistake } from './mistakes.js';

// Alertree as `src/main.ts` runs it, but for the mistake that this variable names.
const mistake = MISTAKES[process.env['MISTAKE'] as Mistake];
await run(process.env, async (config) => {
  const container = await compose(config);
  mistake(container);
  return container;
});
