import { jest } from '@jest/globals';
import { Stage } from '../support/end-to-end/stage.js';

// A Redmine that is not there yet is built and started first.
jest.setTimeout(900_000);

describe('tickets in a real Redmine whose store was lost', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.set();
    await stage.fire('A', 'B', 'C');
  });
  afterEach(() => stage.dispose());

  test('are adopted: repeats write nothing, a newcomer joins the tree, what ends is closed', async () => {
    const writes = await stage.writesDuring(async () => {
      await stage.loseStore();
      await stage.fire('B', 'C', 'A');
    });
    expect(writes).toEqual([]);

    await stage.fire('D');
    await stage.end('B');
    expect(await stage.redmine.tree()).toEqual(['A New', '  B Closed', '  C New', '  D New']);
    await stage.end('C', 'D', 'A');
    expect(await stage.redmine.tree()).toEqual(['A Closed', '  B Closed', '  C Closed', '  D Closed']);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('close with the root when only the children are heard to end', async () => {
    await stage.loseStore();

    await stage.end('B', 'C');

    expect(await stage.redmine.tree()).toEqual(['A Closed', '  B Closed', '  C Closed']);
    const [root] = await stage.redmine.issues();
    const notes = await stage.redmine.notes(root?.id ?? 0);
    expect(notes.join('\n')).toContain('Resolved: nothing of this group fires.');
  });
});
