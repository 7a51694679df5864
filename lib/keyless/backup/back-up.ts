/**
 * One generation from reservation to activation (keyless protocol, section 5, Create 4 to 11): the part that creation
 * and PIN reset share. Nothing that was good before is touched until the new generation has been read back.
 */
import { equalBytes } from '@/lib/bytes';
import type { SigningKey } from '@/lib/crypto/signature';
import { WalletError } from '@/lib/errors';
import { checkRealmTokens } from '../parties/tokens';
import { pinBytes } from '../pin/pin';
import type { Journal, Parties, ToldBackup } from '../ports';
import type { RealmTokens, RecoverTokensResponse } from '../wire/issuer';
import { type RealmSet, realmSetIdOf } from '../wire/realm-set';
import { releaseStatement, reserveStatement } from '../wire/statement';
import { finishActivation, NOT_WITNESSED, type OnActive, signActivation } from './activation';
import {
  type Backup,
  type MadeGeneration,
  makeGeneration,
  openGeneration,
  openPayload,
  ownerKeyOf,
  type Place,
  type Random,
  releaseKeyOf,
} from './generation';

/** The four named steps of the screen. */
export type BackUpStep = 'making-key' | 'storing-realms' | 'storing-vault' | 'checking';

export interface BackUpDependencies {
  readonly parties: Parties;
  readonly journal: Journal;
  readonly random: Random;
  readonly onStep: (step: BackUpStep) => void;
  readonly onActive?: OnActive;
}

/** How often a slot that went void under our hands is replaced by a new one before the user is asked. */
const ATTEMPTS = 3;

/**
 * Backs `entropy` up as the generation after `metadata.lastNumber`; with an active backup this is a rotation, signed
 * by its owner.
 * @throws WalletError; the backup that was active before is untouched unless the answer to the activation was lost, in
 *   which case the journal holds what `resumeBackUp` needs
 */
export async function backUp(
  dependencies: BackUpDependencies,
  entropy: Uint8Array,
  pin: string,
  metadata: ToldBackup,
): Promise<Backup> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await backUpOnce(dependencies, entropy, pin, metadata);
    } catch (error) {
      if (!(error instanceof WalletError)) throw error;
      const { code, details } = error;
      // What S has become is not settled by a new number at the vault: this S made it.
      if (details.reason === NOT_WITNESSED) throw error;
      if (code === 'slot-void') await dependencies.journal.clear();
      if (code === 'slot-void' || code === 'servers-disagree') await refuseOvertaken(dependencies.parties, metadata);
      if (code !== 'slot-void' || attempt === ATTEMPTS) throw error;
    }
  }
}

/** @throws `backup-exists`, or `slot-void` at a rotation, if another device has made the next generation meanwhile */
async function refuseOvertaken({ vault }: Parties, { lastNumber, active }: ToldBackup): Promise<void> {
  if ((await vault.metadata()).lastNumber !== lastNumber)
    throw new WalletError(active ? 'slot-void' : 'backup-exists', { reason: 'overtaken' });
}

async function backUpOnce(
  dependencies: BackUpDependencies,
  entropy: Uint8Array,
  pin: string,
  metadata: ToldBackup,
): Promise<Backup> {
  const { parties, journal, random, onStep } = dependencies;
  onStep('making-key');
  await requireRealms(parties, parties.pins.currentRealmSet, parties.pins.currentRealmSet.registerThreshold);
  const place: Place = {
    accountId: parties.accountId,
    generation: metadata.lastNumber + 1,
    slot: random(16),
    realmSetId: realmSetIdOf(parties.pins.currentRealmSet),
  };
  const owner = ownerKeyOf(entropy, parties.accountId);
  await journal.write({ accountId: place.accountId, generation: place.generation, slot: place.slot, activation: null });
  await reserve(parties, place, metadata.active ? owner : null);
  const made = await makeGeneration(entropy, place, random);
  try {
    onStep('storing-realms');
    const tokens = await parties.issuer.registerTokens(place.slot);
    const { record, backendShare, releasePub } = made;
    // Neither server waits for the realms, whose client hashes for seconds.
    const [atServers, atRealms] = await Promise.allSettled([
      Promise.all([
        parties.issuer.recoverTokens(place.slot),
        parties.vault.putRow(place.generation, { record, backendShare, releasePub }),
      ]),
      register(parties, place, tokens, pin, made.payload).then(() => onStep('storing-vault')),
    ]);
    // A server's refusal says more than a registration that failed with it.
    if (atServers.status === 'rejected') throw atServers.reason;
    if (atRealms.status === 'rejected') throw atRealms.reason;
    const [granted] = atServers.value;
    onStep('checking');
    await readBack(parties, place, granted, pin, made, entropy);
    const previous = metadata.active?.statement ?? null;
    const entry = await signActivation(parties, place, made, owner, previous, granted.tryNumber);
    await journal.write(entry);
    await finishActivation(parties, journal, entry, dependencies.onActive);
    return { generation: place.generation, ownerPub: owner.publicKey, statement: entry.activation.statement };
  } finally {
    owner.wipe();
    for (const secret of [made.payload, made.backendShare]) secret.fill(0);
  }
}

