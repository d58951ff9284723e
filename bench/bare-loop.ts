import { Agent, request as httpRequest } from 'node:http';
import { once } from 'node:events';

/** What the loop is to send, in the order in which it was recorded. */
export interface Replay {
  readonly url: string;
  readonly apiKey: string;
  /** So many at once at most. */
  readonly inFlight: number;
  readonly requests: readonly RecordedRequest[];
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** The id of the ticket that the request made then; null: it made none. */
  readonly made: number | null;
}

/** The part of an issue that binds requests to each other. */
interface IssueBody {
  readonly issue?: { readonly parent_issue_id?: number };
}

/**
 * Sends recorded requests again and does nothing else: what a program could do at best. One at a time of each tree, in
 * order, for Redmine refuses what is saved below one root at once; nothing else waits. Run as a process of its own, as
 * Alertree is.
 */
class BareLoop {
  private readonly agent = new Agent({ keepAlive: true });
  /** Ids of now by those of the recording. */
  private readonly ids = new Map<string, string>();
  /** Roots by their children, of the recording. */
  private readonly roots = new Map<string, string>();

  async play({ inFlight, requests, ...to }: Replay): Promise<void> {
    const waiting = requests.map((request) => ({ request, tree: this.treeOf(request) }));
    const running = new Map<string, Promise<void>>();
    while (waiting.length > 0) {
      const isFull = running.size >= inFlight;
      const index = isFull ? -1 : waiting.findIndex(({ tree }) => !running.has(tree));
      const [next] = index === -1 ? [] : waiting.splice(index, 1);
      if (next === undefined) {
        await Promise.race(running.values());
        continue;
      }
      const { request, tree } = next;
      running.set(
        tree,
        this.send(request, to).finally(() => running.delete(tree)),
      );
    }
    await Promise.all(running.values());
  }

  /** The root that the request is about; its own path where it is about tickets of any. */
  private treeOf({ path, body, made }: RecordedRequest): string {
    const parent = parentIn(body);
    if (made !== null && parent !== null) this.roots.set(String(made), parent);
    const ticket = parent ?? (made === null ? issueOf(path) : String(made));
    return ticket === null ? path : (this.roots.get(ticket) ?? ticket);
  }

  private async send(request: RecordedRequest, to: Pick<Replay, 'url' | 'apiKey'>): Promise<void> {
    const { method, made } = request;
    const parent = parentIn(request.body);
    const headers = { 'X-Redmine-API-Key': to.apiKey, 'Content-Type': 'application/json' };
    const sent = httpRequest(to.url + this.pathNow(request.path), { method, headers, agent: this.agent });
    sent.end(parent === null ? request.body : this.under(parent, request.body));
    const [response] = (await once(sent, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    if (response.statusCode >= 300) throw new Error(`${method} is answered ${response.statusCode}.`);
    if (made === null) return;
    const { issue } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { issue: { id: number } };
    this.ids.set(String(made), String(issue.id));
  }

  private pathNow(path: string): string {
    const now = (id: string): string => this.ids.get(id) ?? id;
    const one = path.replace(/^\/issues\/(\d+)/, (_, id: string) => `/issues/${now(id)}`);
    return one.replace(
      /issue_id=([^&]*)/,
      (_, ids: string) => `issue_id=${decodeURIComponent(ids).split(',').map(now).join(',')}`,
    );
  }

  private under(parent: string, body: string): string {
    const { issue } = JSON.parse(body) as IssueBody;
    return JSON.stringify({ issue: { ...issue, parent_issue_id: Number(this.ids.get(parent)) } });
  }
}

function parentIn(body: string): string | null {
  const parent = body === '' ? undefined : (JSON.parse(body) as IssueBody).issue?.parent_issue_id;
  return parent === undefined ? null : String(parent);
}

function issueOf(path: string): string | null {
  return /^\/issues\/(\d+)/.exec(path)?.[1] ?? null;
}

const loop = new BareLoop();
process.on('message', (replay: Replay) => {
  loop.play(replay).then(
    () => process.send?.('done'),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit());
