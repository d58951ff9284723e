import { InMemoryTracker, type InMemoryTicket, type NewTicket } from './in-memory-tracker.js';

/**
 * What people do in a tracker behind Alertree's back, by the tracker's rules: where these forbid it nothing changes, and
 * the answer is false or null.
 */
export abstract class PeopleOfTracker {
  protected readonly tracker = new InMemoryTracker();

  /** Every ticket of the server, in order of id. */
  tickets(): readonly InMemoryTicket[] {
    return this.tracker.all();
  }

  personCloses(id: string): boolean {
    return this.tracker.setStatus(id, 'closed');
  }

  personResolves(id: string): boolean {
    return this.tracker.setStatus(id, 'resolved');
  }

  personReopens(id: string): boolean {
    return this.tracker.setStatus(id, 'open');
  }

  /** A status against the rules: two requests at once can bring a server there. */
  breaksRules(id: string, status: 'open' | 'closed'): void {
    this.tracker.force(id, status);
  }

  /** null: to no parent. */
  personMoves(id: string, parentId: string | null): boolean {
    return this.tracker.move(id, parentId);
  }

  personNotes(id: string, note: string): void {
    this.tracker.addNote(id, note);
  }

  /** With all its subtasks. */
  personDeletes(id: string): void {
    this.tracker.remove(id);
  }

  personEdits(id: string, description: string): void {
    this.tracker.setDescription(id, description);
  }

  /** Takes the ticket over: its description stays, without the last line. Harmless where that is no key line. */
  personStripsKeyLine(id: string): void {
    const ticket = this.tracker.get(id);
    if (ticket === undefined || ticket.keyLine === null) return;
    this.personEdits(id, splitLastLine(ticket.description)[0].trimEnd());
  }

  /** Answers the id of the new ticket, which is none of ours. */
  personAddsSubtask(id: string): string | null {
    return this.personOpens({ subject: 'A subtask by hand', description: '', parentId: id });
  }

  /** Answers the id of the new ticket. With the description of one of ours it is a copy, key line and all. */
  personOpens(ticket: NewTicket): string | null {
    return this.tracker.add(ticket, 'person')?.id ?? null;
  }

  /** With the key line and all; answers the id of the copy. */
  personCopies(id: string): string | null {
    const ticket = this.tracker.get(id);
    if (ticket === undefined) return null;
    const { subject, description, parentId } = ticket;
    return this.personOpens({ subject, description, parentId });
  }
}

/** What comes before the last line that is not blank, and that line. */
export function splitLastLine(description: string): readonly [before: string, lastLine: string] {
  const text = description.trimEnd();
  const start = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
  return [text.slice(0, start), text.slice(start)];
}
