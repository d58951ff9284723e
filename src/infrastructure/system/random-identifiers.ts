import { createHash, randomBytes } from 'node:crypto';
import type { Identifiers } from '../../application/ports/identifiers.js';

/** Ids and chance from the system's random source. */
export class RandomIdentifiers implements Identifiers {
  next(): string {
    return randomBytes(16).toString('hex');
  }

  chance(): number {
    return Math.random();
  }

  readonly hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
}
