/** A request as it arrives at the fake, for deciding whether something goes wrong with it. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What goes wrong with a request. */
export type FakeFault =
  /** The connection ends without an answer and nothing was done. */
  | { readonly kind: 'drop-before' }
  /** It is done, and the connection ends without an answer. */
  | { readonly kind: 'drop-after' }
  /** It is done, and 500 is answered, as when something after the commit fails. */
  | { readonly kind: 'error-after' }
  /** Nothing is answered as long as the fake lives; it is done when `commitLate` is called. */
  | { readonly kind: 'late' }
  /** It is done and answered only then, also where nobody waits for it any more; `drops`: nobody is answered. */
  | { readonly kind: 'slow'; readonly until: Promise<unknown>; readonly drops: boolean }
  /** Nothing is done, and this is answered. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** It is done, and the answer is changed on its way. */
  | { readonly kind: 'change'; readonly change: (body: string) => string };

export type DecideFault = (request: FakeRequest) => FakeFault | null;

export const HTML_PAGE: FakeFault = {
  kind: 'answer',
  status: 200,
  body: '<html><body>Maintenance</body></html>',
  headers: { 'content-type': 'text/html' },
};

/** What a server answers to a path of which it knows nothing. */
export const NOT_THERE: FakeFault = {
  kind: 'answer',
  status: 404,
  body: '',
  headers: { 'content-type': 'text/html; charset=utf-8' },
};

export function redirectTo(location: string): FakeFault {
  return { kind: 'answer', status: 302, headers: { location } };
}

/** What Redmine answers to a save of what somebody else has saved meanwhile. */
export const STALE: FakeFault = {
  kind: 'answer',
  status: 422,
  body: '{"errors":[]}',
  headers: { 'content-type': 'application/json; charset=utf-8' },
};
