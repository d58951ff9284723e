import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../src/infrastructure/config/load-config.js';
import { problemsOf } from '../../../support/config-problems.js';

const OLD = 'token-of-yesterday';
const NEW = 'token-of-today/+=~';

describe('the tokens of the webhook', () => {
  test.each([
    ['one', OLD, [OLD]],
    ['two with a comma', `${OLD},${NEW}`, [OLD, NEW]],
    ['two in lines, with blanks around them', ` ${OLD} \r\n\n ${NEW}\n`, [OLD, NEW]],
    ['one and a comma too many', `${OLD},`, [OLD]],
  ])('may be %s', (_what, text, expected) => {
    const { webhookTokens, secrets } = loadConfig({ ALERTREE_WEBHOOK_TOKEN: text });

    expect([webhookTokens, secrets]).toEqual([expected, expected]);
  });

  test('may stand in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'alertree-token-'));
    const file = join(folder, 'tokens');
    writeFileSync(file, `${OLD}\n${NEW}\n`);

    expect(loadConfig({ ALERTREE_WEBHOOK_TOKEN_FILE: file }).webhookTokens).toEqual([OLD, NEW]);
    expect(problemsOf({ ALERTREE_WEBHOOK_TOKEN_FILE: file, ALERTREE_WEBHOOK_TOKEN: OLD })).toEqual([
      'ALERTREE_WEBHOOK_TOKEN and ALERTREE_WEBHOOK_TOKEN_FILE are both set; unset one of them',
    ]);
    expect(problemsOf({ ALERTREE_WEBHOOK_TOKEN_FILE: folder })).toEqual([
      'ALERTREE_WEBHOOK_TOKEN_FILE names no file that can be read and holds something',
    ]);
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['none', ' , ', 'holds no token; write one'],
    ['three', `${OLD},${NEW},${OLD}3`, 'holds 3 tokens'],
    ['a short one', `${OLD},hunter2`, 'holds a token of less than 16 characters'],
    ['the same one twice', `${OLD},${OLD}`, 'holds the same token twice'],
    ['one that a header cannot carry', 'the token of today', 'holds characters that no header carries'],
    [
      'one in other letters',
      '今日のトークンは秘密です今日のトークン',
      'holds characters that no header carries',
    ],
  ])('stop the start when there is %s, and are not repeated', (_what, text, problem) => {
    const problems = problemsOf({ ALERTREE_WEBHOOK_TOKEN: text });

    expect(problems).toEqual([expect.stringContaining(`ALERTREE_WEBHOOK_TOKEN ${problem}`)]);
    for (const secret of [OLD, 'hunter2', 'the token']) expect(problems[0]).not.toContain(secret);
  });
});

describe('an empty token', () => {
  it('is told of, for nobody is kept out by it', () => {
    expect(loadConfig({ ALERTREE_WEBHOOK_TOKEN: '' }).warnings).toEqual([
      'ALERTREE_WEBHOOK_TOKEN is empty, so no token is asked for; set or unset it',
    ]);
    expect(loadConfig({}).warnings).toEqual([]);
  });
});
