import { createHash } from 'node:crypto';
import { inOneForm, mended, SecondReading, tokensOf, type Node, type Scalar } from './second-reading.js';
import type { SentAlert } from './kept-letters.js';

/** What the webhook promises to answer, written down a second time and read from the bytes in another way. */
export type Prediction =
  | { readonly status: 400 }
  | {
      readonly status: 200;
      readonly accepted: readonly string[];
      readonly rejected: readonly number[];
      /** What was sent for each of these, in order. */
      readonly sent: readonly SentAlert[];
    };

const REFUSED: Prediction = { status: 400 };
const TIME = /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** The ids of the alerts that must be kept, and the places of those that must be rejected. */
export function predict(source: string, body: Buffer): Prediction {
  const tokens = tokensOf(body);
  if (tokens === null || hasBadShape(tokens)) return REFUSED;
  const reading = new SecondReading(tokens);
  const { root } = reading;
  if (!('pairs' in root) || hasRepeated(root, new Set(alertsOf(root)))) return REFUSED;
  if (!root.pairs.some(([name, value]) => name === 'alerts' && 'items' in value)) return REFUSED;
  const alerts = alertsOf(root);
  const rejected = alerts.flatMap((alert, index) => (isGood(alert) ? [] : [index]));
  const sent = rejected.map((index) => sentAlert(reading, alerts[index] ?? root, body, index));
  const accepted = alerts.filter(isGood).map((alert) => idOf(source, alert));
  return { status: 200, accepted, rejected, sent };
}

/** An alert in which a name stands twice is kept as it was sent, any other as it was understood. */
function sentAlert(reading: SecondReading, alert: Node, body: Buffer, index: number): SentAlert {
  const understood = (): string => JSON.stringify(JSON.parse(new TextDecoder().decode(body)).alerts[index]);
  return { content: inOneForm(alert), text: hasRepeated(alert) ? reading.textOf(alert) : understood() };
}

/** Deeper than 64, or an object of more than a thousand names. */
function hasBadShape(tokens: readonly string[]): boolean {
  const open: { readonly isObject: boolean; commas: number }[] = [];
  for (const token of tokens) {
    if (token === '{' || token === '[') open.push({ isObject: token === '{', commas: 0 });
    else if (token === '}' || token === ']') open.pop();
    const inner = open.at(-1);
    if (token === ',' && inner !== undefined) inner.commas += 1;
    if (open.length > 64 || (inner?.isObject === true && inner.commas >= 1_000)) return true;
  }
  return false;
}

function alertsOf(root: Node): readonly Node[] {
  const alerts = valueOf(root, 'alerts');
  return alerts !== undefined && 'items' in alerts ? alerts.items : [];
}

function valueOf(node: Node, name: string): Node | undefined {
  return 'pairs' in node ? node.pairs.find(([candidate]) => candidate === name)?.[1] : undefined;
}

function hasRepeated(node: Node, apart: ReadonlySet<Node> = new Set()): boolean {
  if (apart.has(node)) return false;
  if ('items' in node) return node.items.some((item) => hasRepeated(item, apart));
  if (!('pairs' in node)) return false;
  const names = new Set(node.pairs.map(([name]) => name));
  return names.size < node.pairs.length || node.pairs.some(([, value]) => hasRepeated(value, apart));
}

function isGood(alert: Node): boolean {
  const labels = valueOf(alert, 'labels');
  const annotations = valueOf(alert, 'annotations');
  return (
    'pairs' in alert &&
    !hasRepeated(alert) &&
    ['firing', 'resolved'].includes(String(scalarOf(valueOf(alert, 'status')))) &&
    typeof scalarOf(valueOf(alert, 'status')) === 'string' &&
    isMap(labels) &&
    labelsOf(alert).length > 0 &&
    (isAbsent(annotations) || isMap(annotations)) &&
    ['startsAt', 'endsAt'].every((name) => isAbsent(valueOf(alert, name)) || isTime(valueOf(alert, name)))
  );
}

function isAbsent(node: Node | undefined): boolean {
  return node === undefined || scalarOf(node) === null;
}

function scalarOf(node: Node | undefined): Scalar['scalar'] | undefined {
  return node !== undefined && 'scalar' in node ? node.scalar : undefined;
}

function isMap(node: Node | undefined): boolean {
  if (node === undefined || !('pairs' in node) || node.pairs.length > 256) return false;
  return node.pairs.every(([name, value]) => isName(name) && isValue(scalarOf(value)));
}

function isName(name: string): boolean {
  return name !== '' && !/[\0\p{Surrogate}]/u.test(name) && Buffer.byteLength(name) <= 1024;
}

function isValue(value: Scalar['scalar'] | undefined): boolean {
  if (typeof value === 'number') return value >= -(2 ** 53) + 1 && value <= 2 ** 53 - 1;
  return typeof value === 'boolean' || (typeof value === 'string' && Buffer.byteLength(value) <= 65_536);
}

function isTime(node: Node | undefined): boolean {
  const match = TIME.exec(String(scalarOf(node)));
  if (typeof scalarOf(node) !== 'string' || match === null) return false;
  const day = new Date(`${match[1]}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== match[1]) return false;
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(match[0]) ?? [];
  const offset = (sign === '-' ? -60_000 : 60_000) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  const seconds = match[0].slice(11, 19).split(':').map(Number);
  const [h = 0, m = 0, s = 0] = seconds;
  const moment = new Date(day.getTime() + (h * 3_600 + m * 60 + s) * 1_000 - offset);
  return moment.getUTCFullYear() >= 0 && moment.getUTCFullYear() <= 9_999;
}

function labelsOf(alert: Node): readonly (readonly [string, string])[] {
  const labels = valueOf(alert, 'labels');
  if (labels === undefined || !('pairs' in labels)) return [];
  return labels.pairs
    .map(([name, value]) => [name, mended(String(scalarOf(value)))] as const)
    .filter(([, value]) => value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function idOf(source: string, alert: Node): string {
  return createHash('sha256')
    .update(JSON.stringify([source, ...labelsOf(alert)]))
    .digest('hex');
}
