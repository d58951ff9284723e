import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { RedmineTransport } from '../../../src/infrastructure/tickets/redmine/redmine-client.js';
import type { FakeRequest } from '../../support/fake-redmine/fault.js';
import type { FakeRedmineModel } from '../../support/fake-redmine/model.js';
import { answerTo, type FakeAnswer } from '../../support/fake-redmine/routes.js';
import type { FaultName, RequestKind } from './fault-plan.js';
import { GIVES_UP_AFTER, LATE_COMMIT, TOO_LATE, type TrackerWorld } from './tracker.js';

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const HTML: Answer = {
  status: 200,
  body: '<html><body>Maintenance</body></html>',
  headers: { 'content-type': 'text/html' },
};
const CRASHED: Answer = {
  status: 500,
  body: '{"status":500,"error":"Internal Server Error"}',
  headers: JSON_HEADERS,
};

/** Brings requests to the model of a Redmine in this very process, with all that can happen on the way. */
export class RedmineInProcess implements RedmineTransport {
  /** What was created later than the settings promise. */
  readonly late = new Set<string>();
  private readonly deadlines = new WeakMap<object, AbortController>();

  constructor(
    private readonly model: FakeRedmineModel,
    private readonly world: TrackerWorld,
  ) {}

  /** Time passes in the simulation only: whoever lets it pass aborts. */
  timeout(): AbortSignal {
    const controller = new AbortController();
    this.deadlines.set(controller.signal, controller);
    return controller.signal;
  }

  readonly adapter = async (config: InternalAxiosRequestConfig): Promise<AxiosResponse> => {
    const request = requestOf(config);
    const fault = this.world.faults.take(kindOf(request), request.body.includes('"status_id"'));
    const { status, body = '', headers = {} } = await this.answer(fault, request, config);
    return { data: body, status, statusText: '', headers, config, request: null };
  };

  private async answer(
    fault: FaultName | null,
    request: FakeRequest,
    config: InternalAxiosRequestConfig,
  ): Promise<Answer> {
    const { chance, timeline } = this.world;
    const isWrite = request.method !== 'GET';
    switch (fault) {
      case null:
        return this.carryOut(request);
      case 'slow':
        await timeline.wait(chance.between(1000, GIVES_UP_AFTER - 10_000));
        return this.carryOut(request);
      case 'committed, then dropped':
        this.carryOut(request);
        throw new AxiosError('gone', 'ECONNRESET', config);
      case 'dropped before':
        throw new AxiosError('gone', chance.of(['ECONNRESET', 'EPIPE']), config);
      case 'down':
        throw new AxiosError('down', 'ECONNREFUSED', config);
      case 'committed late':
        // It may come before the client gives up, too.
        timeline.in(chance.between(0, LATE_COMMIT), () => void this.carryOut(request));
        return this.giveUp(config);
      case 'committed too late':
        timeline.in(chance.between(LATE_COMMIT, TOO_LATE), () => this.carryOutTooLate(request));
        return this.giveUp(config);
      case 'timed out, nothing done':
        return this.giveUp(config);
      case '500 with effect':
        this.carryOut(request);
        return CRASHED;
      case '500 without effect':
        return CRASHED;
      case '204 without effect':
        // The note beside the status is stored all the same.
        return this.carryOut({ ...request, body: withoutStatus(request.body) });
      case '422 []':
        return { status: 422, body: '{"errors":[]}', headers: JSON_HEADERS };
      case 'HTML 200':
        if (isWrite && chance.happens(0.5)) this.carryOut(request);
        return HTML;
      case 'redirect':
        return { status: 302, headers: { location: 'https://sso.test/login' } };
      case '502 to 504':
        if (isWrite && chance.happens(0.5)) this.carryOut(request);
        return { ...HTML, status: chance.of([502, 503, 504]) };
      case 'truncated JSON': {
        const whole = this.carryOut(request);
        return { ...whole, body: whole.body?.slice(0, Math.floor(whole.body.length / 2)) ?? '' };
      }
      case '429':
        return { status: 429, headers: { 'retry-after': '2' } };
      case '503':
        return { ...HTML, status: 503, headers: { 'retry-after': '5' } };
    }
  }

  private carryOut(request: FakeRequest): Answer {
    this.model.now = this.world.timeline.now;
    return sent(answerTo(this.model, request));
  }

  private carryOutTooLate(request: FakeRequest): void {
    const before = new Set(this.model.issues.keys());
    this.carryOut(request);
    for (const id of this.model.issues.keys()) if (!before.has(id)) this.late.add(String(id));
  }

  private async giveUp(config: InternalAxiosRequestConfig): Promise<never> {
    await this.world.timeline.wait(GIVES_UP_AFTER);
    this.deadlines.get(config.signal ?? {})?.abort();
    throw new AxiosError('canceled', AxiosError.ERR_CANCELED, config);
  }
}

function requestOf({
  method = 'get',
  url = '',
  params,
  data,
  headers,
}: InternalAxiosRequestConfig): FakeRequest {
  return {
    method: method.toUpperCase(),
    path: url,
    query: new URLSearchParams(params as Record<string, string>),
    headers: {
      'x-redmine-api-key': String(headers.get('X-Redmine-API-Key')),
      'content-type': String(headers.get('Content-Type') ?? ''),
    },
    body: typeof data === 'string' ? data : '',
  };
}

function kindOf({ method }: FakeRequest): RequestKind {
  if (method === 'GET') return 'read';
  return method === 'POST' ? 'create' : 'update';
}

function withoutStatus(body: string): string {
  const { issue } = JSON.parse(body) as { readonly issue: Readonly<Record<string, unknown>> };
  return JSON.stringify({ issue: { ...issue, status_id: undefined } });
}

/** As over a wire: numbers and texts only. */
function sent({ status, body }: FakeAnswer): Answer {
  return body === null ? { status } : { status, body: JSON.stringify(body), headers: JSON_HEADERS };
}
