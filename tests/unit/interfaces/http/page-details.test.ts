import { aHead, aNote, anEpisode, aRefusal, aTicket, MORNING } from './a-group.js';
import { wordsOf } from './the-page.js';

describe('a group on the page', () => {
  test.each([
    [[['alertname', 'HostDown']], 'HostDown 1 firing'],
    [
      [
        ['alertname', 'HostDown'],
        ['cluster', '東京'],
      ],
      'alertname: HostDown, cluster: 東京 1 firing',
    ],
    [[['cluster', 'a']], 'cluster: a 1 firing'],
    [[['cluster', '']], 'Group group1 1 firing'],
    [[], 'Group group1 1 firing'],
  ] as const)('is named after the labels that make it: %j', async (values, expected) => {
    expect(await wordsOf([{ key: { source: 'default', route: 'default', values } }])).toContain(expected);
  });

  test.each([
    [{}, 'takes new members until 2026-06-18 11:46:00'],
    [{ acceptsUntil: null }, 'takes new members while one fires'],
    [{ endedBy: 'span' }, 'takes no new members: its span is over'],
    [{ endedBy: 'over' }, 'takes no new members: its alerts are over'],
    [{ endedBy: 'person' }, 'takes no new members: a person ended it'],
    [{ endedBy: 'reopen-refused' }, 'takes no new members: its root cannot be opened again'],
  ] as const)('says whether it takes new members: %j', async (head, expected) => {
    expect(await wordsOf([{ head: aHead(head) }])).toContain(expected);
  });

  test('shows a common root without an alert, and what was noted on it', async () => {
    const root = aTicket({ episodeId: null, alertId: '-' });
    const child = aTicket({ key: 'ticket2', ordinal: 2, reference: '102' });
    const notes = [aNote(), aNote({ id: 'note2', state: 'wanted', text: null, fact: { kind: 'flapping' } })];

    const words = await wordsOf([{ tickets: [root, child], notes }]);

    expect(words).toContain('#101 open Common root Notes (2)');
    expect(words).toContain('2026-06-16 11:46:00 root over This alert is over, others of the group fire.');
    expect(words).toContain('2026-06-16 11:46:00 flapping, to be sent');
    expect(words).toContain('#102 open HostMemoryUsageHigh instance:A');
  });

  test('calls no other ticket without a known alert a common root', async () => {
    const root = aTicket({ episodeId: 'unknown' });
    const child = aTicket({ key: 'ticket2', ordinal: 2, reference: '102', episodeId: null, alertId: '-' });

    expect(await wordsOf([{ tickets: [root, child] }])).not.toContain('Common root');
  });

  test('says that there is no ticket yet', async () => {
    expect(await wordsOf([{ tickets: [], head: aHead({ rootKey: null }) }])).toContain('No ticket yet.');
  });

  test.each([
    [aRefusal(['#31 is open', '#32 blocks it']), 'The tracker did not close it: #31 is open; #32 blocks it'],
    [aRefusal([]), 'The tracker did not close it: the cause is not known.'],
    [{ ...aRefusal([]), causes: null }, 'The tracker did not close it: it is being asked why.'],
    [{ ...aRefusal(['x']), status: 'open' as const }, 'The tracker did not open it: x'],
  ])('says why a write had no effect: %j', async (refused, expected) => {
    expect(await wordsOf([{ tickets: [aTicket({ refused })] }])).toContain(expected);
  });

  test('names an alert without a name, and tells members apart by the group labels when there are no others', async () => {
    const nameless = { ...anEpisode().content, labels: [['instance', 'a'] as const] };
    const key = { source: 'default', route: 'default', values: [['instance', 'a'] as const] };

    const words = await wordsOf([{ key, episodes: [anEpisode({ content: nameless })] }]);

    expect(words).toContain('Alert without a name instance:a');
  });

  test('tells what happened to it, newest first', async () => {
    const event = { groupId: 'group1', ticketKey: null } as const;

    const words = await wordsOf([
      {
        events: [
          { ...event, at: MORNING, kind: 'group-opened', reason: null },
          { ...event, at: MORNING + 1_000, kind: 'person-decided', reason: 'closed its root' },
        ],
      },
    ]);

    expect(words).toMatch(
      /History: 2 2026-06-16 11:46:01 person decided closed its root ?2026-06-16 11:46:00 group opened/,
    );
  });
});
