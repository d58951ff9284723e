import { KEPT_SEEDS } from '../../simulation/kept-seeds.js';
import { plannedFor, SHARDS } from '../../simulation/plan.js';

const all = (environment: NodeJS.ProcessEnv): readonly number[] =>
  Array.from({ length: SHARDS }, (_, shard) => plannedFor(shard, environment)).flatMap((planned) =>
    planned.map(({ seed }) => seed),
  );

describe('the plan of a run of the simulation', () => {
  test('has the seeds that were kept, and as many others as were asked for', () => {
    expect(new Set(all({ HISTORIES: '20' }))).toEqual(
      new Set([...KEPT_SEEDS, ...Array.from({ length: 20 }, (_, index) => index + 1)]),
    );
  });

  test('has one history where a seed is given', () => {
    expect(all({ SEED: '1234', HISTORIES: '20' })).toEqual([1234]);
  });

  test.each([
    ['HISTORIES', 'abc'],
    ['HISTORIES', ''],
    ['HISTORIES', '1e3'],
    ['SEED', '-1'],
  ])('is refused where %s is "%s"', (name, value) => {
    expect(() => plannedFor(0, { [name]: value })).toThrow(
      `${name} must be a whole number, and is "${value}".`,
    );
  });
});
