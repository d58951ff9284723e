import type { Html } from './html.js';
import { remark } from './marks.js';
import type { PageWords } from './words/page-words.js';

/** Lists on the page are cut here, with a count: nobody reads more, and the API has the rest. */
const LINES_SHOWN = 50;

/** The lines of a list that are shown, and what tells of the rest: `total` counts lines that were not loaded, too. */
export function shortened<T>(
  lines: readonly T[],
  words: PageWords,
  total = lines.length,
): { shown: readonly T[]; rest: Html | null } {
  const shown = lines.slice(0, LINES_SHOWN);
  const more = total - shown.length;
  return { shown, rest: more > 0 ? remark(words.andMore(more)) : null };
}
