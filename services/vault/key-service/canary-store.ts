import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { retryEach } from '@/services/http/database/retry';
import type { CanaryStore } from '@/services/kms/canary';
import { envelopeRecord } from '../account/state';

export interface CanaryTables {
  kms_canary: {
    /** Always 1. */
    id: number;
    /** JSON of `envelopeRecord`. */
    record: string;
  };
}

/** Migration that creates the table. */
export async function createCanaryTable(db: Kysely<never>): Promise<void> {
  await sql`CREATE TABLE kms_canary (id int4 PRIMARY KEY CHECK (id = 1), record text NOT NULL)`.execute(db);
}

/** Keeps the one row by which a start recognises that the keys belong to this database. */
export function createCanaryStore(db: Kysely<CanaryTables>): CanaryStore {
  return retryEach<CanaryStore>({
    read: async () => {
      const row = await db.selectFrom('kms_canary').select('record').executeTakeFirst();
      return row && envelopeRecord.parse(JSON.parse(row.record));
    },
    replace: async (record) => {
      const text = JSON.stringify(z.encode(envelopeRecord, { ...record, v: 1 }));
      await db.updateTable('kms_canary').set({ record: text }).where('id', '=', 1).execute();
    },
    write: async (record) => {
      const text = JSON.stringify(z.encode(envelopeRecord, record));
      await db
        .insertInto('kms_canary')
        .values({ id: 1, record: text })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
  });
}
