import type { FakeFault, FakeRequest } from '../fake-redmine/fault.js';
import { answerTo } from '../fake-redmine/routes.js';
import { untilTrue } from '../app/until.js';
import type { KillWorld } from './kill-world.js';
import type { Occurrence } from './occurrence.js';
import type { Fact } from './sender.js';
import {
  afterTheAnswer,
  afterTheCommit,
  atTheBegin,
  beforeTheCall,
  beforeTheCommit,
  START_POINTS,
  STOP_POINTS,
} from './point-names.js';
import type { PointOrder } from './points.js';

const RESOLVED = 3;

/** A course of events that leads past a point. Whatever dies on the way is started again, and the story goes on. */
export interface Story {
  /** What must happen before the point can be reached. */
  readonly before?: readonly PointOrder[];
  /** The orders are given before the first start, not after the first tickets. */
  readonly fromTheStart?: boolean;
  tell(world: KillWorld): Promise<void>;
}

/** The story of a point; what most stories pass needs none of its own. */
export function storyOf(point: string): Story {
  if (isOneOf(point, Object.values(START_POINTS)) || /^(migration|start|probe|sweep):/.test(point))
    return { fromTheStart: true, tell: alertsComeAndGo };
  if (isOneOf(point, Object.values(STOP_POINTS))) return { tell: itIsAskedToStop };
  if (isOf('find', point) || isOf('notes', point)) return { tell: answersGetLost };
  if (isOf('look for people', point) || isOf('fold', point)) return { tell: aTicketIsOpenedTwice };
  if (isOf('obstacles', point)) return { tell: closingIsRefused };
  if (/^(question for |end of )?adoption:/.test(point)) return { tell: theStoreIsLost };
  if (/^(begin of adoption|look for groups of another backend):/.test(point)) return { tell: redmineMoves };
  if (isOfTransaction('conclusion', point)) return { tell: somebodyResolvesTheRoot };
  if (isOfTransaction('resumption', point)) return { tell: redmineGoesAway };
  if (isOfTransaction('postponement', point)) {
    return { before: [{ point: beforeTheCall('open'), mode: 'throw' }], tell: alertsComeAndGo };
  }
  return { tell: alertsComeAndGo };
}

function isOneOf(point: string, points: readonly string[]): boolean {
  return points.includes(point);
}

function isOf(call: string, point: string): boolean {
  return [beforeTheCall(call), afterTheAnswer(call)].includes(point);
}

function isOfTransaction(kind: string, point: string): boolean {
  return [atTheBegin(kind), beforeTheCommit(kind), afterTheCommit(kind)].includes(point);
}

/** Three alerts: the second is there before any order is given. */
export const A = occurrence('a');
export const B = occurrence('b');
export const C = occurrence('c');

/** What is there before the story begins. */
export async function prologue({ sender }: KillWorld): Promise<void> {
  await sender.send([fires(A), fires(B)]);
}

async function alertsComeAndGo(world: KillWorld): Promise<void> {
  const { sender } = world;
  // News first: were it lost at the point, no repeat would bring it back.
  await sender.send([fires(C)]);
  await sender.send([fires(A), fires(B)], true);
  await world.rest();
  await sender.send([ends(B)]);
  await world.rest();
}

async function itIsAskedToStop(world: KillWorld): Promise<void> {
  await world.sender.send([fires(C)]);
  world.alertree.signal('SIGTERM');
  await world.sender.send([ends(B)]);
}

/** The root's create, then the note of its closing, are answered with an error once they are done. */
async function answersGetLost(world: KillWorld): Promise<void> {
  const { sender, redmine } = world;
  redmine.faultyBy(onceFor((request) => request.method === 'POST', { kind: 'error-after' }));
  await sender.send([fires(C)]);
  await world.rest();
  redmine.faultyBy(onceFor(isNote, { kind: 'error-after' }));
  await sender.send([ends(C)]);
  await world.rest();
}

