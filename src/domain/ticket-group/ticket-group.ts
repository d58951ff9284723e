import { newGroupHead, type GroupHead } from './group-head.js';
import { GroupSlice, type GroupChanges, type GroupRows } from './group-slice.js';

export class TicketGroup {
  private constructor(private readonly slice: GroupSlice) {}

  /** A group as the store holds it. */
  static from(rows: GroupRows): TicketGroup {
    return new TicketGroup(new GroupSlice(rows, false));
  }

  /** A new group without members. */
  static open(given: Parameters<typeof newGroupHead>[0]): TicketGroup {
    return new TicketGroup(new GroupSlice({ head: newGroupHead(given), episodes: [], tickets: [], notes: [] }, true));
  }

  get head(): GroupHead {
    return this.slice.head;
  }

  /** The rows to write. */
  changes(): GroupChanges {
    return this.slice.changes();
  }
}