/**
 * Asked before anything is reserved or spent, so that an outage costs nothing.
 * @throws `realms-unreachable`
 */
export async function requireRealms({ areRealmsUp }: Parties, realmSet: RealmSet, least: number): Promise<void> {
  if (!(await areRealmsUp(realmSet, least))) throw new WalletError('realms-unreachable');
}

/** (4) R1. */
async function reserve(parties: Parties, place: Place, owner: SigningKey | null): Promise<void> {
  const { generation: to, slot, realmSetId, accountId } = place;
  const from = to - 1;
  const statement = reserveStatement({
    vaultId: parties.pins.vaultId,
    accountId,
    from,
    to,
    slot,
    realmSetId,
    jkt: parties.jkt,
  });
  const request = { from, to, slot, realmSetId };
  await parties.vault.reserve(owner ? { ...request, ownerSignature: owner.sign(statement) } : request);
}

/** (6). */
async function register(
  parties: Parties,
  place: Place,
  tokens: RealmTokens,
  pin: string,
  payload: Uint8Array,
): Promise<void> {
  const realmSet = parties.pins.currentRealmSet;
  checkRealmTokens(tokens, realmSet, place.accountId, place.slot, 'register');
  const bytes = pinBytes(pin);
  try {
    await parties.realms.register({ realmSet, tokens, pin: bytes, info: place.accountId }, payload);
  } finally {
    bytes.fill(0);
  }
}

/**
 * (8) A real recovery: every realm gives its part, the vault releases, all checks hold, and what comes out is what is
 * in memory. @throws `read-back-failed`, or what the parties said
 */
async function readBack(
  parties: Parties,
  place: Place,
  { tokens }: RecoverTokensResponse,
  pin: string,
  made: MadeGeneration,
  entropy: Uint8Array,
): Promise<void> {
  const realmSet = parties.pins.currentRealmSet;
  checkRealmTokens(tokens, realmSet, place.accountId, place.slot, 'recover');
  const asked = parties.vault.challenge(place.generation);
  // Its failure is told when it is waited for; the realms may fail first.
  asked.catch(() => undefined);
  const bytes = pinBytes(pin);
  const { secret, realmsAnswered } = await parties.realms
    .recover({ realmSet, tokens, pin: bytes, info: place.accountId })
    .finally(() => bytes.fill(0));
  try {
    if (realmsAnswered !== realmSet.realms.length) throw new WalletError('read-back-failed', { party: 'realms' });
    const payload = openPayload(secret, place.generation);
    const row = await releaseRow(parties, place, payload.realmShare, await asked);
    const same = await openGeneration(payload, row, { ...place, recordHash: made.recordHash, activation: null })
      .then((read) => {
        const isSame = equalBytes(read, entropy) && equalBytes(row.backendShare, made.backendShare);
        read.fill(0);
        return isSame;
      })
      .finally(() => row.backendShare.fill(0));
    if (!same) throw new WalletError('read-back-failed', { party: 'vault' });
  } finally {
    secret.fill(0);
  }
}

/**
 * Record and share (the caller wipes it), against a challenge signed by the release key: the PIN has been proved.
 * @param asked the vault's challenge, asked for before, so that nobody waits for it here; where it did not live that
 *   long, one more is asked for, because the try is spent
 */
export async function releaseRow(
  { vault, pins, jkt }: Parties,
  { accountId, generation, slot }: Place,
  realmShare: Uint8Array,
  asked: Uint8Array,
): Promise<{ record: Uint8Array; backendShare: Uint8Array }> {
  const key = releaseKeyOf(realmShare);
  const release = (challenge: Uint8Array) => {
    const statement = releaseStatement({ vaultId: pins.vaultId, accountId, generation, slot, challenge, jkt });
    return vault.release(generation, { challenge, signature: key.sign(statement) });
  };
  return release(asked)
    .catch(async (error: unknown) => {
      const isGone = error instanceof WalletError && error.details.reason === 'challenge-unknown';
      if (!isGone) throw error;
      return release(await vault.challenge(generation));
    })
    .finally(key.wipe);
}