/** Whatever stands between: of one create two tickets come, and no answer. */
async function aTicketIsOpenedTwice({ sender, redmine }: KillWorld): Promise<void> {
  const fault = onceFor(({ method }) => method === 'POST', { kind: 'error-after' });
  redmine.faultyBy((request) => {
    const found = fault(request);
    if (found !== null) answerTo(redmine.fake.model, request);
    return found;
  });
  await sender.send([fires(C)]);
}

/** Redmine answers a closing as if it had been done and stores only its note, as where a workflow forbids the status. */
async function closingIsRefused(world: KillWorld): Promise<void> {
  const { redmine } = world;
  const fault = onceFor(isNote, { kind: 'answer', status: 204 });
  redmine.faultyBy((request) => {
    const found = fault(request);
    if (found !== null) answerTo(redmine.fake.model, { ...request, body: withoutStatus(request.body) });
    return found;
  });
  await world.sender.send([ends(B)]);
  await untilTrue('the point is reached', () => world.orders.left.length === 0);
}

/** What still fires was left to a person with the root. */
async function somebodyResolvesTheRoot(world: KillWorld): Promise<void> {
  const { sender, redmine, alertree } = world;
  const [root] = redmine.tickets().filter(({ parentId }) => parentId === null);
  const issue = redmine.fake.model.issues.get(Number(root?.id));
  if (issue === undefined) throw new Error('there is no root');
  for (const open of [A, B]) sender.leaveToPerson(open);
  redmine.fake.model.issues.set(issue.id, { ...issue, statusId: RESOLVED, updatedOn: Date.now() });
  // A new process looks at a ticket before it writes there, and the root is to be told that its own alert is over.
  alertree.signal('SIGTERM');
  await sender.send([ends([A, B].find(({ id }) => id === root?.occurrence) ?? A)]);
  await untilTrue('the point is reached', () => world.orders.left.length === 0);
}

/** The tickets are found and taken in; what is heard again writes nothing, and what is new joins. */
async function theStoreIsLost(world: KillWorld): Promise<void> {
  await world.loseStore();
  await world.sender.send([fires(A), fires(B), fires(C)], true);
}

/** What it knows is found again, and no group is left at the old address. */
async function redmineMoves(world: KillWorld): Promise<void> {
  await world.moveRedmine();
  await world.sender.send([fires(A), fires(B), fires(C)], true);
}

/** Long enough that it is noticed, with work that waits. */
async function redmineGoesAway(world: KillWorld): Promise<void> {
  const { sender, redmine, alertree } = world;
  redmine.faultyBy(() => ({ kind: 'drop-before' }));
  await sender.send([fires(C)]);
  await untilTrue('its absence is noticed', () => alertree.output.includes('ticket backend does not answer'));
  redmine.calm();
  await untilTrue('the point is reached', () => world.orders.left.length === 0);
}

/** All is over. */
export async function epilogue({ sender, redmine }: KillWorld): Promise<void> {
  redmine.calm();
  await sender.send([ends(A), ends(B), ends(C)]);
}

function occurrence(instance: string): Occurrence {
  return { id: `${instance}1`, group: 'Down', instance, startsAt: '2026-06-16T02:46:00Z' };
}

function fires(one: Occurrence): Fact {
  return { occurrence: one, endsAt: null };
}

function ends(one: Occurrence): Fact {
  return { occurrence: one, endsAt: '2026-06-16T03:00:00Z' };
}

function isNote({ method, body }: FakeRequest): boolean {
  return method === 'PUT' && body.includes('alertree note');
}

function withoutStatus(body: string): string {
  const { issue } = JSON.parse(body) as { issue: Readonly<Record<string, unknown>> };
  return JSON.stringify({ issue: { ...issue, status_id: undefined } });
}

function onceFor(matches: (request: FakeRequest) => boolean, fault: FakeFault) {
  let isDone = false;
  return (request: FakeRequest): FakeFault | null => {
    if (isDone || !matches(request)) return null;
    isDone = true;
    return fault;
  };
}
