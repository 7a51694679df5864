import { afterAll, describe, expect, it } from 'vitest';
import { migrate } from '@/services/http/database/database';
import { dryRunMigrations } from '@/services/http/database/dry-run';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { FLEETING_TABLES, openTarget, TARGET_NAMES, TARGETS } from './targets';
import { fillTables } from './testing/fill';

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

async function openEmpty(name: (typeof TARGET_NAMES)[number]) {
  const database = await openTarget(name, { [`${name.toUpperCase()}_DATABASE_URL`]: await createTestDatabase() });
  closing.push(database.close);
  return database.db;
}

async function tablesOf(db: Awaited<ReturnType<typeof openEmpty>>): Promise<string[]> {
  const tables = await db.introspection.getTables();
  return tables.map(({ name }) => name).filter((name) => !name.startsWith('kysely_'));
}

describe.each(TARGET_NAMES)('the migrations of %s', (name) => {
  const { migrations, tables } = TARGETS[name];
  const names = Object.keys(migrations).sort();

  it('bring every version, filled, to the newest, and lose no row and no value', async () => {
    for (let known = 1; known < names.length; known++) {
      const db = await openEmpty(name);
      const older = Object.fromEntries(Object.entries(migrations).filter(([step]) => names.indexOf(step) < known));
      await migrate(db, older);
      const filled = await tablesOf(db);
      await fillTables(db, filled, 3);
      const contents = async () => Promise.all(filled.map((table) => db.selectFrom(table).selectAll().execute()));
      const before = await contents();
      expect(await dryRunMigrations(db, migrations)).toEqual(names.slice(known));
      expect(await tablesOf(db)).toEqual(filled);
      expect(await contents()).toEqual(before);
      expect(await migrate(db, migrations)).toEqual(names.slice(known));
      const after = await contents();
      for (const [index, rows] of before.entries()) {
        expect(after[index]).toHaveLength(rows.length);
        for (const [at, row] of rows.entries()) expect(after[index]?.[at]).toMatchObject(row);
      }
    }
  });

  it('are applied once when two processes start together', async () => {
    const url = await createTestDatabase();
    const environment = { [`${name.toUpperCase()}_DATABASE_URL`]: url };
    const [one, other] = [await openTarget(name, environment), await openTarget(name, environment)];
    closing.push(one.close, other.close);
    const applied = await Promise.all([migrate(one.db, migrations), migrate(other.db, migrations)]);
    expect(applied.flat().sort()).toEqual(names);
  });

  it('leave no table that a backup forgets', async () => {
    const db = await openEmpty(name);
    await migrate(db, migrations);
    expect((await tablesOf(db)).sort()).toEqual([...Object.keys(tables), ...FLEETING_TABLES].sort());
  });
});
