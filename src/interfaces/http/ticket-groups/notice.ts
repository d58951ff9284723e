/** Something about all tickets that whoever looks must know. */
export interface Notice {
  readonly title: string;
  /** What it means, and what to do. */
  readonly text: string;
}
