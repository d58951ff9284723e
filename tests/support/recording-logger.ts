import type { LogFields, Logger } from '../../src/application/ports/logger.js';

export interface RecordedLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly message: string;
  readonly fields: LogFields;
}

/** Keeps what was logged, so that a test can read it. */
export class RecordingLogger implements Logger {
  readonly lines: RecordedLine[] = [];

  error(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'error', message, fields });
  }

  warn(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'warn', message, fields });
  }

  info(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'info', message, fields });
  }

  debug(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'debug', message, fields });
  }

  /** The lines with this message. */
  linesOf(message: string): readonly RecordedLine[] {
    return this.lines.filter((line) => line.message === message);
  }

  /** Everything that was logged as one text, to look for what must not be there. */
  text(): string {
    return JSON.stringify(this.lines);
  }
}
