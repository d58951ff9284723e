import { aDraft } from './harness.js';
import { createRedmineHarness, userOf, type RedmineHarness } from './redmine-harness.js';

const DAY_MS = 24 * 60 * 60_000;

describe('whether an issue is our own user’s alone', () => {
  let harness: RedmineHarness;
  let id: string;

  beforeEach(async () => {
    harness = await createRedmineHarness();
    ({ id } = await harness.backend.open(aDraft(1)));
  });

  afterEach(() => harness.dispose());

  test.each(['copied_to', 'copied_from'])('it is not when it is related by %s', async (type) => {
    harness.fake.model.relations.push({ type, from: 999, to: Number(id) });

    expect(await harness.backend.isUntouched(id)).toBe(false);
  });

  test('it is when it is related otherwise', async () => {
    harness.fake.model.relations.push({ type: 'relates', from: 999, to: Number(id) });

    expect(await harness.backend.isUntouched(id)).toBe(true);
  });

  test('it is not when it changed after it was made and no journal says what: a private note', async () => {
    const issue = harness.fake.model.issues.get(Number(id));
    if (issue !== undefined) issue.updatedOn += 2_000;

    expect(await harness.backend.isUntouched(id)).toBe(false);
  });

  test('it is when its making took part in two seconds', async () => {
    const issue = harness.fake.model.issues.get(Number(id));
    if (issue !== undefined) issue.updatedOn += 1_000;

    expect(await harness.backend.isUntouched(id)).toBe(true);
  });

  test.each([
    [-31, true],
    [-29, false],
    [1, false],
  ])('when our user logged in %d days from its making: %p', async (days, expected) => {
    userOf(harness.fake, 'alertree').lastLoginOn = harness.fake.model.now + days * DAY_MS;

    expect(await harness.backend.isUntouched(id)).toBe(expected);
  });

  test('who has another user’s key now is told so, and nothing is judged', async () => {
    const [bot, person] = [userOf(harness.fake, 'alertree'), userOf(harness.fake, 'operator')];
    [bot.apiKey, person.apiKey] = [person.apiKey, bot.apiKey];

    await expect(harness.backend.isUntouched(id)).rejects.toMatchObject({ reason: 'unauthorized' });
  });
});
