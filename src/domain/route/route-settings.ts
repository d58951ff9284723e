/** How the alerts of one route become tickets. Plain data; durations in milliseconds. */
export interface RouteSettings {
  /** Unique name of the route; `default` without configuration. Part of every group key. */
  readonly name: string;
  /** Labels whose values make the group; `...` stands for all of them, as in Alertmanager. */
  readonly groupBy: readonly string[];
  /** `alert`: the first alert's ticket is the root. `summary`: the root is nobody's alert. */
  readonly root: 'alert' | 'summary';
  /** How long a group takes new members; 0: while one of them fires. */
  readonly groupSpanMs: number;
  /** Most children in a root's life; what comes beyond is folded. */
  readonly maxChildren: number;
  /** How long an end waits before it counts. */
  readonly closeAfterMs: number;
  /** `close`: an end closes the ticket. `note`: an end is noted, a person closes. */
  readonly autoClose: 'close' | 'note';
}

export const DEFAULT_ROUTE: RouteSettings = {
  name: 'default',
  groupBy: ['alertname'],
  root: 'alert',
  groupSpanMs: 48 * 3_600_000,
  maxChildren: 50,
  closeAfterMs: 0,
  autoClose: 'close',
};
