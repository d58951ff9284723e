import { jest } from '@jest/globals';
import { Stage } from '../support/end-to-end/stage.js';

// A Redmine that is not there yet is built and started first.
jest.setTimeout(900_000);

describe('a root in a real Redmine that a person', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.set();
  });
  afterEach(() => stage.dispose());

  const tree = () => stage.redmine.tree();
  const notesOf = async (name: string) => stage.redmine.notes((await stage.redmine.named(name)).id);

  test('closed is left closed, told so once, and named by the next root', async () => {
    await stage.fire('A');
    const { id } = await stage.redmine.named('A');
    await stage.person.sets(id, 'Closed');

    await stage.fire('B');

    expect(await tree()).toEqual(['A Closed', 'B New']);
    expect((await stage.redmine.named('B')).description).toContain(`#${id}`);
    expect(await notesOf('A')).toEqual([expect.stringContaining('A person closed this ticket')]);
    expect(await stage.furtherRequests()).toEqual([]);
    expect(await stage.writesDuring(() => stage.fire('A', 'B'))).toEqual([]);
    await stage.fireAnew('A');
    expect(await tree()).toEqual(['A Closed', 'B New', '  A New']);
  });

  test('closed stays silent when its alert is over', async () => {
    await stage.fire('A');
    await stage.person.sets((await stage.redmine.named('A')).id, 'Closed');
    await stage.letLooksAge();
    await stage.fire('B');

    const writes = await stage.writesDuring(() => stage.end('A'));

    expect(writes).toEqual([]);
    expect(await tree()).toEqual(['A Closed', 'B New']);
  });

  test('set to Resolved is closed with its children when the next alert fires', async () => {
    await stage.fire('A', 'B');
    const { id } = await stage.redmine.named('A');
    await stage.person.sets(id, 'Resolved');
    await stage.letLooksAge();

    await stage.fire('C');

    expect(await tree()).toEqual(['A Closed', '  B Closed', 'C New']);
    expect((await stage.redmine.named('C')).description).toContain(`#${id}`);
    expect(await notesOf('A')).toEqual([expect.stringContaining('a person ended this group')]);
    expect(await notesOf('B')).toEqual([expect.stringContaining('a person ended this group')]);
    expect(await stage.furtherRequests()).toEqual([]);
    expect(await stage.writesDuring(() => stage.fire('A', 'B', 'C'))).toEqual([]);
  });

  test('set to Resolved is noticed before its last child closes', async () => {
    await stage.fire('A', 'B');
    await stage.end('A');
    const { id } = await stage.redmine.named('A');
    await stage.person.sets(id, 'Resolved');
    await stage.letLooksAge();

    await stage.end('B');

    expect(await tree()).toEqual(['A Closed', '  B Closed']);
    expect(await notesOf('A')).toEqual([
      expect.stringContaining('This alert is over'),
      expect.stringContaining('nothing of this group fires'),
    ]);
    expect(await notesOf('B')).toHaveLength(1);
    expect(await stage.furtherRequests()).toEqual([]);
    await stage.fireAnew('B');
    expect(await tree()).toEqual(['A Closed', '  B Closed', 'B New']);
    expect((await stage.redmine.named('B')).description).toContain(`#${id}`);
  });

  test('deleted with its child is not missed: what fires next has a tree of its own', async () => {
    await stage.fire('A', 'B');
    await stage.person.deletes((await stage.redmine.named('A')).id);
    await stage.letLooksAge();

    await stage.fire('C');

    expect(await tree()).toEqual(['C New']);
    expect(await stage.furtherRequests()).toEqual([]);
    expect(await stage.writesDuring(() => stage.end('A', 'B'))).toEqual([]);
    await stage.end('C');
    expect(await tree()).toEqual(['C Closed']);
  });

  test('deleted is noticed when a child is refused, too', async () => {
    await stage.fire('A');
    await stage.person.deletes((await stage.redmine.named('A')).id);

    await stage.fire('B');

    expect(await tree()).toEqual(['B New']);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('moved below an issue of theirs stays there, grows and closes there', async () => {
    await stage.fire('A', 'B');
    const theirs = await stage.person.opens('Theirs');
    await stage.person.moves((await stage.redmine.named('A')).id, theirs);
    await stage.letLooksAge();

    await stage.fire('C');
    expect(await tree()).toEqual(['Theirs New', '  A New', '    B New', '    C New']);
    await stage.end('A', 'B', 'C');

    expect(await tree()).toEqual(['Theirs New', '  A Closed', '    B Closed', '    C Closed']);
    expect(await stage.redmine.notes(theirs)).toEqual([]);
    expect(await notesOf('A')).toHaveLength(1);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('took over, without its key line, is not written to any more', async () => {
    await stage.fire('A', 'B');
    const { id } = await stage.redmine.named('A');
    await stage.person.rewrites(id);
    await stage.letLooksAge();

    const writes = await stage.writesDuring(() => stage.fire('C'));

    expect(await tree()).toEqual(['A New', '  B Closed', 'C New']);
    expect((await stage.redmine.named('C')).description).toContain(`#${id}`);
    expect(await notesOf('B')).toEqual([expect.stringContaining('a person ended this group')]);
    expect(writes).not.toContain(`PUT /issues/${id}.json`);
    expect(await stage.furtherRequests()).toEqual([]);
    expect(await stage.writesDuring(() => stage.end('A', 'B'))).toEqual([]);
  });

  test('gave an open subtask is closed when that is, and says once that all is over', async () => {
    await stage.fire('A');
    const { id } = await stage.redmine.named('A');
    const subtask = await stage.person.opens('Theirs', id);

    await stage.end('A');

    expect(await tree()).toEqual(['A New', '  Theirs New']);
    const shown = await stage.app.get('/api/v1/ticket-groups').expect(200);
    expect(shown.text).toContain(`Its subtask #${subtask} is open.`);
    expect(await stage.furtherRequests()).toEqual([]);

    await stage.person.sets(subtask, 'Closed');
    await stage.letRefusalsAge();
    expect(await tree()).toEqual(['A Closed', '  Theirs Closed']);
    expect(await notesOf('A')).toEqual([expect.stringContaining('Resolved')]);
    expect(await stage.furtherRequests()).toEqual([]);
  });

  test('opened again after its end takes the next alert, and stays open for them to close', async () => {
    await stage.fire('A');
    await stage.end('A');
    await stage.person.sets((await stage.redmine.named('A')).id, 'In Progress');
    await stage.letLooksAge();

    await stage.fire('B');
    await stage.end('B');

    expect(await tree()).toEqual(['A In Progress', '  B Closed']);
    // Once for each time that all was over.
    expect(await notesOf('A')).toHaveLength(2);
    expect(await stage.furtherRequests()).toEqual([]);
  });
});
