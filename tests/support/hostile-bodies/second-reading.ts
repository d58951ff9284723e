/** JSON as it was sent: pairs stay in their order, and a name may stand twice. */
export type Node =
  { readonly pairs: readonly [string, Node][] } | { readonly items: readonly Node[] } | Scalar;

export interface Scalar {
  readonly scalar: string | number | boolean | null;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** null: it is no JSON in UTF-8. */
export function tokensOf(body: Buffer): readonly string[] | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    JSON.parse(text);
    return text.match(TOKEN);
  } catch {
    return null;
  }
}

/** Reads what `JSON.parse` takes, and keeps every pair. */
export class SecondReading {
  readonly root: Node;
  private next = 0;
  private readonly places = new Map<Node, readonly [start: number, end: number]>();

  constructor(private readonly tokens: readonly string[]) {
    this.root = this.node();
  }

  /** A value as it was sent, without the blanks between its tokens. */
  textOf(node: Node): string {
    return this.tokens.slice(...(this.places.get(node) ?? [0, 0])).join('');
  }

  private node(): Node {
    const start = this.next;
    const token = this.take();
    const node = token === '{' ? this.object() : token === '[' ? this.list() : { scalar: JSON.parse(token) };
    this.places.set(node, [start, this.next]);
    return node;
  }

  private object(): Node {
    const pairs: [string, Node][] = [];
    while (this.goesOn('}')) {
      const name = String(JSON.parse(this.take()));
      this.take(); // the colon
      pairs.push([name, this.node()]);
    }
    return { pairs };
  }

  private list(): Node {
    const items: Node[] = [];
    while (this.goesOn(']')) items.push(this.node());
    return { items };
  }

  /** Steps over a comma, or over the end. */
  private goesOn(end: string): boolean {
    if (this.tokens[this.next] === ',') this.next += 1;
    if (this.tokens[this.next] !== end) return true;
    this.next += 1;
    return false;
  }

  private take(): string {
    const token = this.tokens[this.next] ?? 'null';
    this.next += 1;
    return token;
  }
}

/** What it says, in a form that does not depend on the order of names; texts are mended as the store keeps them. */
export function inOneForm(node: Node): string {
  if ('items' in node) return `[${node.items.map(inOneForm).join()}]`;
  if (!('pairs' in node))
    return JSON.stringify(typeof node.scalar === 'string' ? mended(node.scalar) : node.scalar);
  const pairs = node.pairs.map(([name, value]) => `${JSON.stringify(mended(name))}:${inOneForm(value)}`);
  return `{${pairs.toSorted().join()}}`;
}

export function mended(value: string): string {
  return value.replace(/[\0\p{Surrogate}]/gu, '\ufffd');
}
