import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { AxiosError, type AxiosAdapter, type AxiosInstance, type AxiosResponse } from 'axios';
import { bulkhead, type IPolicy } from 'cockatiel';
import type { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import {
  answerFailure,
  connectionFailure,
  statusFailure,
  timeoutFailure,
  type RequestKind,
} from './redmine-failure.js';
import { RequestPace, type Timer } from './request-pace.js';
import { retryAfterMs } from './retry-after.js';

export interface RedmineAddress {
  /** With its path, without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
  /** Over all requests; null or absent: as many as there are. */
  readonly requestsPerSecond?: number | null;
}

export type Query = Readonly<Record<string, string>>;

/** What requests travel by, and what tells that a call has taken too long. */
export interface RedmineTransport {
  readonly adapter: AxiosAdapter | 'http';
  timeout(milliseconds: number): AbortSignal;
}

const OVER_HTTP: RedmineTransport = {
  adapter: 'http',
  timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
};

/** A call of the port gives up after this, however many requests it takes; well inside a lease. */
const CALL_DEADLINE_MS = 40_000;
/**
 * Redmine does not get faster beyond a few at once. More groups than this are delivered side by side, so that a request
 * of one is under way while another's answer is recorded.
 */
const REQUESTS_AT_ONCE = 4;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** Shorter than any server keeps an idle connection, so that no write meets one that is just being closed. */
const IDLE_MS = 3_000;
const JSON_TYPE = /^application\/json\b/i;

/**
 * Redmine's REST API. Errors are `TicketBackendError`s that hold neither the key nor what axios knows of the request.
 * The key goes to the configured address and nowhere else: no redirect is followed and no proxy of the environment used.
 */
export class RedmineClient {
  private readonly http: AxiosInstance;
  private readonly slots = bulkhead(REQUESTS_AT_ONCE, Number.POSITIVE_INFINITY);
  private readonly pace: RequestPace;

  constructor(
    private readonly address: RedmineAddress,
    private readonly deadlineMs = CALL_DEADLINE_MS,
    timer?: Timer,
    private readonly transport = OVER_HTTP,
  ) {
    this.pace = new RequestPace(address.requestsPerSecond ?? null, timer);
    const keepAlive = { keepAlive: true, timeout: IDLE_MS };
    this.http = axios.create({
      adapter: transport.adapter,
      baseURL: address.url,
      headers: {
        common: {
          Accept: 'application/json',
          'User-Agent': 'Alertree',
          'X-Redmine-API-Key': address.apiKey,
        },
      },
      httpAgent: new HttpAgent(keepAlive),
      httpsAgent: new HttpsAgent(keepAlive),
      maxBodyLength: MAX_ANSWER_BYTES,
      maxContentLength: MAX_ANSWER_BYTES,
      maxRedirects: 0,
      proxy: false,
      responseType: 'text',
      transformResponse: [(body: unknown) => body],
      validateStatus: null,
    });
  }

  /** A series of requests under one deadline. */
  call(): RedmineCall {
    const withoutKey = (text: string): string => text.replaceAll(this.address.apiKey, '[key]');
    const { slots, pace, http, transport } = this;
    return new RedmineCall({ http, slots, pace, transport }, this.deadlineMs, withoutKey);
  }
}

/** What all calls share. */
interface Line {
  readonly http: AxiosInstance;
  readonly slots: IPolicy;
  readonly pace: RequestPace;
  readonly transport: RedmineTransport;
}

export class RedmineCall {
  private readonly signal: AbortSignal;
  private readonly deadline: number;

  constructor(
    private readonly line: Line,
    deadlineMs: number,
    private readonly withoutKey: (text: string) => string,
  ) {
    this.signal = line.transport.timeout(deadlineMs);
    this.deadline = line.pace.timer.now() + deadlineMs;
  }

  /** The parsed answer. */
  async get(path: string, query: Query = {}): Promise<unknown> {
    return jsonOf('read', await this.ask('read', { method: 'GET', url: path, params: query }));
  }

  /** The parsed answer to a create. */
  async post(path: string, body: unknown): Promise<unknown> {
    return jsonOf('write', await this.ask('write', { method: 'POST', url: path, ...asJson(body) }));
  }

  /** Redmine answers an update with 204 and nothing else, also when it ignored all of it. */
  async put(path: string, body: unknown): Promise<void> {
    const answer = await this.ask('write', { method: 'PUT', url: path, ...asJson(body) });
    if (answer.status !== 204) throw answerFailure('write', `${answer.status} to an update`);
  }

  private async ask(kind: RequestKind, request: object): Promise<AxiosResponse<string>> {
    const answer = await this.line.slots.execute(() => this.send(kind, request));
    if (answer.status >= 200 && answer.status < 300) return answer;
    // Whoever answers may repeat what was sent.
    const messages = messagesIn(answer)?.map(this.withoutKey) ?? null;
    const failure = statusFailure(kind, answer.status, messages, retryAfterMs(answer.headers));
    this.line.pace.heed(failure);
    throw failure;
  }

  private async send(kind: RequestKind, request: object): Promise<AxiosResponse<string>> {
    await this.line.pace.turn(this.deadline);
    // What was never sent had no effect, whatever it was to do.
    if (this.signal.aborted) throw timeoutFailure('read');
    try {
      return await this.line.http.request<string>({ ...request, signal: this.signal });
    } catch (error) {
      // The cause is left out: axios keeps the request in it, key and all.
      throw this.failureOf(kind, error);
    }
  }

  private failureOf(kind: RequestKind, error: unknown): TicketBackendError {
    if (this.signal.aborted) return timeoutFailure(kind);
    const code = (error instanceof AxiosError ? error.code : undefined) ?? 'no code';
    // A body that is longer than allowed, or that breaks off.
    if (code === AxiosError.ERR_BAD_RESPONSE) return answerFailure(kind, 'it is too long or breaks off');
    return connectionFailure(kind, code);
  }
}

function asJson(body: unknown): {
  readonly data: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  return { data: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
}

function isJson(answer: AxiosResponse<string>): boolean {
  return JSON_TYPE.test(String(answer.headers['content-type'] ?? ''));
}

function jsonOf(kind: RequestKind, answer: AxiosResponse<string>): unknown {
  if (!isJson(answer)) throw answerFailure(kind, `${answer.status} without JSON`);
  try {
    return JSON.parse(answer.data);
  } catch {
    throw answerFailure(kind, 'broken JSON');
  }
}

/** The messages of a 422; null when the answer holds no list of them. */
function messagesIn(answer: AxiosResponse<string>): readonly string[] | null {
  if (!isJson(answer)) return null;
  try {
    const body: unknown = JSON.parse(answer.data);
    const errors = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : null;
    return Array.isArray(errors) ? errors.map(String) : null;
  } catch {
    return null;
  }
}
