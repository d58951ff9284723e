import { jest } from '@jest/globals';
import { Stage } from '../support/end-to-end/stage.js';

// A Redmine that is not there yet is built and started first.
jest.setTimeout(900_000);

const RESOLVED: unknown = expect.stringMatching(/^Resolved\.\s/);

describe('a child in a real Redmine that a person', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.set();
    await stage.fire('A', 'B');
  });
  afterEach(() => stage.dispose());

  const tree = () => stage.redmine.tree();
  const idOf = async (name: string) => (await stage.redmine.named(name)).id;
  const notesOf = async (name: string) => stage.redmine.notes(await idOf(name));

  test('closed stays closed, and gets the one note of its end', async () => {
    await stage.person.sets(await idOf('B'), 'Closed');

    await stage.end('B');

    expect(await tree()).toEqual(['A New', '  B Closed']);
    expect(await notesOf('B')).toEqual([RESOLVED]);
    await stage.end('A');
    expect(await tree()).toEqual(['A Closed', '  B Closed']);
    expect(await notesOf('B')).toEqual([RESOLVED]);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('rejected keeps that status when its alert is over', async () => {
    await stage.fire('C');
    await stage.end('C');
    await stage.person.sets(await idOf('B'), 'Rejected');
    await stage.letLooksAge();

    await stage.end('B');

    expect(await tree()).toEqual(['A New', '  B Rejected', '  C Closed']);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('closed while it fires is told so once, and keeps no root open', async () => {
    await stage.dispose();
    stage = await Stage.set({ ALERTREE_CLOSE_AFTER: '5m' });
    await stage.fire('A', 'B');
    await stage.end('B');
    await stage.fireAnew('B');
    await stage.person.sets(await idOf('B'), 'Closed');
    await stage.restart();

    await stage.letNotesGather();

    expect(await tree()).toEqual(['A New', '  B Closed']);
    expect(await notesOf('B')).toEqual([expect.stringContaining('A person closed this ticket')]);
    expect(await stage.writesDuring(() => stage.fire('A', 'B'))).toEqual([]);
    await stage.end('A');
    await stage.letNotesGather();
    expect(await tree()).toEqual(['A Closed', '  B Closed']);
    expect(await stage.furtherRequests()).toEqual([]);
    expect(await stage.writesDuring(() => stage.end('B'))).toEqual([]);
  });

  test('set to Resolved stays so while its alert fires, and is closed after that', async () => {
    await stage.person.sets(await idOf('B'), 'Resolved');
    await stage.letLooksAge();
    await stage.fire('C');
    expect(await tree()).toEqual(['A New', '  B Resolved', '  C New']);

    await stage.end('B');

    expect(await tree()).toEqual(['A New', '  B Closed', '  C New']);
    expect(await notesOf('B')).toEqual([RESOLVED]);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('deleted is not missed: its root waits for nobody', async () => {
    await stage.person.deletes(await idOf('B'));

    await stage.end('B');
    expect(await tree()).toEqual(['A New']);
    expect(await stage.furtherRequests()).toEqual([]);
    await stage.end('A');

    expect(await tree()).toEqual(['A Closed']);
    expect(await notesOf('A')).toHaveLength(1);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('moved below an issue of theirs is closed there, and its root after it', async () => {
    const theirs = await stage.person.opens('Theirs');
    await stage.person.moves(await idOf('B'), theirs);

    await stage.end('A', 'B');

    expect(await tree()).toEqual(['A Closed', 'Theirs New', '  B Closed']);
    expect([await notesOf('A'), await notesOf('B')]).toEqual([[expect.any(String)], [expect.any(String)]]);
    expect(await stage.redmine.notes(theirs)).toEqual([]);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('took over, without its key line, is not written to by an Alertree that starts anew', async () => {
    const id = await idOf('B');
    await stage.person.rewrites(id);
    await stage.restart();

    const writes = await stage.writesDuring(() => stage.end('B'));

    expect(writes).toEqual([]);
    expect(await tree()).toEqual(['A New', '  B New']);
    expect(await stage.furtherRequests()).toEqual([]);
    await stage.end('A');
    expect(await tree()).toEqual(['A New', '  B New']);
    await stage.person.sets(id, 'Closed');
    await stage.letRefusalsAge();
    expect(await tree()).toEqual(['A Closed', '  B Closed']);
    expect([await notesOf('A'), await notesOf('B')]).toEqual([[expect.any(String)], []]);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('took over, without its key line, is not written to any more', async () => {
    await stage.fire('C');
    await stage.end('C');
    await stage.person.rewrites(await idOf('B'));
    await stage.letLooksAge();

    const writes = await stage.writesDuring(() => stage.end('B'));

    expect(writes).toEqual([]);
    expect(await tree()).toEqual(['A New', '  B New', '  C Closed']);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('gave an open subtask is closed after that, and the root after both', async () => {
    const subtask = await stage.person.opens('Theirs', await idOf('B'));

    await stage.end('A', 'B');
    expect(await tree()).toEqual(['A New', '  B New', '    Theirs New']);
    expect(await stage.furtherRequests()).toEqual([]);
    await stage.person.sets(subtask, 'Closed');
    await stage.letRefusalsAge();

    expect(await tree()).toEqual(['A Closed', '  B Closed', '    Theirs Closed']);
    expect([await notesOf('A'), await notesOf('B')]).toEqual([[expect.any(String)], [RESOLVED]]);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('opened again after its end stays open, and its root with it', async () => {
    await stage.end('B');
    await stage.person.sets(await idOf('B'), 'In Progress');
    await stage.restart();

    await stage.end('A');

    expect(await tree()).toEqual(['A New', '  B In Progress']);
    expect(await notesOf('B')).toEqual([RESOLVED]);
    expect(await stage.furtherRequests()).toEqual([]);
    await stage.person.sets(await idOf('B'), 'Closed');
    await stage.letRefusalsAge();
    expect(await tree()).toEqual(['A Closed', '  B Closed']);
    expect(await notesOf('A')).toHaveLength(1);
    expect(await stage.furtherRequests()).toEqual([]);
  });
});
