import { decide, retime } from '../../../src/domain/ticket-group/deciding.js';
import type { Episode } from '../../../src/domain/ticket-group/episode.js';
import type { GroupHead } from '../../../src/domain/ticket-group/group-head.js';
import { GroupSlice, type GroupRows } from '../../../src/domain/ticket-group/group-slice.js';
import type { Ticket } from '../../../src/domain/ticket-group/ticket.js';
import { aHead, aMember, anEpisode, anIntent, aNote, aTicket } from '../../support/builders/rows.js';

const NOW = 5000;
const moment = { now: NOW, newId: () => 'new' };

/** A ticket that stands open, as wanted since before, and wants no work. */
const STANDING: Partial<Ticket> = {
  reference: '7',
  seen: 'open',
  seenAt: 1000,
  wantedSince: 1000,
  workAt: null,
};
const PARKED = { parked: { reason: 'invalid', remedy: 'Mend it.' }, attempts: 5, retryAt: 9000 };

/** As the store holds it: nothing of it is changed. */
function stored(head: Partial<GroupHead>, rows: Partial<Omit<GroupRows, 'head'>> = {}): GroupSlice {
  return new GroupSlice({ head: aHead(head), episodes: [], tickets: [], notes: [], ...rows }, false);
}

/** A group of one firing alert, whose ticket is the root. */
function oneMember(given: {
  readonly head?: Partial<GroupHead>;
  readonly episode?: Partial<Episode>;
  readonly ticket?: Partial<Ticket>;
}): { readonly slice: GroupSlice; readonly episode: Episode; readonly root: () => Ticket | null } {
  const { episode, ticket } = aMember('a', {
    episode: { ...given.episode },
    ticket: { ...STANDING, ...given.ticket },
  });
  const head = { rootKey: ticket.key, placed: 1, firing: 1, ...given.head };
  const slice = stored(head, { episodes: [episode], tickets: [ticket] });
  return { slice, episode, root: () => slice.ticket(ticket.key) };
}

describe('deciding', () => {
  it('changes nothing about a ticket that stands as wanted, however often it is heard of', () => {
    const { slice, episode } = oneMember({});
    slice.putEpisode(episode);

    decide(slice, moment);

    expect(slice.changes()).toMatchObject({ head: null, tickets: [], notes: [], events: [] });
  });

  it('raises the revision once for each change of what is wanted', () => {
    const { slice, episode, root } = oneMember({ head: { revision: 3 } });
    slice.putEpisode({ ...episode, state: 'ended' });

    decide(slice, moment);
    decide(slice, { ...moment, now: NOW + 1 });

    expect(root()).toMatchObject({ wanted: 'closed', wantedSince: NOW });
    expect(slice.head.revision).toBe(4);
  });

  it('notes since when a new ticket is wanted', () => {
    const { slice, root, episode } = oneMember({
      ticket: { reference: null, seen: 'absent', wantedSince: null },
    });
    slice.putEpisode(episode);

    decide(slice, moment);

    expect(root()?.wantedSince).toBe(NOW);
  });

  it('tells on the root alone that all is over', () => {
    const { slice, episode, root } = oneMember({ head: { firing: 2, placed: 2 } });
    const child = aMember('b', { episode: { ordinal: 2 }, ticket: { ...STANDING, ordinal: 2 } });
    slice.putTicket(child.ticket);
    slice.putEpisode({ ...child.episode, state: 'firing' });
    slice.putEpisode({ ...child.episode, state: 'ended' });
    slice.putEpisode({ ...episode, state: 'ended' });
    slice.patchHead({ firing: 0 });

    decide(slice, moment);

    expect(slice.ticket(child.ticket.key)?.wanted).toBe('closed');
    expect(slice.changes().notes).toMatchObject([
      { ticketKey: root()?.key, fact: { kind: 'group-over', ownEnd: true } },
    ]);
  });

  it('wants what a person ended closed, though it fires', () => {
    const { slice, episode, root } = oneMember({ head: { endedBy: 'person', accepting: false } });
    slice.putEpisode(episode);

    decide(slice, moment);

    expect(root()?.wanted).toBe('closed');
    expect(slice.changes().notes).toMatchObject([{ fact: { kind: 'group-ended' } }]);
  });

  it.each([
    ['keeps a refusal of what is wanted', 'closed', 'closed'],
    ['forgets a refusal of what is wanted no longer', 'open', null],
  ] as const)('%s', (_, refusedStatus, left) => {
    const refused = { status: refusedStatus, causes: [], askedAt: 0, changedAt: '1' };
    const { slice, episode, root } = oneMember({ ticket: { refused } });
    slice.putEpisode({ ...episode, state: 'ended' });

    decide(slice, moment);

    expect(root()?.refused?.status ?? null).toBe(left);
  });
});

