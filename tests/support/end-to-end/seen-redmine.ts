import { z } from 'zod';

const LISTED = z.object({
  id: z.number(),
  subject: z.string(),
  description: z.string().nullable(),
  status: z.object({ name: z.string() }),
  parent: z.object({ id: z.number() }).optional(),
});
const LIST = z.object({ issues: z.array(LISTED), total_count: z.number() });
const WITH_JOURNALS = z.object({
  issue: z.object({ journals: z.array(z.object({ notes: z.string().nullish() })) }),
});

export interface SeenIssue {
  readonly id: number;
  /** The instance of its alert; the whole subject of what people wrote. */
  readonly name: string;
  readonly description: string;
  readonly status: string;
  readonly parentId: number | null;
}

/** Most issues that Redmine lists at a time; no test has more. */
const PAGE = 100;

/** The issues of a project as the administrator of Redmine sees them, behind the back of every adapter. */
export class SeenRedmine {
  constructor(
    private readonly access: { readonly url: string; readonly adminKey: string; readonly project: string },
  ) {}

  /** In the order in which they were made, closed ones too. */
  async issues(): Promise<readonly SeenIssue[]> {
    const query = new URLSearchParams({
      project_id: this.access.project,
      status_id: '*',
      sort: 'id',
      limit: String(PAGE),
    });
    const { issues, total_count: total } = LIST.parse(await this.read(`issues.json?${query.toString()}`));
    if (total > PAGE) throw new Error(`The project has ${total} issues, more than these tests read.`);
    return issues.map(seen);
  }

  /** The one issue of this instance, or with this subject; the last one where there are several. */
  async named(name: string): Promise<SeenIssue> {
    const issue = (await this.issues()).findLast((one) => one.name === name);
    if (issue === undefined) throw new Error(`There is no issue ${name}.`);
    return issue;
  }

  /** `A New`, and below it, by two spaces for each level, `  B Closed`. */
  async tree(): Promise<readonly string[]> {
    const issues = await this.issues();
    const ids = new Set(issues.map(({ id }) => id));
    const below = (parentId: number | null, indent: string): readonly string[] =>
      issues
        .filter(
          (issue) => issue.parentId === parentId || (parentId === null && !ids.has(issue.parentId ?? 0)),
        )
        .flatMap((issue) => [`${indent}${issue.name} ${issue.status}`, ...below(issue.id, `${indent}  `)]);
    return below(null, '');
  }

  /** The notes on an issue, whoever wrote them, oldest first. */
  async notes(id: number): Promise<readonly string[]> {
    const { issue } = WITH_JOURNALS.parse(await this.read(`issues/${id}.json?include=journals`));
    return issue.journals.map((journal) => journal.notes ?? '').filter((text) => text !== '');
  }

  private async read(path: string): Promise<unknown> {
    const headers = { 'X-Redmine-API-Key': this.access.adminKey };
    const answer = await fetch(`${this.access.url}/${path}`, { headers });
    if (!answer.ok) throw new Error(`Redmine answered ${answer.status} to its administrator: ${path}`);
    return answer.json();
  }
}

function seen({ id, subject, description, status, parent }: z.infer<typeof LISTED>): SeenIssue {
  return {
    id,
    name: / instance:(\S+)/.exec(subject)?.[1] ?? subject,
    description: description ?? '',
    status: status.name,
    parentId: parent?.id ?? null,
  };
}
