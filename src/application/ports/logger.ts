export type LogFields = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/**
 * One line an event: a fixed message and fields. `error`: a human must act now; `warn`: it is retried or degraded;
 * `info`: a notification or a change of a ticket; `debug`: the rest.
 */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
}
