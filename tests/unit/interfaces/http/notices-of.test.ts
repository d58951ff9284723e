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

  it('is until when a backend asked to be left alone', () => {
    const restsUntil = Date.UTC(2026, 10, 22, 3, 30);
    expect(noticesOf({ kind: 'unreachable', problem: 'Redmine answered 503.', restsUntil }, false)).toEqual([
      {
        kind: 'unreachable',
        said: 'Redmine answered 503. It asked to be left alone until 2026-11-22T03:30:00Z.',
      },
    ]);
  });

  it('is that open tickets are being taken in, while they are', () => {
    expect(noticesOf({ kind: 'adopting' }, false)).toEqual([{ kind: 'adopting', said: '' }]);
  });

  it('tells what keeps tickets waiting from what does not', () => {
    expect(noticesOf({ kind: 'parked', problems: [WRONG_KEY, LEFT] }, false).map(({ kind }) => kind)).toEqual(
      ['parked', 'not-as-configured'],
    );
  });
});
