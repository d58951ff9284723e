import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

const LONGEST_MS = 120_000;
const LOOK_MS = 20;

/** Sends a webhook body; resolves with the milliseconds until it was answered in full. */
export async function post(baseUrl: string, body: string): Promise<number> {
  const begun = performance.now();
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${baseUrl}/webhook`, { method: 'POST', headers, body });
  await response.text();
  if (response.status !== 200) throw new Error(`The webhook was answered ${response.status}.`);
  return performance.now() - begun;
}

/** Milliseconds until something is so, looked at as often as can be. */
export async function timeUntil(isSo: () => boolean): Promise<number> {
  const begun = performance.now();
  while (!isSo()) {
    if (performance.now() - begun > LONGEST_MS) throw new Error('It does not happen.');
    await turn();
  }
  return performance.now() - begun;
}

/** Waits until something is so without taking a processor from those who work on it. */
export async function until(isSo: () => boolean, longestMs = LONGEST_MS): Promise<void> {
  const begun = performance.now();
  while (!isSo()) {
    if (performance.now() - begun > longestMs) throw new Error('It does not happen.');
    await sleep(LOOK_MS);
  }
}

export interface Spread {
  readonly p50: string;
  readonly p95: string;
  readonly max: string;
}

/** Median, 95th percentile and maximum of milliseconds. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => {
    const index = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
    return `${(sorted[Math.max(0, index)] ?? Number.NaN).toFixed(1)} ms`;
  };
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
