import { setTimeout as pause } from 'node:timers/promises';

const LONGEST_MS = 30_000;
const PAUSE_MS = 10;

/** Looks again and again until there is something to see; fails, naming it, when that takes far too long. */
export async function until<T>(
  what: string,
  look: () => T | null | Promise<T | null>,
  longestMs = LONGEST_MS,
): Promise<T> {
  const deadline = Date.now() + longestMs;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (Date.now() > deadline) throw new Error(`Waited ${longestMs / 1000} s in vain for this: ${what}.`);
    await pause(PAUSE_MS);
  }
}

/** The same for something that is so or is not. */
export async function untilTrue(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  await until(what, async () => ((await look()) ? true : null));
}
