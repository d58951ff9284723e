import { createLogger, format, transports, type Logger as Winston } from 'winston';
import type { LogFields, Logger } from '../../application/ports/logger.js';
import { jsonLine, logfmtLine, type LogEntries } from './log-line.js';
import { withoutSecrets } from './without-secrets.js';

export interface LogSettings {
  /** The least that is written. */
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly format: 'logfmt' | 'json';
  /** Keys and tokens that no line may show. */
  readonly secrets: readonly string[];
}

const OURS = new Set(['ts', 'level', 'msg']);

/** Writes one line an event: `ts`, `level`, `msg`, then the fields. No text in them can break or forge a line, or show a secret. */
export class WinstonLogger implements Logger {
  private readonly winston: Winston;
  private readonly lineOf: (entries: LogEntries) => string;

  constructor(
    private readonly settings: LogSettings,
    stream: NodeJS.WritableStream = process.stderr,
  ) {
    this.lineOf = settings.format === 'json' ? jsonLine : logfmtLine;
    this.winston = createLogger({
      level: settings.level,
      format: format.printf(({ message }) => String(message)),
      transports: [new transports.Stream({ stream, eol: '\n' })],
    });
  }

  error(message: string, fields?: LogFields): void {
    this.write('error', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.write('warn', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.write('info', message, fields);
  }

  debug(message: string, fields?: LogFields): void {
    this.write('debug', message, fields);
  }

  /** winston gets the finished line: fields given to it could replace the level and lengthen the message. */
  private write(level: LogSettings['level'], message: string, fields: LogFields = {}): void {
    if (!this.winston.isLevelEnabled(level)) return;
    const own: LogEntries = [
      ['ts', new Date().toISOString()],
      ['level', level],
      ['msg', message],
    ];
    const given: LogEntries = Object.entries(fields).map(([key, value]) => [
      OURS.has(key) ? `${key}_` : key,
      value,
    ]);
    const entries = withoutSecrets([...own, ...given], this.settings.secrets);
    this.winston.log({ level, message: this.lineOf(entries) });
  }
}
