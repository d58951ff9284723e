import { ForgetWhatIsOld } from '../../../src/application/forget-what-is-old/forget-what-is-old.js';
import type { Age, OldRecords, Step, Swept } from '../../../src/application/ports/old-records.js';
import { AdvancingClock } from '../../support/app/advancing-clock.js';
import { RecordingLogger } from '../../support/recording-logger.js';

const HOUR_MS = 3_600_000;

type Kind = 'groups' | 'alerts' | 'events' | 'letters';

/** Old records of which a step forgets one, as many of each kind as given. */
class CountedRecords implements OldRecords {
  readonly asked: string[] = [];
  ages: Age[] = [];

  constructor(private left: Record<Kind, number>) {}

  forgetGroups = (age: Age, step: Step): Promise<Swept> => this.forget('groups', age, step);
  forgetAlerts = (age: Age, step: Step): Promise<Swept> => this.forget('alerts', age, step);
  forgetEvents = (age: Age, step: Step): Promise<Swept> => this.forget('events', age, step);
  forgetDeadLetters = (age: Age, step: Step): Promise<Swept> => this.forget('letters', age, step);

  private async forget(kind: Kind, age: Age, { after }: Step): Promise<Swept> {
    this.asked.push(`${kind} after ${after}`.trim());
    this.ages.push(age);
    if (this.left[kind] === 0) return { forgotten: 0, next: null };
    this.left[kind] -= 1;
    return { forgotten: 1, next: `${kind} ${this.left[kind]}` };
  }
}

describe('forgetting what is old', () => {
  const clock = new AdvancingClock();
  let logger = new RecordingLogger();
  beforeEach(() => {
    logger = new RecordingLogger();
  });
  const settings = { retentionMs: 24 * HOUR_MS, instance: 'backend' };

  /** Lets it do all that it wants to do within an hour. */
  async function pass(forgetting: ForgetWhatIsOld): Promise<number> {
    let wait = await forgetting.execute();
    while (wait < HOUR_MS) {
      clock.advance(wait);
      wait = await forgetting.execute();
    }
    return wait;
  }

  it('goes through groups, alerts, events and dead letters step by step, tells of it, and rests for an hour', async () => {
    const records = new CountedRecords({ groups: 2, alerts: 1, events: 1, letters: 0 });
    const forgetting = new ForgetWhatIsOld({ records, clock, logger }, settings);

    expect(await pass(forgetting)).toBe(HOUR_MS);

    expect(records.asked).toEqual([
      'groups after',
      'groups after groups 1',
      'groups after groups 0',
      'alerts after',
      'alerts after alerts 0',
      'events after',
      'events after events 0',
      'letters after',
    ]);
    expect(records.ages.every(({ before }) => Math.abs(clock.now() - 24 * HOUR_MS - before) < HOUR_MS)).toBe(
      true,
    );
    expect(logger.lines.map(({ message, fields }) => [message, fields])).toEqual([
      ['forgot what is older than it is to be kept', { groups: 2, alerts: 1, events: 1, deadLetters: 0 }],
    ]);
  });

  it('does nothing before its time, however often it is called, and says nothing when nothing was old', async () => {
    const records = new CountedRecords({ groups: 0, alerts: 0, events: 0, letters: 0 });
    const forgetting = new ForgetWhatIsOld({ records, clock, logger }, settings);
    await pass(forgetting);
    const asked = records.asked.length;

    await forgetting.execute();
    await forgetting.execute();
    expect(records.asked).toHaveLength(asked);
    clock.advance(HOUR_MS);
    await pass(forgetting);

    expect(records.asked).toHaveLength(2 * asked);
    expect(logger.lines).toEqual([]);
  });
});
