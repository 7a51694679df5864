/**
 * One account out of a backup of the vault's database (`halfkey-admin export vault`), for a vault that is gone. The share
 * opens with the vault's key ring alone.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { equalBytes } from '@/lib/bytes';
import type { BackupMetadata } from '@/lib/keyless/wire/vault';
import { createEnvelope } from '@/services/kms/envelope';
import { openLocalProvider } from '@/services/kms/local';
import { accountState, metadataOf } from '../account/state';
import { FIELD } from '../key-service/share-keeper';

const line = z.object({ account_id: z.object({ $bytes: z.base64() }), document: z.string() });

export interface ExportPlace {
  /** What `halfkey-admin export vault` wrote. */
  readonly folder: string;
  /** The vault's key ring (`VAULT_KMS_DIR`). */
  readonly keyRing: string;
  /** 32 bytes. */
  readonly vaultId: Uint8Array;
  readonly random: (length: number) => Uint8Array;
}

export interface ExportedBackup {
  readonly metadata: BackupMetadata;
  /** Opens the share, 33 bytes. @throws KmsError */
  row(): Promise<{ record: Uint8Array; backendShare: Uint8Array }>;
}

/**
 * The backup of one account; null if the export has none.
 * @throws Error if the folder is no export
 */
export async function readExportedBackup(place: ExportPlace, accountId: Uint8Array): Promise<ExportedBackup | null> {
  const document = await findDocument(join(place.folder, 'account.jsonl'), accountId);
  if (document === null) return null;
  const state = accountState.parse(JSON.parse(document));
  const { active } = state;
  if (active === null) return null;
  const { vaultId, random } = place;
  const { generation, slot, row } = active;
  return {
    metadata: metadataOf(state),
    row: async () => {
      const provider = await openLocalProvider({
        folder: place.keyRing,
        mode: 'development',
        acknowledged: 'no',
        random,
      });
      const at = { vaultId, accountId, generation, slot, field: FIELD };
      return { record: row.record, backendShare: await createEnvelope(provider, random).open(row.wrappedShare, at) };
    },
  };
}

async function findDocument(path: string, accountId: Uint8Array): Promise<string | null> {
  try {
    for await (const text of createInterface({ input: createReadStream(path) })) {
      const { account_id, document } = line.parse(JSON.parse(text));
      if (equalBytes(new Uint8Array(Buffer.from(account_id.$bytes, 'base64')), accountId)) return document;
    }
    return null;
  } catch {
    throw new Error(`${path} is missing or damaged: name a folder that halfkey-admin export vault wrote.`);
  }
}
