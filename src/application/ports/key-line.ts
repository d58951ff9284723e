/**
 * The last line of a ticket's description: `alertree <correlation key> <alert>`. By it a ticket is found again when its
 * create went unanswered, and is known as ours before anything is written to it.
 */
export interface KeyLine {
  readonly key: string;
  readonly alertId: string;
}

const KEY_LINE = /^alertree ([0-9a-f]{32}) ([0-9a-f]{64}|-)$/;

export function keyLineText(line: KeyLine): string {
  return `alertree ${line.key} ${line.alertId}`;
}

/** Reads the key line of a description, whatever its line ends; null when its last line that is not blank is none. */
export function keyLineIn(description: string): KeyLine | null {
  const last =
    description
      .trimEnd()
      .split(/\r\n|\r|\n/)
      .at(-1) ?? '';
  const match = KEY_LINE.exec(last.trim());
  const [, key, alertId] = match ?? [];
  return key === undefined || alertId === undefined ? null : { key, alertId };
}

/** What the key line of a duplicate is rewritten to. */
export function duplicateLineText(originalId: string): string {
  return `duplicate of ${originalId}`;
}

/** The last line of a note: by it a note is found again when its write went unanswered. */
export function noteLineText(noteId: string): string {
  return `alertree note ${noteId}`;
}
