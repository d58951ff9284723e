import { noticesOf } from '../../../../src/interfaces/http/ticket-groups/notices-of.js';

const WRONG_KEY = { problem: 'The key is not accepted.', remedy: 'Set REDMINE_API_KEY.', stops: true };
const LEFT = { problem: 'Olive has left.', remedy: 'Name another.', stops: false };

describe('what is told of the ticket backend', () => {
  it('is nothing while all is well', () => {
    expect(noticesOf({ kind: 'ready', notices: [] }, false)).toEqual([]);
  });

  it('is what does not work as configured, while tickets are delivered', () => {
    expect(noticesOf({ kind: 'ready', notices: [LEFT] }, false)).toEqual([
      { kind: 'not-as-configured', said: 'Olive has left. Name another.' },
    ]);
  });

  it('tells what keeps tickets waiting from what does not', () => {
    expect(noticesOf({ kind: 'parked', problems: [WRONG_KEY, LEFT] }, false).map(({ kind }) => kind)).toEqual(
      ['parked', 'not-as-configured'],
    );
  });
});
