/** Many accounts in the databases of the services: copies of one real account each, under other ids. */
import type pg from 'pg';

/** Bytes that differ for every number, 32 of them. */
const BYTES = (seed: string) => `decode(md5(i || '${seed}a') || md5(i || '${seed}b'), 'hex')`;
const HEX = (seed: string) => `md5(i || '${seed}a') || md5(i || '${seed}b')`;

/** From number `from` up to `to`, at most so many a statement: each is a transaction. */
const STEP = 50_000;

async function inSteps(
  client: pg.Client,
  from: number,
  to: number,
  fill: (series: string) => Promise<unknown>,
): Promise<void> {
  // Rows that are lost with the machine can be made again.
  await client.query('SET synchronous_commit = off');
  for (let at = from; at < to; at += STEP)
    await fill(`generate_series(${at}, ${Math.min(at + STEP, to) - 1}) AS series(i)`);
}

/** @param accountId of the account that is copied: with a backup, two entries in its feed, and one device */
export async function fillVault(client: pg.Client, accountId: Uint8Array, from: number, to: number): Promise<void> {
  const id = [Buffer.from(accountId)];
  await inSteps(client, from, to, async (series) => {
    await client.query(
      `INSERT INTO account SELECT ${BYTES('')}, 1, one.document, NULL FROM ${series}, account AS one WHERE one.account_id = $1`,
      id,
    );
    await client.query(
      `INSERT INTO feed SELECT ${BYTES('')}, one.number, substr(${BYTES('s')}, 1, 16), one.entry
       FROM ${series}, feed AS one WHERE one.account_id = $1`,
      id,
    );
    await client.query(
      `INSERT INTO session_device SELECT ${BYTES('')}, substr(${HEX('j')}, 1, 43), one.device_name, ${BYTES('t')}, NULL,
       one.status_expires_at_ms, 0, one.created_at_ms, one.last_seen_at_ms
       FROM ${series}, session_device AS one WHERE one.account_id = $1`,
      id,
    );
  });
  await client.query('VACUUM ANALYZE');
}

/** @param recordId of the row that is copied, with its events */
export async function fillRealm(client: pg.Client, recordId: string, from: number, to: number): Promise<void> {
  const { rows } = await client.query('SELECT * FROM realm_record WHERE record_id = $1', [recordId]);
  const columns = Object.keys(rows[0] ?? {});
  const changed: Record<string, string> = { record_id: HEX('r'), revision: `md5(i || 'v')`, user_id: HEX('u') };
  const values = columns.map((column) => changed[column] ?? `one.${column}`).join(', ');
  await inSteps(client, from, to, async (series) => {
    await client.query(
      `INSERT INTO realm_record (${columns.join(', ')}) SELECT ${values}
       FROM ${series}, realm_record AS one WHERE one.record_id = $1`,
      [recordId],
    );
    await client.query(
      `INSERT INTO realm_event SELECT md5(i || 'e' || kind), 'halfkey', ${HEX('u')}, ${1_800_000_000_000} + i, kind, NULL, NULL, 1
       FROM ${series}, (VALUES ('registered'), ('guess_used'), ('share_recovered')) AS kinds(kind)`,
    );
  });
  await client.query('VACUUM ANALYZE');
}

/** Bytes a row, indexes and what updates have left behind included, of a table that was filled. */
export async function bytesARow(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query(
    `SELECT pg_total_relation_size('${table}')::float8 / (SELECT count(*) FROM ${table}) AS bytes`,
  );
  return Number(rows[0].bytes);
}
