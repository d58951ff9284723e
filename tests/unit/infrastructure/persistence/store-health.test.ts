import { StoreUnavailableError } from '../../../../src/application/ports/store.js';
import { StoreHealth } from '../../../../src/infrastructure/persistence/store-health.js';
import { VirtualClock } from '../../../support/world/fakes.js';

let isFull: boolean;
let tries: number;
let clock: VirtualClock;
let health: StoreHealth;

beforeEach(() => {
  isFull = false;
  tries = 0;
  clock = new VirtualClock(1_000_000);
  health = new StoreHealth(async () => {
    tries += 1;
    if (isFull) throw new StoreUnavailableError('The disk is full.');
  }, clock);
});

async function fails(): Promise<void> {
  const failing = health.watch(() => Promise.reject(new StoreUnavailableError('The disk is full.')));
  await expect(failing).rejects.toThrow(StoreUnavailableError);
}

describe('the health of the store', () => {
  it('is good as long as nothing fails, and then nothing is written to find out', async () => {
    await health.watch(() => Promise.resolve());
    await health.execute();

    expect(health.unusableBecause).toBeNull();
    expect(tries).toBe(0);
  });

  it('is not told by a defect of ours', async () => {
    await expect(health.watch(() => Promise.reject(new TypeError('a defect')))).rejects.toThrow(TypeError);

    expect(health.unusableBecause).toBeNull();
  });

  it('does not become good by work that may only have read', async () => {
    await fails();
    await health.watch(() => Promise.resolve());

    expect(health.unusableBecause).toMatch(/store cannot be used/);
  });

  it('becomes good when a write of its own succeeds, though nobody else uses the store', async () => {
    await fails();
    await health.execute();

    expect(health.unusableBecause).toBeNull();
  });

  it('is tried every three seconds, however often it is rung for', async () => {
    isFull = true;
    await fails();
    for (let ring = 0; ring < 10; ring += 1) await health.execute();
    expect(tries).toBe(1);

    clock.advance(3_000);
    expect(await health.execute()).toBe(3_000);
    expect(tries).toBe(2);
    expect(health.unusableBecause).not.toBeNull();
  });

  it('is tried at once after the clock has stepped back', async () => {
    await fails();
    isFull = true;
    await health.execute();
    isFull = false;
    clock.advance(-3_600_000);
    await health.execute();

    expect(health.unusableBecause).toBeNull();
  });
});
