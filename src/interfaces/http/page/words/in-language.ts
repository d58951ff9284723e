import type { Request } from 'express';
import type { Language } from '../../../../application/ticket-text/messages.js';
import { english } from './english.js';
import { japanese } from './japanese.js';
import type { PageWords } from './page-words.js';

const WORDS: Readonly<Record<Language, PageWords>> = { en: english, ja: japanese };

/** The words in the language that the browser likes best of those there are; `otherwise` when it likes none. */
export function wordsFor(request: Request, otherwise: Language): PageWords {
  const others = Object.keys(WORDS).filter((language) => language !== otherwise);
  // The first of the list is the answer to a browser that does not care.
  const best = request.acceptsLanguages([otherwise, ...others]);
  return Object.values(WORDS).find(({ language }) => language === best) ?? WORDS[otherwise];
}
