/** Recover (keyless protocol, section 5): what the servers say before the PIN, and the wallet after it. */
import { equalBytes, toHex } from '@/lib/bytes';
import { Secret } from '@/lib/crypto/secret';
import { verifySignature } from '@/lib/crypto/signature';
import { WalletError } from '@/lib/errors';
import { checkRealmTokens } from '../parties/tokens';
import { NO_WRONG_TRIES, type WrongTries, wrongGuesses, wrongTries } from '../pin/guesses';
import { pinBytes } from '../pin/pin';
import type { Issuer, Parties, ToldBackup } from '../ports';
import type { AccountEvent, GuessesResponse, WitnessResponse } from '../wire/issuer';
import type { RealmSet } from '../wire/realm-set';
import { type Activation, decodeActivation, successStatement } from '../wire/statement';
import type { ActiveBackup } from '../wire/vault';
import { releaseRow, requireRealms } from './back-up';
import { activationNames, openGeneration, openPayload, ownerKeyOf, type Place } from './generation';

/** The named steps of the screen. */
export type RecoverStep = 'asking-realms' | 'asking-vault' | 'checking';

/** What a device that has had this wallet remembers. */
export interface KnownBackup {
  readonly generation: number;
  readonly ownerPub: Uint8Array;
  /** S. */
  readonly statement: Uint8Array;
}

/** A backup on which vault and issuer agree. */
export interface FoundBackup {
  readonly active: ActiveBackup;
  /** The vault's word that it is to be erased; null: no order stands. */
  readonly order: ToldBackup['order'];
  readonly realmSet: RealmSet;
  readonly createdAtMs: number;
  readonly tries: WitnessResponse['tries'];
  /** Wrong PINs since the last success, as far as issuer and realms know. */
  readonly wrong: WrongTries;
  readonly events: readonly AccountEvent[];
}

/**
 * (2) Asks vault and issuer; both must tell the same story, and no older one than this device knows.
 * @returns null if there is no backup
 * @throws `servers-disagree`, `unsigned-status`, `update-the-app`: all before any PIN
 */
export async function lookUpBackup(parties: Parties, known: KnownBackup | null): Promise<FoundBackup | null> {
  const { vault, issuer } = parties;
  // What an issuer does not tell of the realms' logs stops nobody.
  const guesses = issuer.guesses().catch(() => null);
  const [metadata, witness] = await Promise.all([vault.metadata(), issuer.witness()]);
  const found = judgeBackup(parties, metadata, witness, known);
  return found && { ...found, wrong: wrongIn(found, await guesses) };
}

/**
 * What both servers say, held against each other and against what this device knows.
 * @returns null if there is no backup
 * @throws `servers-disagree`, `unsigned-status`, `update-the-app`
 */
export function judgeBackup(
  parties: Pick<Parties, 'accountId' | 'pins'>,
  metadata: ToldBackup,
  witness: WitnessResponse,
  known: KnownBackup | null,
): FoundBackup | null {
  if (!serversAgree(metadata, witness)) throw new WalletError('servers-disagree');
  const { active } = metadata;
  if (!active) {
    if (known && metadata.lastNumber <= known.generation) throw new WalletError('servers-disagree');
    return null;
  }
  checkStory(parties, active, known);
  const realmSet = parties.pins.realmSets.get(toHex(active.realmSetId));
  if (!realmSet) throw new WalletError('update-the-app', { reason: 'realm-set' });
  const { tries, events } = witness;
  const wrong = wrongTries(tries, NO_WRONG_TRIES);
  return { active, order: metadata.order, realmSet, createdAtMs: active.createdAtMs, tries, wrong, events };
}

/** Wrong PINs since the last success, by issuer and realms; `guesses` is null where the issuer does not tell. */
export const wrongIn = ({ tries, realmSet }: FoundBackup, guesses: GuessesResponse | null): WrongTries =>
  wrongTries(tries, guesses ? wrongGuesses(guesses, realmSet.recoverThreshold) : NO_WRONG_TRIES);

/** The vault's generation is the issuer's current row, or a kept one above it. */
function serversAgree({ active }: ToldBackup, { current, kept }: WitnessResponse): boolean {
  if (!active) return current === null;
  const rows = [...(current ? [current] : []), ...kept.filter((row) => !current || row.to > current.to)];
  return rows.some(
    (row) =>
      row.to === active.generation &&
      equalBytes(row.recordHash, active.recordHash) &&
      equalBytes(row.slot, active.slot) &&
      equalBytes(row.realmSetId, active.realmSetId),
  );
}

