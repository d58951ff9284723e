import { recoverWrites } from '../../../src/domain/ticket-group/answering.js';
import { GroupSlice } from '../../../src/domain/ticket-group/group-slice.js';
import type { WriteIntent } from '../../../src/domain/ticket-group/ticket.js';
import { aHead, anIntent, aTicket } from '../../support/builders/rows.js';

const LIMITS = { longestCallMs: 60_000, lateCommitMs: 120_000 };
const RECORDED = 1_000_000;

/** From when on it is asked what came of a write that nobody waits for any more. */
function askedFrom(now: number, given: Partial<WriteIntent> = {}): number | null | undefined {
  const intent = anIntent({ kind: 'open', status: 'open', at: RECORDED, ...given });
  const ticket = aTicket({ intent });
  const slice = new GroupSlice({ head: aHead(), episodes: [], tickets: [ticket], notes: [] }, false);
  recoverWrites(slice, now, LIMITS);
  return slice.ticket(ticket.key)?.intent?.askAt;
}

describe('a write that nobody waits for any more', () => {
  it('may have been sent until just now, and come late from then on', () => {
    expect(askedFrom(RECORDED + 39_000)).toBe(RECORDED + 39_000 + LIMITS.lateCommitMs);
  });

  it('was sent when the longest call was over, however long nobody was there to ask', () => {
    expect(askedFrom(RECORDED + 3_600_000)).toBe(RECORDED + LIMITS.longestCallMs + LIMITS.lateCommitMs);
  });

  it('is asked about when it was to be, where its failure was recorded', () => {
    expect(askedFrom(RECORDED + 39_000, { askAt: RECORDED + 5 })).toBe(RECORDED + 5);
  });
});
