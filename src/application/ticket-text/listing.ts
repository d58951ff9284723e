import type { Episode } from '../../domain/ticket-group/episode.js';
import { paragraph, type TextBlock } from '../ports/ticket-text.js';
import { alertTitle, type TextSettings } from './alert-title.js';

/** Lists in tickets and notes are cut here, with a count of the rest. */
export const LISTED = 50;

/** Episodes that have no ticket of their own and fire. */
export function sayFolded(
  count: number,
  first: readonly Episode[],
  settings: TextSettings,
): readonly TextBlock[] {
  return [paragraph(settings.words.foldedSoFar(count)), ...listed(first, count, settings)];
}

/** Episodes that ended without a ticket of their own. */
export function sayAccount(
  count: number,
  first: readonly Episode[],
  settings: TextSettings,
): readonly TextBlock[] {
  if (count === 0) return [];
  return [paragraph(settings.words.endedWithoutTicket(count)), ...listed(first, count, settings)];
}

function listed(first: readonly Episode[], count: number, settings: TextSettings): readonly TextBlock[] {
  const { words, time } = settings;
  const items = first.slice(0, LISTED).map(({ content, startsAt, endsAt }) => {
    const title = alertTitle({ labels: content.labels, startsAt }, settings);
    return endsAt === null ? title : words.endedAt(title, time.long(endsAt));
  });
  const more = count - items.length;
  const rest = items.length > 0 && more > 0 ? [paragraph(words.andMore(more))] : [];
  return [...(items.length > 0 ? [{ kind: 'list', items } as const] : []), ...rest];
}
