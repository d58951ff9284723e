import {
  answerFailure,
  connectionFailure,
  statusFailure,
  timeoutFailure,
} from '../../../../../src/infrastructure/tickets/redmine/redmine-failure.js';

describe('a status that Redmine or a proxy answers', () => {
  test.each([
    [301, 'invalid-response', false, 'none'],
    [302, 'invalid-response', false, 'none'],
    [307, 'invalid-response', false, 'none'],
    [400, 'rejected', false, 'none'],
    [401, 'unauthorized', false, 'none'],
    [403, 'forbidden', false, 'none'],
    [404, 'not-found', false, 'none'],
    [405, 'rejected', false, 'none'],
    [408, 'timeout', true, 'unknown-pending'],
    [412, 'unauthorized', false, 'none'],
    [413, 'rejected', false, 'none'],
    [422, 'rejected', false, 'none'],
    [429, 'rate-limited', true, 'none'],
    [500, 'server-error', true, 'unknown-finished'],
    [501, 'unavailable', true, 'unknown-pending'],
    [502, 'unavailable', true, 'unknown-pending'],
    [503, 'unavailable', true, 'unknown-pending'],
    [504, 'unavailable', true, 'unknown-pending'],
    [520, 'unavailable', true, 'unknown-pending'],
    [101, 'invalid-response', true, 'unknown-pending'],
  ] as const)('%d to a write: %s, retryable %s, effect %s', (status, reason, retryable, effect) => {
    expect(statusFailure('write', status, null)).toMatchObject({ reason, retryable, effect });
    expect(statusFailure('read', status, null)).toMatchObject({ reason, retryable, effect: 'none' });
  });

  test('422 without a message is a conflict, worth trying again', () => {
    expect(statusFailure('write', 422, [])).toMatchObject({
      reason: 'conflict',
      retryable: true,
      effect: 'none',
    });
  });

  test('422 tells its messages, on one line and not for ever', () => {
    const error = statusFailure('write', 422, ['Subject\ncannot be blank', 'x'.repeat(1000)]);

    expect(error).toMatchObject({ reason: 'rejected', retryable: false });
    expect(error.message).toContain('Subject cannot be blank; xxx');
    expect(error.message.length).toBeLessThan(400);
  });

  test.each([301, 401, 403, 412])('%d says what somebody must do', (status) => {
    expect(statusFailure('read', status, null).remedy).not.toBe('');
  });
});

describe('how long Redmine or a proxy asks to be left alone', () => {
  test.each([429, 503])('counts beside a %d', (status) => {
    expect(statusFailure('read', status, null, 5_000).retryAfterMs).toBe(5_000);
    expect(statusFailure('read', status, null).retryAfterMs).toBeNull();
  });

  test('makes what became of a write no clearer', () => {
    expect(statusFailure('write', 503, null, 5_000)).toMatchObject({ effect: 'unknown-pending' });
  });

  test.each([404, 422, 500, 504])('means something else beside a %d', (status) => {
    expect(statusFailure('read', status, null, 5_000).retryAfterMs).toBeNull();
  });
});

describe('no answer, or one that is none of Redmine', () => {
  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'CERT_HAS_EXPIRED', 'EPROTO'])(
    '%s: Redmine never heard of it',
    (code) => {
      expect(connectionFailure('write', code)).toMatchObject({
        reason: 'unavailable',
        retryable: true,
        effect: 'none',
      });
    },
  );

  test.each(['ECONNRESET', 'EPIPE', 'no code'])('%s: it may have', (code) => {
    expect(connectionFailure('write', code)).toMatchObject({
      reason: 'unavailable',
      retryable: true,
      effect: 'unknown-pending',
    });
    expect(connectionFailure('read', code).effect).toBe('none');
  });

  test('a time-out leaves open what becomes of a write', () => {
    expect(timeoutFailure('write')).toMatchObject({ reason: 'timeout', effect: 'unknown-pending' });
    expect(timeoutFailure('read')).toMatchObject({ reason: 'timeout', effect: 'none', retryable: true });
  });

  test('a page of a proxy is to be tried again', () => {
    expect(answerFailure('write', 'HTML')).toMatchObject({
      reason: 'invalid-response',
      retryable: true,
      effect: 'unknown-pending',
    });
    expect(answerFailure('read', 'HTML').effect).toBe('none');
  });
});
