import { Writable } from 'node:stream';
import type { LogFields } from '../../../../src/application/ports/logger.js';
import { WinstonLogger, type LogSettings } from '../../../../src/infrastructure/logging/winston-logger.js';

class TextStream extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

function aLogger(settings: Partial<LogSettings> = {}) {
  const stream = new TextStream();
  const logger = new WinstonLogger({ level: 'info', format: 'logfmt', secrets: [], ...settings }, stream);
  return { logger, written: () => stream.text };
}

/** The line without its time. */
function lineOf(
  fields: LogFields,
  format: LogSettings['format'] = 'logfmt',
  message = 'something happened',
): string {
  const { logger, written } = aLogger({ format });
  logger.info(message, fields);
  return written().replace(/(ts=|"ts":")[^ "]+/, '$1T');
}

const HOSTILE = 'x\nts=1 level=error msg="forged"\r\u0000\u001b[31m\u0085\u2028\u2029\u202e\u2066"\\';
const ENDS_OF_LINES = /[\p{Cc}\u2028\u2029\u202e\u2066]/u;

describe('a log line in logfmt', () => {
  test('begins with time, level and message, and goes on with the fields', () => {
    const { logger, written } = aLogger();

    logger.warn('request refused', { source: 'default', accepted: 3, ok: false, receiver: null });

    expect(written()).toMatch(
      /^ts=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=warn msg="request refused" source=default accepted=3 ok=false receiver=null\n$/,
    );
  });

  test.each([
    ['plain', 'a=plain'],
    ['http://host:1/path', 'a=http://host:1/path'],
    ['', 'a=""'],
    ['two words', 'a="two words"'],
    ['a=b', 'a="a=b"'],
    ['say "hi"', String.raw`a="say \"hi\""`],
    ['back\\slash', String.raw`a="back\\slash"`],
    ['日本語', 'a="日本語"'],
    ['line\nline', String.raw`a="line\nline"`],
  ])('quotes %j only where it must', (value, expected) => {
    expect(lineOf({ a: value })).toBe(`ts=T level=info msg="something happened" ${expected}\n`);
  });

  test('joins lists', () => {
    expect(lineOf({ ids: ['1', '2'] })).toContain('ids="1,2"');
  });

  test('stays one line whatever is in a value, a name or the message', () => {
    const line = lineOf({ a: HOSTILE, [HOSTILE]: 'b', list: [HOSTILE] }, 'logfmt', HOSTILE);

    expect(line.trimEnd()).not.toMatch(ENDS_OF_LINES);
    expect(line.match(/level=/g)).toHaveLength(4); // its own, and as text within the quotes
    expect(line).toMatch(/^ts=T level=info msg="/);
    expect(line).not.toMatch(/(^| )level=error(?![^"]*\\")/);
  });
});

describe('a log line in JSON', () => {
  test('is one object', () => {
    const line = lineOf({ a: HOSTILE, [HOSTILE]: 'b', list: [HOSTILE], n: 1, no: null }, 'json');

    expect(line.trimEnd()).not.toMatch(ENDS_OF_LINES);
    expect(JSON.parse(line)).toEqual({
      ts: 'T',
      level: 'info',
      msg: 'something happened',
      a: HOSTILE,
      [HOSTILE]: 'b',
      list: [HOSTILE],
      n: 1,
      no: null,
    });
  });
});

describe('the logger', () => {
  test.each(['logfmt', 'json'] as const)(
    'lets no field pass for the time, the level or the message in %s',
    (format) => {
      const line = lineOf({ ts: 'then', level: 'error', msg: 'forged', message: 'kept' }, format);

      expect(line).toContain(
        format === 'json' ? '"level":"info","msg":"something happened"' : 'level=info msg="somet',
      );
      expect(line).toContain(format === 'json' ? '"level_":"error"' : 'level_=error');
      expect(line).toContain(format === 'json' ? '"message":"kept"' : 'message=kept');
    },
  );

  test('bounds the length of a value', () => {
    expect(lineOf({ stack: 'x'.repeat(1_000_000) }).length).toBeLessThan(9_000);
    expect(lineOf({ stacks: ['x'.repeat(1_000_000)] }, 'json').length).toBeLessThan(9_000);
  });

  test.each(['logfmt', 'json'] as const)('shows no secret, wherever it stands, in %s', (format) => {
    const secrets = ['key-of-redmine', 'tok"en\\of-webhook', 'a', ''];
    const { logger, written } = aLogger({ format, secrets });

    const fields = { error: `at key-of-redmine:1 "tok"en\\of-webhook"`, list: ['key-of-redmine'], n: 1 };
    logger.error('a key-of-redmine', { ...fields, ['key-of-redmine']: 'all' });

    expect(written()).not.toMatch(/key-of-redmine|of-webhook/);
    expect(written()).toContain('a [secret]');
    expect(written()).toContain('all');
  });

  test('writes nothing below its level', () => {
    const { logger, written } = aLogger({ level: 'warn' });

    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');

    expect(written().match(/msg=\w/g)).toEqual(['msg=c', 'msg=d']);
  });
});
