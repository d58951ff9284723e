/**
 * The words of tickets and notes in one language. What came with an alert is never part of them: it is put beside them
 * as data.
 */
export interface Messages {
  readonly commonRoot: string;
  readonly perhapsLate: string;
  readonly treeBefore: string;
  readonly foldedSoFar: (count: number) => string;
  readonly field: {
    readonly severity: string;
    readonly firingSince: string;
    readonly source: string;
    readonly ended: string;
    readonly lasted: string;
    readonly fired: string;
    readonly endedTogether: string;
  };
  readonly link: { readonly graph: string; readonly alertmanager: string; readonly runbook: string };
  readonly times: (count: number) => string;
  readonly manyAtOnce: (count: number) => string;
  readonly resolved: string;
  readonly groupResolved: string;
  readonly tree: (members: number, folded: number) => string;
  readonly rootOver: (othersFiring: number) => string;
  readonly reopenedFor: (title: string, more: number) => string;
  readonly firedAgain: (count: number, last: string) => string;
  readonly flapping: string;
  readonly endNoted: string;
  readonly settled: string;
  readonly groupEnded: string;
  readonly endedWithoutTicket: (count: number) => string;
  readonly cameLate: string;
  /** Its other ticket follows, where that is known. */
  readonly superfluous: string;
  readonly endedAt: (title: string, time: string) => string;
  readonly andMore: (count: number) => string;
  /** Days, hours, minutes and seconds, as they stand behind a number. */
  readonly units: readonly [day: string, hour: string, minute: string, second: string];
}

export type Language = 'en' | 'ja';
