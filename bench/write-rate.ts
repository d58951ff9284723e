import type { Exchange } from './recording-proxy.js';

/** From the arrival of the first write to the answer of the last, as the proxy saw them. */
export function writesEachSecond(exchanges: readonly Exchange[]): number {
  const writes = exchanges.filter(isWrite);
  let begun = Number.POSITIVE_INFINITY;
  let ended = 0;
  for (const { begunAt, answeredAt } of writes) {
    begun = Math.min(begun, begunAt);
    ended = Math.max(ended, answeredAt);
  }
  return (writes.length * 1000) / (ended - begun);
}

export function isWrite({ method }: Exchange): boolean {
  return method !== 'GET';
}
