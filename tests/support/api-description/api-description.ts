import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

type Tree = Readonly<Record<string, unknown>>;

const FILE = join(import.meta.dirname, '../../../openapi.yaml');
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);
const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const ID = 'openapi';

export interface Answer {
  /** `GET /-/ready 200`, the path as the description has it. */
  readonly name: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** `openapi.yaml`, read for what it promises. */
export class ApiDescription {
  private readonly document: Tree = parse(readFileSync(FILE, 'utf8'), { merge: true });
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': DATE_TIME } });

  constructor() {
    this.ajv.addSchema({ $id: ID, ...closed(this.document) });
  }

  /** `GET /-/ready`, for each. */
  operations(): readonly string[] {
    return [...this.answers().keys()].map((name) => name.replace(/ \d+$/, '')).filter(isFirst);
  }

  /** Where each answer is described, by its name. */
  answers(): ReadonlyMap<string, Tree> {
    const answers = new Map<string, Tree>();
    for (const [path, item] of Object.entries(treeAt(this.document, 'paths')))
      for (const [method, operation] of Object.entries(this.resolved(item)))
        if (METHODS.has(method))
          for (const [status, answer] of Object.entries(treeAt(operation, 'responses')))
            answers.set(`${method.toUpperCase()} ${path} ${status}`, this.resolved(answer));
    return answers;
  }

  /** What is wrong with an answer, as far as the description knows; empty when nothing is. */
  problemsWith(answer: Answer): readonly string[] {
    const described = this.answers().get(answer.name);
    if (described === undefined) return [`${answer.name} is not described`];
    const contents = treeAt(described, 'content');
    const [type = '', ...others] = Object.keys(contents);
    const headers = Object.keys(treeAt(described, 'headers')).filter(
      (name) => !(name.toLowerCase() in answer.headers),
    );
    return [
      ...others.map((other) => `${answer.name} has a second content ${other}`),
      ...headers.map((name) => `${answer.name} lacks the header ${name}`),
      ...(answer.contentType.startsWith(type) ? [] : [`${answer.name} is ${answer.contentType}`]),
      ...this.mismatches(answer.name, treeAt(treeAt(contents, type), 'schema'), answer.body),
    ];
  }

  /** What is wrong with a value, read as this schema of the description. */
  problemsWithSchema(name: string, value: unknown): readonly string[] {
    return this.mismatches(name, { $ref: `#/components/schemas/${name}` }, value);
  }

  private mismatches(name: string, schema: Tree, value: unknown): readonly string[] {
    const validate: ValidateFunction = this.ajv.compile(pointingInto(ID, closed(schema)));
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${name}${error.instancePath} ${error.message ?? ''}`);
  }

  /** Follows a reference within the document. */
  private resolved(value: unknown): Tree {
    const target = asTree(value)['$ref'];
    if (typeof target !== 'string') return asTree(value);
    const parts = target.split('/').slice(1);
    const found = parts.reduce<Tree>((at, part) => treeAt(at, part), this.document);
    if (Object.keys(found).length === 0) throw new Error(`There is nothing at ${target}.`);
    return found;
  }
}

function isFirst(name: string, index: number, names: readonly string[]): boolean {
  return names.indexOf(name) === index;
}

function asTree(value: unknown): Tree {
  return typeof value === 'object' && value !== null ? (value as Tree) : {};
}

function treeAt(value: unknown, name: string): Tree {
  return asTree(asTree(value)[name]);
}

/** Nothing may be answered that is not described, though clients must be ready for more. */
function closed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(closed) as T;
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]));
  const isAnswered = 'properties' in inner && !('items' in inner) && !isSent(inner);
  return (
    isAnswered && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner
  ) as T;
}

/** What Alertmanager sends may have more. */
function isSent(schema: Tree): boolean {
  const properties = treeAt(schema, 'properties');
  return 'alerts' in properties || ('startsAt' in properties && 'status' in properties);
}

function pointingInto(id: string, schema: Tree): Tree {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${id}#/`)) as Tree;
}