function checkStory(
  { accountId, pins }: Pick<Parties, 'accountId' | 'pins'>,
  active: ActiveBackup,
  known: KnownBackup | null,
): void {
  const s = activationOf(active);
  const signed =
    activationNames(s, pins.vaultId, { accountId, ...active }, active.recordHash) &&
    verifySignature(s.ownerPub, active.statement, active.signature);
  if (!signed) throw new WalletError('unsigned-status');
  if (!known) return;
  if (!equalBytes(s.ownerPub, known.ownerPub)) throw new WalletError('unsigned-status');
  // A number is used once: another S under the known one was never activated.
  const isOther = active.generation === known.generation && !equalBytes(active.statement, known.statement);
  if (active.generation < known.generation || isOther) throw new WalletError('servers-disagree');
}

function activationOf(active: ActiveBackup): Activation {
  try {
    return decodeActivation(active.statement);
  } catch {
    throw new WalletError('unsigned-status');
  }
}

export interface Recovered {
  readonly entropy: Secret;
  readonly backup: { readonly generation: number; readonly ownerPub: Uint8Array; readonly statement: Uint8Array };
  /** Wrong PINs that somebody, perhaps the user, tried since the last success, as far as realms and issuer know. */
  readonly failedTries: number;
  /** How many realms gave their part; the client stops at the threshold. */
  readonly realmsAnswered: number;
}

/**
 * (4) to (8). Spends one try.
 * @param onTry called once the issuer has counted the try, before anything else happens
 * @throws `try-later`, `pin-wrong`, `pin-used-up`, `try-may-be-used`, `realms-unreachable`, the codes of
 *   `openGeneration`, and what the parties say
 */
export async function recoverBackup(
  parties: Parties,
  found: FoundBackup,
  pin: string,
  onStep: (step: RecoverStep) => void,
  onTry: () => void = () => undefined,
): Promise<Recovered> {
  const { accountId, issuer, realms, pins } = parties;
  const { active, realmSet } = found;
  const place: Place = { accountId, ...active };
  onStep('asking-realms');
  // Whatever may be down is asked before the try is spent.
  const [challenge] = await Promise.all([
    parties.vault.challenge(active.generation),
    requireRealms(parties, realmSet, realmSet.recoverThreshold),
  ]);
  const { tokens, tryNumber } = await issuer.recoverTokens(active.slot).catch(async (error: unknown) => {
    if (await wasCounted(issuer, found, error)) onTry();
    throw error;
  });
  onTry();
  checkRealmTokens(tokens, realmSet, accountId, active.slot, 'recover');
  const bytes = pinBytes(pin);
  const recovery = await realms.recover({ realmSet, tokens, pin: bytes, info: accountId }).finally(() => bytes.fill(0));
  try {
    const payload = openPayload(recovery.secret, active.generation);
    onStep('asking-vault');
    const row = await releaseRow(parties, place, payload.realmShare, challenge);
    onStep('checking');
    const { statement, signature, recordHash } = active;
    const activation = { vaultId: pins.vaultId, statement, signature };
    const entropy = await openGeneration(payload, row, { ...place, recordHash, activation }).finally(() =>
      row.backendShare.fill(0),
    );
    const owner = ownerKeyOf(entropy, accountId);
    const note = {
      slot: active.slot,
      tryNumber,
      signature: owner.sign(successStatement({ accountId, slot: active.slot, tryNumber })),
    };
    owner.wipe();
    // A courtesy to the schedule: whether it arrives changes nothing for this device.
    await issuer.success(note).catch(() => undefined);
    return {
      entropy: new Secret(entropy),
      backup: { generation: active.generation, ownerPub: owner.publicKey, statement },
      failedTries: Math.max(recovery.failedGuesses, found.wrong.count),
      realmsAnswered: recovery.realmsAnswered,
    };
  } finally {
    recovery.secret.fill(0);
  }
}

/**
 * Whether the issuer counted a try although its answer was lost: then it is ours, and nobody else's. A stranger's try in
 * the same moment counts beside it.
 */
async function wasCounted(issuer: Issuer, { tries }: FoundBackup, error: unknown): Promise<boolean> {
  if (!(error instanceof WalletError && error.code === 'issuer-unreachable')) return false;
  const now = await issuer.witness().catch(() => null);
  return now !== null && now.tries.sinceSuccess > tries.sinceSuccess;
}
