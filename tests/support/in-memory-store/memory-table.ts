import { StoreUnavailableError } from '../../../src/application/ports/store.js';

/** Undoes what a transaction has written when its work throws. */
export class Journal {
  private undo: (() => void)[] = [];

  record(undo: () => void): void {
    this.undo.push(undo);
  }

  commit(): void {
    this.undo = [];
  }

  rollBack(): void {
    for (const undo of this.undo.toReversed()) undo();
    this.undo = [];
  }
}

export interface IndexDefinition<Row> {
  /** Text by which rows are found; null: the row is not in the index. */
  readonly of: (row: Row) => string | null;
  readonly unique?: true;
}

/** Rows by id in order of insertion, with indexes. Rows are never changed, only replaced. */
export class MemoryTable<Row, Index extends string = never> {
  private readonly entries = new Map<string, { readonly row: Row; readonly no: number }>();
  private readonly indexed: ReadonlyMap<Index, Map<string, Set<string>>>;
  private lastNo = 0;

  constructor(
    private readonly journal: Journal,
    private readonly indexes: Readonly<Record<Index, IndexDefinition<Row>>>,
  ) {
    this.indexed = new Map(this.indexNames().map((name) => [name, new Map<string, Set<string>>()]));
  }

  get(id: string | null): Row | null {
    return id === null ? null : (this.entries.get(id)?.row ?? null);
  }

  /** In order of insertion. */
  all(): readonly Row[] {
    return [...this.entries.values()].map((entry) => entry.row);
  }

  /** The rows of which the index tells that text, in order of insertion. */
  by(index: Index, text: string): readonly Row[] {
    const entries = this.idsBy(index, text).flatMap((id) => this.entries.get(id) ?? []);
    return entries.toSorted((a, b) => a.no - b.no).map((entry) => entry.row);
  }

  /** Of these rows, the ids too. */
  entriesBy(index: Index, text: string): readonly (readonly [id: string, row: Row])[] {
    return this.idsBy(index, text).flatMap((id) => {
      const entry = this.entries.get(id);
      return entry === undefined ? [] : [[id, entry.row] as const];
    });
  }

  /** Inserts or replaces. Throws when another row has the same text in a unique index, and then writes nothing. */
  put(id: string, row: Row): void {
    for (const name of this.indexNames()) this.refuseSecond(name, id, row);
    const before = this.entries.get(id);
    this.place(id, { row, no: before?.no ?? (this.lastNo += 1) });
    this.journal.record(() => this.place(id, before));
  }

  remove(id: string): void {
    const before = this.entries.get(id);
    if (before === undefined) return;
    this.place(id, undefined);
    this.journal.record(() => this.place(id, before));
  }

  private refuseSecond(name: Index, id: string, row: Row): void {
    const { of, unique } = this.indexes[name];
    const text = of(row);
    if (unique === undefined || text === null) return;
    if (this.idsBy(name, text).every((other) => other === id)) return;
    throw new StoreUnavailableError(`there is another row of ${name} ${text}`);
  }

  private place(id: string, entry: { readonly row: Row; readonly no: number } | undefined): void {
    const before = this.entries.get(id);
    if (entry === undefined) this.entries.delete(id);
    else this.entries.set(id, entry);
    for (const name of this.indexNames()) {
      const { of } = this.indexes[name];
      this.reindex(name, id, {
        from: before === undefined ? null : of(before.row),
        to: entry === undefined ? null : of(entry.row),
      });
    }
  }

  private reindex(name: Index, id: string, move: { from: string | null; to: string | null }): void {
    if (move.from === move.to) return;
    const index = this.indexed.get(name);
    if (move.from !== null) index?.get(move.from)?.delete(id);
    if (move.to === null) return;
    const ids = index?.get(move.to);
    if (ids === undefined) index?.set(move.to, new Set([id]));
    else ids.add(id);
  }

  private idsBy(index: Index, text: string): readonly string[] {
    return [...(this.indexed.get(index)?.get(text) ?? [])];
  }

  private indexNames(): readonly Index[] {
    return Object.keys(this.indexes).filter((name): name is Index => name in this.indexes);
  }
}
