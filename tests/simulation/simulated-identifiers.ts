import { CountingIdentifiers } from '../support/world/fakes.js';
import type { Chance } from './chance.js';

/** The same few alerts are hashed in every history. */
const hashes = new Map<string, string>();

/** Ids that count up, and jitter from the seed. */
export class SimulatedIdentifiers extends CountingIdentifiers {
  constructor(private readonly luck: Chance) {
    super();
  }

  override chance(): number {
    return this.luck.next();
  }

  override readonly hash = (text: string): string => {
    const known = hashes.get(text) ?? hashOf(text);
    hashes.set(text, known);
    return known;
  };
}

const { hash: hashOf } = new CountingIdentifiers();
