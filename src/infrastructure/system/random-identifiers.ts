import { createHash, randomFillSync } from 'node:crypto';
import type { Identifiers } from '../../application/ports/identifiers.js';

const ID_BYTES = 16;
const POOL_BYTES = 256 * ID_BYTES;

/** Ids and chance from the system's random source. */
export class RandomIdentifiers implements Identifiers {
  /** Drawn for many ids at once: a storm needs tens of thousands. */
  private readonly pool = Buffer.alloc(POOL_BYTES);
  private used = POOL_BYTES;

  next(): string {
    if (this.used === POOL_BYTES) {
      randomFillSync(this.pool);
      this.used = 0;
    }
    this.used += ID_BYTES;
    return this.pool.toString('hex', this.used - ID_BYTES, this.used);
  }

  chance(): number {
    return Math.random();
  }

  readonly hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
}
