import { randomBytes } from 'node:crypto';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type {
  TicketBackend,
  TicketDraft,
  TicketSnapshot,
} from '../../../src/application/ports/ticket-backend.js';

/** A ticket as its server keeps it, seen without the adapter. */
export interface InspectedTicket {
  readonly subject: string;
  readonly description: string;
  /** Texts, oldest first. */
  readonly notes: readonly string[];
  readonly status: TicketSnapshot['status'];
  readonly parentId: string | null;
}

/** A backend on a server of its own, that server seen from behind, and people who work there. */
export interface TicketBackendHarness {
  readonly backend: TicketBackend;
  /** The server knows which status a ticket got with a note. */
  readonly keepsStatusOfNotes: boolean;
  /** Null when there is no such ticket. */
  inspect(id: string): Promise<InspectedTicket | null>;
  /** Of every ticket that there is, open or closed, ours or not. */
  allIds(): Promise<readonly string[]>;
  /** Makes an open ticket with exactly this description and answers its id. */
  personOpens(ticket: { readonly description: string; readonly parentId: string | null }): Promise<string>;
  personSets(id: string, status: TicketSnapshot['status']): Promise<void>;
  personEdits(id: string, description: string): Promise<void>;
  /** The ticket and all below it. */
  personDeletes(id: string): Promise<void>;
  /** Moves the server's clock so far that what changes from now on can be told from what changed before. */
  letTimePass(): Promise<void>;
  /** From now on the server cannot be reached. */
  cutOff(): Promise<void>;
  /** Stops and removes everything; also after `cutOff`. */
  dispose(): Promise<void>;
}

/** The harness of the test that runs. */
export type CurrentHarness = () => TicketBackendHarness;

/** Test files may share a server, and keys are looked for in all of it: those of each file are its own. */
const KEYS_OF_THIS_FILE = randomBytes(8).toString('hex');

/** A correlation key, 32 hexadecimal digits that end with the number; another number, another key. */
export function keyOf(number: number): string {
  return `${KEYS_OF_THIS_FILE}${number.toString(16).padStart(16, '0')}`;
}

export function alertIdOf(number: number): string {
  return number.toString(16).padStart(64, 'a1e47000');
}

/** A draft of a root, with the key of that number. */
export function aDraft(number: number, overrides: Partial<TicketDraft> = {}): TicketDraft {
  return {
    key: keyOf(number),
    alertId: alertIdOf(number),
    subject: `[Alert] DiskFull instance:host${number} (6/16 11:46)`,
    description: [{ kind: 'fields', rows: [['instance', `host${number}`]] }],
    parentId: null,
    ...overrides,
  };
}

/** The ticket as the backend tells of it; fails when it is missing. */
export async function seen(backend: TicketBackend, id: string): Promise<TicketSnapshot> {
  const ticket = (await backend.fetchMany([id])).get(id);
  if (ticket === undefined || ticket === 'missing') throw new Error(`ticket ${id} is missing`);
  return ticket;
}

/** The ticket as the server keeps it; fails when it is missing. */
export async function stored(harness: TicketBackendHarness, id: string): Promise<InspectedTicket> {
  const ticket = await harness.inspect(id);
  if (ticket === null) throw new Error(`ticket ${id} is not on the server`);
  return ticket;
}

/** What the call throws; fails when it throws nothing, or anything but a `TicketBackendError`. */
export async function errorOf(call: Promise<unknown>): Promise<TicketBackendError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TicketBackendError) return error;
    throw new Error('threw something that is no TicketBackendError', { cause: error });
  }
  throw new Error('threw nothing');
}

/** The lines of a text, whatever its line ends. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}
