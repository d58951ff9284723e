import { setTimeout as pause } from 'node:timers/promises';

const BETWEEN_MS = 250;

/** Asks again and again until `isSo`, and gives that answer; rejects with the last one when `seconds` have passed. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isSo: (answer: T) => boolean,
  seconds: number,
): Promise<T> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`not so within ${seconds} s, but ${JSON.stringify(answer, null, 2)}`);
    await pause(BETWEEN_MS);
  }
}
