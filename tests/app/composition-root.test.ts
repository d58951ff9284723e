import { rm } from 'node:fs/promises';
import { compose } from '../../src/composition-root.js';
import { TOKENS } from '../../src/composition-root.tokens.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { newDataDir, startApp } from '../support/app/running-app.js';
import { StoreFile } from '../support/app/store-file.js';

describe('the composition root', () => {
  test('has something behind every token, and the same each time', async () => {
    const dataDir = await newDataDir();
    const env = { ALERTREE_DATA_DIR: dataDir, ALERTREE_LISTEN: '127.0.0.1:0', ALERTREE_LOG_LEVEL: 'error' };
    const container = await compose(loadConfig(env));

    for (const [name, token] of Object.entries(TOKENS)) {
      const part = container.get<unknown>(token);
      expect({ name, isObject: typeof part === 'object' && part !== null }).toEqual({ name, isObject: true });
      expect(container.get<unknown>(token)).toBe(part);
    }

    await container.get(TOKENS.lifecycle).stop();
    expect(new StoreFile(dataDir).isClosed()).toBe(true);
    await rm(dataDir, { recursive: true });
  });

  test('makes an application that is ready once started, and lets go of port and store when stopped', async () => {
    const app = await startApp();
    await app.get('/-/ready').expect(200);

    await Promise.all([app.stop(), app.stop()]);

    await expect(fetch(`${app.baseUrl}/-/ready`)).rejects.toThrow('fetch failed');
    expect(app.store.isClosed()).toBe(true);
    expect(app.logger.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
    expect(app.logger.lines.at(-1)?.message).toBe('stopped');
    await app.dispose();
  });
});