describe('a parked ticket', () => {
  it('is parked no longer when nothing is to be written to it', () => {
    const { slice, episode, root } = oneMember({ ticket: PARKED });
    slice.putEpisode(episode);

    decide(slice, moment);

    expect(root()).toMatchObject({ parked: null, attempts: 0, retryAt: 0 });
  });

  it.each([
    ['is not there yet', { reference: null, seen: 'absent' }],
    ['does not stand as wanted', { seen: 'closed' }],
    ['has an unanswered write', { intent: anIntent({ status: null, askAt: 9000 }) }],
  ] as const)('stays parked while it %s', (_, ticket) => {
    const { slice, episode, root } = oneMember({ ticket: { ...PARKED, ...ticket } });
    slice.putEpisode(episode);

    decide(slice, moment);

    expect(root()?.parked).toEqual(PARKED.parked);
  });

  it('stays parked while a note is to be sent', () => {
    const { slice, root } = oneMember({ ticket: PARKED });
    slice.addNote(aNote({ ticketKey: root()?.key ?? '' }));

    decide(slice, moment);

    expect(root()?.parked).toEqual(PARKED.parked);
  });
});

describe('a root for alerts that are over before they had a ticket', () => {
  it('is wanted, as the ticket of the first of them', () => {
    const episode = anEpisode({ state: 'ended', accountNo: 1 });
    const slice = stored({ accountNo: 1, firstEpisodeId: episode.id }, { episodes: [episode] });

    decide(slice, moment);

    expect(slice.root).toMatchObject({ ordinal: 0, episodeId: episode.id, alertId: episode.alertId });
  });

  it('is nobody’s where none of them is at hand', () => {
    const slice = stored({ accountNo: 1, firstEpisodeId: 'elsewhere' });

    decide(slice, moment);

    expect(slice.root).toMatchObject({ episodeId: null, alertId: '-' });
  });

  it('is that of the first at hand where the first of all is not', () => {
    const episode = anEpisode({ state: 'ended', accountNo: 2 });
    const slice = stored({ accountNo: 2, firstEpisodeId: 'elsewhere' }, { episodes: [episode] });

    decide(slice, moment);

    expect(slice.root).toMatchObject({ episodeId: episode.id, alertId: episode.alertId });
  });

  it('is wanted for one that fires and never gets a ticket of its own', () => {
    const slice = stored({ firing: 1, folded: 1 });

    decide(slice, moment);

    expect(slice.root).not.toBeNull();
  });

  it.each([
    ['all of them are told of', { accountNo: 2, accountedNo: 2 }],
    ['one holds a place for a ticket', { accountNo: 1, placed: 1 }],
    ['nothing happened', {}],
  ])('is not wanted where %s', (_, head) => {
    const slice = stored(head);

    decide(slice, moment);

    expect(slice.root).toBeNull();
    expect(slice.changes().tickets).toEqual([]);
  });
});

describe('what was loaded for its time and has nothing to do', () => {
  it('says when it next has', () => {
    const ticket = aTicket({ ...STANDING, wanted: 'closed', retryAt: 9000, workAt: NOW });
    const slice = stored({}, { tickets: [ticket], episodes: [] });

    retime(slice, NOW);

    expect(slice.ticket(ticket.key)?.workAt).toBe(9000);
  });

  it.each([
    ['wants none', null],
    ['has time left', NOW + 1],
  ])('is left as it is when it %s', (_, workAt) => {
    const ticket = aTicket({ ...STANDING, wanted: 'closed', retryAt: 9000, workAt });
    const slice = stored({}, { tickets: [ticket] });

    retime(slice, NOW);

    expect(slice.hasChanges).toBe(false);
  });
});
