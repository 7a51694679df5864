import { equalBytes, utf8 } from '@/lib/bytes';
import type { Envelope, EnvelopeRecord, RecordPlace } from '@/services/kms/envelope';
import { KmsError } from '@/services/kms/key-provider';

const CANARY = utf8('halfkey canary');

/** Where a service keeps its canary: one row. */
export interface CanaryStore {
  read(): Promise<EnvelopeRecord | undefined>;
  /** Puts a rewrapped one in place of the old one. */
  replace(record: EnvelopeRecord): Promise<void>;
  /** Keeps the first one written, whoever writes it. */
  write(record: EnvelopeRecord): Promise<void>;
}

/**
 * To be called before a service listens: proves that the key provider opens what it sealed for this database. The first
 * start writes the canary.
 * @param vaultId 32 bytes
 * @throws KmsError `misconfigured` when the keys are not those of this database; others as `Envelope.open`.
 */
export async function checkCanary(envelope: Envelope, store: CanaryStore, vaultId: Uint8Array): Promise<void> {
  const place = placeOf(vaultId);
  if ((await store.read()) === undefined) await store.write(await envelope.seal(CANARY, place));
  const record = await store.read();
  if (record === undefined) throw new KmsError('misconfigured', 'The canary was not kept.');
  const opened = await envelope.open(record, place).catch((cause: unknown) => {
    if (cause instanceof KmsError && cause.code === 'unavailable') throw cause;
    throw new KmsError('misconfigured', 'The keys are not those that encrypted this database.', cause);
  });
  if (!equalBytes(opened, CANARY)) throw new KmsError('misconfigured', 'The canary is not what was written.');
}

/** Brings the canary, too, under the current version. @throws KmsError as `Envelope.rewrap` */
export async function rewrapCanary(envelope: Envelope, store: CanaryStore, vaultId: Uint8Array): Promise<void> {
  const record = await store.read();
  if (record !== undefined) await store.replace(await envelope.rewrap(record, placeOf(vaultId)));
}

const placeOf = (vaultId: Uint8Array): RecordPlace => ({
  vaultId,
  accountId: new Uint8Array(32),
  generation: 0,
  slot: new Uint8Array(16),
  field: 'canary',
});
