import { jest } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { bodyOf, firing, resolved, on } from '../support/app/bodies.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';
import { aReader, axeViolations, overflowOf, startBrowser, type Reader } from './support/browser.js';
import { HOSTILE, serveEveryState, TREES } from './support/page-scenes.js';

jest.setTimeout(120_000);

const READERS: readonly (readonly [string, BrowserContextOptions])[] = [
  ['on a desktop, in English', { viewport: { width: 1280, height: 800 } }],
  [
    'on a desktop, in Japanese and the dark',
    { viewport: { width: 1280, height: 800 }, locale: 'ja-JP', colorScheme: 'dark' },
  ],
  ['on a phone, in English and the dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
  ['on a phone, in Japanese', { viewport: { width: 360, height: 740 }, locale: 'ja-JP' }],
];

/** Longer than the page waits before it looks again. */
const A_LOOK_MS = 6_000;

let browser: Browser;
let reader: Reader;
let app: RunningApp;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const openEverything = (page: Page) =>
  page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');

/** Has whatever is folded up opened, and is judged by axe and by the browser. */
async function expectSound({ page, complaints }: Reader): Promise<void> {
  await openEverything(page);
  expect(await axeViolations(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  expect(complaints).toEqual([]);
}

describe.each(READERS)('the page %s', (_where, options) => {
  let stop: () => Promise<void>;
  beforeEach(async () => {
    reader = await aReader(browser, options);
  });
  afterEach(async () => {
    await reader.leave();
    await stop();
  });

  test('is sound when the store is empty', async () => {
    app = await startApp();
    stop = () => app.dispose();
    await reader.page.goto(app.baseUrl);

    expect(await reader.page.locator('html').getAttribute('lang')).toBe(
      options.locale === 'ja-JP' ? 'ja' : 'en',
    );
    await expectSound(reader);
  });

  test('is sound with trees of tickets and with names that try to be something else', async () => {
    app = await startApp({ ALERTREE_MAX_CHILDREN: '1' });
    stop = () => app.dispose();
    for (const body of [...TREES, ...HOSTILE]) await app.hear(body);

    for (const path of ['/', '/?state=all', '/?state=closed&q=%22%3E%3Cscript%3E']) {
      await reader.page.goto(app.baseUrl + path);
      await expectSound(reader);
    }
  });

  test('is sound in every state that tickets and their backend can be in', async () => {
    const scene = await serveEveryState();
    stop = () => scene.stop();
    await reader.page.goto(`${scene.url}/?state=all&page=2`);

    await expectSound(reader);
  });
});

/** Presses Tab until this has the focus. */
const tabTo = async (page: Page, selector: string) => {
  for (let n = 0; n < 30; n += 1) {
    await page.keyboard.press('Tab');
    if ((await page.locator(`${selector}:focus`).count()) === 1) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
};
const names = (page: Page) => page.locator('.group h3').allTextContents();

describe('the page with a keyboard', () => {
  beforeEach(async () => {
    app = await startApp();
    for (const body of TREES) await app.hear(body);
  });
  afterEach(async () => {
    await reader.leave();
    await app.dispose();
  });

  test.each([
    ['with its script', true],
    ['without any script', false],
  ])('is searched and filtered %s', async (_how, javaScriptEnabled) => {
    reader = await aReader(browser, { javaScriptEnabled });
    const { page } = reader;
    await page.goto(app.baseUrl);
    expect(await names(page)).toEqual(['Server ICMP-Check', 'HostMemoryUsageHigh-Usage90%']);

    await tabTo(page, '#q');
    await page.keyboard.type('memory instance:b');
    await Promise.all([page.waitForURL(/q=memory/), page.keyboard.press('Enter')]);
    expect(await names(page)).toEqual(['HostMemoryUsageHigh-Usage90%']);
    expect(await page.locator('#q').inputValue()).toBe('memory instance:b');

    await tabTo(page, 'a[href="/?state=closed&q=memory+instance%3Ab"]');
    await Promise.all([page.waitForURL(/state=closed/), page.keyboard.press('Enter')]);
    expect(await names(page)).toEqual([]);

    await tabTo(page, 'form a');
    await Promise.all([page.waitForURL(/state=closed$/), page.keyboard.press('Enter')]);
    expect(await names(page)).toEqual(['ディスク残量不足']);
    expect(reader.complaints).toEqual([]);
  });
});

describe('the page while it is looked at', () => {
  let page: Page;
  beforeEach(async () => {
    app = await startApp();
    await app.hear(bodyOf(firing('HostDown', 'A')));
    reader = await aReader(browser);
    ({ page } = reader);
    await page.goto(app.baseUrl);
    await page.evaluate('globalThis.isSameDocument = true');
  });
  afterEach(async () => {
    await reader.leave();
    await app.dispose();
  });

  /** Lets the page look again, and resolves when it has its answer. */
  const look = async () => {
    const answered = page.waitForEvent('requestfinished');
    await page.clock.fastForward(A_LOOK_MS);
    await answered;
  };
  const stale = () => page.locator('#stale');

  test('shows a new alert without a reload, tells of it, and keeps what was opened, focused and selected', async () => {
    const summary = page.locator('.group summary').first();
    await summary.focus();
    await page.keyboard.press('Enter');
    await page.evaluate('getSelection().selectAllChildren(document.querySelector(".group h3"))');

    await app.hear(bodyOf(firing('DiskFull', 'B'), firing('HostDown', 'C')));
    await look();

    await page.locator('.group', { hasText: 'DiskFull' }).waitFor();
    expect(await page.locator('.group h3').allTextContents()).toEqual(['DiskFull', 'HostDown']);
    expect(await page.locator('.tree ul > li').allTextContents()).toEqual([
      expect.stringContaining('instance:C'),
    ]);
    expect(await page.locator('#news').textContent()).toBe(
      'DiskFull: 1 firing open 1 with a ticket. HostDown: 2 firing open 2 with a ticket',
    );
    expect(await page.locator('details[open]').count()).toBe(1);
    expect(
      await page.evaluate('document.activeElement.closest(".group").querySelector("h3").textContent'),
    ).toBe('HostDown');
    expect(await page.evaluate('String(getSelection())')).toBe('HostDown');
    expect(await page.evaluate('globalThis.isSameDocument')).toBe(true);
    expect(reader.complaints).toEqual([]);
  });

  test('takes away what is over, and leaves the focus on what stays', async () => {
    await app.hear(bodyOf(firing('DiskFull', 'B')));
    await look();
    await page.locator('.group', { hasText: 'HostDown' }).locator('summary').first().focus();

    await app.hear(bodyOf(resolved('DiskFull', 'B', on(16, '12:00'))));
    await look();

    await page.locator('.group', { hasText: 'DiskFull' }).waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
  });

  test('looks as if it had just been loaded, however often it was refreshed', async () => {
    await look();
    await app.hear(bodyOf(firing('HostDown', 'B'), firing('DiskFull', 'B')));
    await look();
    await page.locator('.group', { hasText: 'DiskFull' }).waitFor();
    const refreshed = await page.locator('#live').innerHTML();

    await page.reload();

    expect(await page.locator('#live').innerHTML()).toBe(refreshed);
  });

  test('says that it is stale when Alertree stops, which no open page holds up, and goes on when it is back', async () => {
    expect(await stale().isVisible()).toBe(false);

    await app.stop();
    await page.clock.fastForward(A_LOOK_MS);
    await stale().waitFor({ state: 'visible' });

    app = await app.restart({ ALERTREE_LISTEN: `127.0.0.1:${app.place.port}` });
    await app.hear(bodyOf(firing('DiskFull', 'B')));
    await page.clock.fastForward(60_000);
    await page.locator('.group', { hasText: 'DiskFull' }).waitFor();
    await stale().waitFor({ state: 'hidden' });
  });

  test('stops and says so when it is no longer let in', async () => {
    await page.route('**/*', (route) => route.fulfill({ status: 401, body: 'no' }));
    await look();
    await page.locator('#stopped').waitFor({ state: 'visible' });
    await page.unroute('**/*');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));

    await page.clock.fastForward(600_000);
    // Whatever the page asked for by itself would be seen before this is answered.
    await page.evaluate(`fetch('/-/healthy').then((response) => response.text())`);

    expect(asked).toEqual(['/-/healthy']);
    expect(await stale().isVisible()).toBe(false);
  });

  test('takes no other page for itself: what a proxy puts in its place makes it stale', async () => {
    await page.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Please log in</h1>' }),
    );
    await look();

    await stale().waitFor({ state: 'visible' });
    expect(await page.locator('.group h3').allTextContents()).toEqual(['HostDown']);
  });
});
