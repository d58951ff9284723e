/** A request that is answered with an error of its own instead of "internal error". */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  /**
   * The message is fixed text that says what to do; it is answered and logged. The detail may quote the request: it is
   * answered and never logged.
   */
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 503,
    message: string,
    readonly detail = '',
  ) {
    super(message);
  }

  get answer(): string {
    return this.detail === '' ? this.message : `${this.message} (${this.detail})`;
  }
}
