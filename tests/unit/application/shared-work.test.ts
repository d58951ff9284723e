import { SharedWork } from '../../../src/application/accept-notification/shared-work.js';
import { nextTurn } from '../../../src/infrastructure/system/next-turn.js';
import { StoreUnavailableError } from '../../../src/application/ports/store.js';

/** Work that is done when it is told to be, and what it was given. */
class HeldWork {
  readonly pieces: (readonly number[])[] = [];
  private readonly ends: ((error: Error | null) => void)[] = [];

  readonly shared = new SharedWork<number, string>(
    { size: 10, sizeOf: (item) => item },
    async (items) => {
      this.pieces.push(items);
      const error = await new Promise<Error | null>((resolve) => this.ends.push(resolve));
      if (error !== null) throw error;
      return items.map(String);
    },
    nextTurn,
  );

  /** Lets the first piece begin. */
  async begin(): Promise<void> {
    await nextTurn();
    await nextTurn();
  }

  /** Ends the piece that is being done and lets the next begin. */
  async end(error: Error | null = null): Promise<void> {
    this.ends.shift()?.(error);
    await this.begin();
  }
}

const outcome = (work: Promise<string>): Promise<string> => work.catch(String);

describe('shared work', () => {
  it('is one piece for all that came at once, and the next one for all that came meanwhile', async () => {
    const work = new HeldWork();

    const results = [1, 2].map((item) => work.shared.do(item));
    await work.begin();
    results.push(...[3, 4].map((item) => work.shared.do(item)));
    expect(work.pieces).toEqual([[1, 2]]);
    await work.end();
    await work.end();

    expect(work.pieces).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(await Promise.all(results)).toEqual(['1', '2', '3', '4']);
  });

  it('takes no more together than its size, but always one', async () => {
    const work = new HeldWork();

    const results = [4, 6, 1, 99, 2].map((item) => work.shared.do(item));
    await work.begin();
    for (let piece = 0; piece < 4; piece += 1) await work.end();

    expect(work.pieces).toEqual([[4, 6], [1], [99], [2]]);
    expect(await Promise.all(results)).toEqual(['4', '6', '1', '99', '2']);
  });

  it('is done again for each alone when it fails by one of them', async () => {
    const work = new HeldWork();

    const results = [1, 2].map((item) => outcome(work.shared.do(item)));
    await work.begin();
    await work.end(new Error('a defect'));
    await work.end(new Error('of the first'));
    await work.end();

    expect(work.pieces).toEqual([[1, 2], [1], [2]]);
    expect(await Promise.all(results)).toEqual(['Error: of the first', '2']);
  });

  it('fails for all of them when the store fails, and goes on with those who come later', async () => {
    const work = new HeldWork();

    const results = [1, 2].map((item) => outcome(work.shared.do(item)));
    await work.begin();
    await work.end(new StoreUnavailableError('full'));
    const later = work.shared.do(4);
    await work.begin();
    await work.end();

    expect(work.pieces).toEqual([[1, 2], [4]]);
    expect(await Promise.all(results)).toEqual([
      'StoreUnavailableError: full',
      'StoreUnavailableError: full',
    ]);
    expect(await later).toBe('4');
  });
});
