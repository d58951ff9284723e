import type { NoteFact } from '../../../src/domain/ticket-group/ticket-note.js';
import {
  aGroup,
  aHead,
  anAlertRecord,
  anEpisode,
  aNote,
  aTicket,
  changesOf,
} from '../../support/builders/rows.js';
import { FULL_EPISODE, FULL_HEAD, FULL_TICKET, KEY, NANOS, NOW, ODD_PAIRS } from './full-rows.js';
import { ask, save, type CurrentStore } from './store-harness.js';

const FACTS: readonly NoteFact[] = [
  { kind: 'ended' },
  { kind: 'recurrence', labels: ODD_PAIRS, startsAt: NANOS, count: 2 },
  { kind: 'refired', count: 3, startsAt: NANOS },
  { kind: 'account' },
];

export function describeRoundTrip(current: CurrentStore): void {
  describe('rows come back as they were saved', () => {
    it.each([
      ['with every field set', FULL_HEAD, FULL_EPISODE, FULL_TICKET],
      [
        'with every field that may be null as null',
        aHead({ acceptsUntil: null }),
        anEpisode(),
        aTicket({ intent: null, workAt: null }),
      ],
      [
        'with nothing known yet of a write and a refusal',
        aHead(),
        anEpisode({ state: 'settled' }),
        aTicket({
          intent: { kind: 'open', status: null, noteIds: [], accountTo: 0, foldedTo: 0, at: 1, askAt: null },
          refused: { status: 'open', causes: null, changedAt: '', askedAt: 0 },
        }),
      ],
    ])('%s', async (_case, head, episode, ticket) => {
      await save(current(), aGroup(head, { episodes: [episode], tickets: [ticket] }));

      const details = await current().queries.find(head.id, 10);

      expect(details?.head).toEqual(head);
      expect(details?.episodes).toEqual([episode]);
      expect(details?.tickets).toEqual([ticket]);
    });

    it('when every field of rows that exist changes, forth and back', async () => {
      const plain = [
        aHead({ id: 'full', groupKey: 'other key' }),
        anEpisode({ id: 'episode-full', groupId: 'full' }),
        aTicket({ key: 'ticket-full', groupId: 'full' }),
      ] as const;
      for (const [head, episode, ticket] of [plain, [FULL_HEAD, FULL_EPISODE, FULL_TICKET] as const, plain]) {
        await save(current(), aGroup(head, { episodes: [episode], tickets: [ticket] }));

        const details = await current().queries.find('full', 10);

        expect(details).toMatchObject({ head, episodes: [episode], tickets: [ticket] });
      }
    });

    it('for notes of every shape, in the order they were made', async () => {
      const notes = FACTS.map((fact, index) =>
        aNote({ id: `note-${9 - index}`, fact, notBefore: NOW, createdAt: NOW }),
      );
      await save(current(), aGroup(aHead(), { tickets: [aTicket()], notes }));
      const sent = aNote({
        id: 'note-8',
        fact: FACTS[1] ?? { kind: 'ended' },
        state: 'sent',
        text: 'was\nsent ✓',
      });
      await save(current(), changesOf({ notes: [sent] }));

      const [group] = await ask(current(), (groups) => groups.forTickets(['ticket-1']));
      const details = await current().queries.find('group-1', 10);

      const [first, , third, fourth] = notes;
      expect(group?.notes(notes.map((note) => note.id))).toEqual([first, third, fourth]);
      expect(details?.notes).toEqual([fourth, third, sent, first]);
    });

    it('for events, newest first', async () => {
      const group = aGroup(aHead());
      group.recordEvent('group-opened', NOW, null, null);
      group.recordEvent('write-refused', NOW, 'ticket-1', '理由: "no"');
      await save(current(), group);

      const details = await current().queries.find('group-1', 10);

      expect(details?.events).toEqual([
        { groupId: 'group-1', at: NOW, kind: 'write-refused', ticketKey: 'ticket-1', reason: '理由: "no"' },
        { groupId: 'group-1', at: NOW, kind: 'group-opened', ticketKey: null, reason: null },
      ]);
    });

    it('for alert records, replaced by later ones', async () => {
      const fresh = anAlertRecord({ id: 'b', keyText: '["default",["__proto__","値"]]' });
      const known = anAlertRecord({ id: 'a', newestEndsAt: NANOS, recentEnds: [NOW, NOW + 1] });
      const { store } = current();
      await store.transaction(({ alerts }) =>
        alerts.save([fresh, { ...known, newestEndsAt: null, recentEnds: [] }]),
      );
      await store.transaction(({ alerts }) => alerts.save([known]));

      const found = await store.transaction(({ alerts }) => alerts.find(['a', 'b', 'c', 'a']));

      expect(found).toEqual(
        new Map([
          ['a', known],
          ['b', fresh],
        ]),
      );
      expect(await store.transaction(({ alerts }) => alerts.find([]))).toEqual(new Map());
    });

    it('for group keys, also when they are saved twice', async () => {
      await ask(current(), (groups) => groups.saveKeys(new Map([['key', KEY]])));
      await ask(current(), (groups) => groups.saveKeys(new Map([['key', KEY]])));

      expect(await ask(current(), (groups) => groups.keyOf('key'))).toEqual(KEY);
      expect(await ask(current(), (groups) => groups.keyOf('unknown'))).toBeNull();
    });
  });
}
