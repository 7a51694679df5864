import { migrate, openDatabase } from '@/services/http/database/database';
import {
  addSignedOut,
  createSessionTables,
  databaseSessionStore,
  type SessionTables,
} from '@/services/http/sessions/session-database';
import { memorySessionStore } from '@/services/http/sessions/session-store';
import { sessionStoreContract } from '@/services/http/sessions/session-store.contract';
import { createTestDatabase } from '@/services/http/testing/postgres';

/** A server's own tables stand beside those of its sessions. */
interface ServerTables extends SessionTables {
  thing: { id: string };
}

async function openStore(databaseUrl?: string) {
  const { db, close } = await openDatabase<ServerTables>({ databaseUrl });
  await migrate(db, { '0001-sessions': createSessionTables, '0002-signed-out': addSignedOut });
  return { store: databaseSessionStore(db), close };
}

sessionStoreContract('memory', async () => ({ store: memorySessionStore(), close: async () => undefined }));
sessionStoreContract('PGlite', () => openStore());
sessionStoreContract('PostgreSQL', async () => openStore(await createTestDatabase()));
