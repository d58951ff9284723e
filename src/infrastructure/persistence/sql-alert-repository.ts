import type { AlertRepository } from '../../application/ports/store.js';
import type { AlertRecord } from '../../domain/alert/alert-record.js';
import { inChunks, readByIds } from './chunks.js';
import type { Database } from './database-schema.js';
import { alertRow, toAlertRecord } from './rows/alert-row.js';
import { inOrderOf, newValues } from './write-rows.js';

export class SqlAlertRepository implements AlertRepository {
  constructor(private readonly database: Database) {}

  async find(ids: readonly string[]): Promise<ReadonlyMap<string, AlertRecord>> {
    const rows = await readByIds(ids, (chunk) =>
      this.database.selectFrom('alerts').selectAll().where('id', 'in', chunk).execute(),
    );
    return new Map(rows.map((row) => [row.id, toAlertRecord(row)]));
  }

  /** Of two records with one id the later counts. */
  async save(records: readonly AlertRecord[]): Promise<void> {
    const byId = new Map(records.map((record) => [record.id, record]));
    for await (const chunk of inChunks(inOrderOf([...byId.values()], (record) => record.id))) {
      const rows = chunk.map(alertRow);
      await this.database
        .insertInto('alerts')
        .values(rows)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(newValues(rows[0] ?? {}, 'id')))
        .execute();
    }
  }
}
