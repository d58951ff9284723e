import type { Html } from './html.js';
import { remark } from './marks.js';
import type { PageWords } from './words/page-words.js';

/** Lists on the page are cut here, with a count: nobody reads more, and the API has the rest. */
const LINES_SHOWN = 50;

/** The lines of a list that are shown, and what tells of the rest. */
export function shortened<T>(
  lines: readonly T[],
  words: PageWords,
): { shown: readonly T[]; rest: Html | null } {
  const more = lines.length - LINES_SHOWN;
  return { shown: lines.slice(0, LINES_SHOWN), rest: more > 0 ? remark(words.andMore(more)) : null };
}
