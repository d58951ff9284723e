import type { Adoptions } from '../../application/ports/store.js';
import type { Database } from './database-schema.js';

export class SqlAdoptions implements Adoptions {
  constructor(private readonly database: Database) {}

  async isDone(instance: string): Promise<boolean> {
    const row = await this.database
      .selectFrom('adoptions')
      .select('instance')
      .where('instance', '=', instance)
      .executeTakeFirst();
    return row !== undefined;
  }

  async forget(): Promise<void> {
    await this.database.deleteFrom('adoptions').execute();
  }

  async done(instance: string, at: number): Promise<void> {
    await this.forget();
    await this.database.insertInto('adoptions').values({ instance, adopted_at: at }).execute();
  }
}
