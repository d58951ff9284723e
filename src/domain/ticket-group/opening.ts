import { newGroupHead } from './group-head.js';
import { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { newTicket } from './ticket.js';

/** A group without members; a summary root is fixed at once, as it is nobody's alert. */
export function openedSlice(given: Parameters<typeof newGroupHead>[0], moment: Moment): GroupSlice {
  const slice = new GroupSlice({ head: newGroupHead(given), episodes: [], tickets: [], notes: [] }, true);
  slice.recordEvent('group-opened', moment.now, null, null);
  if (!given.summary) return slice;
  const nobodys = { ordinal: 0, episodeId: null, alertId: '-' };
  const root = newTicket({ key: moment.newId(), groupId: given.id, ...nobodys });
  slice.patchHead({ rootKey: root.key });
  slice.putTicket(root);
  return slice;
}
