/** What create and recover need from the world. Clients over HTTP and in-process parties both fit. */
import type {
  GuessesResponse,
  KeepRequest,
  RealmTokens,
  RecoverTokensResponse,
  SuccessRequest,
  WitnessResponse,
} from './wire/issuer';
import type { RealmSet } from './wire/realm-set';
import type { DevicesResponse, SignOutRequest } from './wire/session';
import type {
  ActivateRequest,
  BackupMetadata,
  DeletionRequest,
  ReleaseRequest,
  ReleaseResponse,
  ReserveRequest,
  RowRequest,
  WithdrawalRequest,
} from './wire/vault';

/** What the vault tells of an account. An order of a kind that this build does not know stands all the same. */
export type ToldBackup = Omit<BackupMetadata, 'order'> & { readonly order: ToldOrder | null };
type Order = NonNullable<BackupMetadata['order']>;
type ToldOrder = Omit<Order, 'order'> & { readonly order: Order['order'] | 'unknown' };

/** A session at the vault. Refusals come as WalletError. */
export interface Vault {
  metadata(): Promise<ToldBackup>;
  reserve(request: ReserveRequest): Promise<void>;
  putRow(generation: number, row: RowRequest): Promise<void>;
  /** 32 bytes, single use. */
  challenge(generation: number): Promise<Uint8Array>;
  release(generation: number, request: ReleaseRequest): Promise<ReleaseResponse>;
  activate(request: ActivateRequest): Promise<void>;
  /** @returns the order that stands, with the vault's deadline */
  orderDeletion(request: DeletionRequest): Promise<Order>;
  undoDeletion(request: WithdrawalRequest): Promise<void>;
  objectToStartOver(request: WithdrawalRequest): Promise<void>;
  /** Ends the session of another device. */
  signOut(request: SignOutRequest): Promise<void>;
}

/** A session at the issuer. */
export interface Issuer {
  witness(): Promise<WitnessResponse>;
  /** What the realms themselves wrote down about the backup. */
  guesses(): Promise<GuessesResponse>;
  registerTokens(slot: Uint8Array): Promise<RealmTokens>;
  /** One try of the schedule. @throws `try-later` with `nextAtMs` */
  recoverTokens(slot: Uint8Array): Promise<RecoverTokensResponse>;
  /** The issuer's signature that it keeps S, 64 bytes. */
  keep(request: KeepRequest): Promise<Uint8Array>;
  success(request: SuccessRequest): Promise<void>;
  /** Ends the session of another device. */
  signOut(request: SignOutRequest): Promise<void>;
  /**
   * Begins the days after which a backup without guesses is gone.
   * @throws `try-later` with `nextAtMs`, `backup-exists` where guesses are left
   */
  startOver(slot: Uint8Array): Promise<void>;
}

export interface RealmAccess {
  readonly realmSet: RealmSet;
  /** One token a realm, by realm id. */
  readonly tokens: RealmTokens;
  /** UTF-8 of the normal form. */
  readonly pin: Uint8Array;
  /** The account id as this device computed it: part of the salt. */
  readonly info: Uint8Array;
}

export interface RealmRecovery {
  /** The payload, for the caller to wipe. */
  readonly secret: Uint8Array;
  /** How many realms gave their part of it. */
  readonly realmsAnswered: number;
  /** Guesses counted since the last success, this one not included; the largest that a realm named. */
  readonly failedGuesses: number;
}

/** The Juicebox client. No operation is repeated by it: a guess is spent at most once. */
export interface Realms {
  /** @throws `register-failed`: what the realms hold of this slot is unknown then; the slot must be abandoned. */
  register(access: RealmAccess, secret: Uint8Array): Promise<void>;
  /**
   * @throws `pin-wrong` with `triesLeft`, `pin-used-up`, `realms-empty`, `realms-unreachable` (no guess spent),
   *   `try-may-be-used` (a guess was sent and its answer lost)
   */
  recover(access: RealmAccess): Promise<RealmRecovery>;
}

/** How far an attempt has come; no secret in it. Kept in `storage.local`. */
export interface JournalEntry {
  readonly accountId: Uint8Array;
  readonly generation: number;
  readonly slot: Uint8Array;
  /** From step (9) on: everything that repeating the activation needs. */
  readonly activation: (ActivateRequest & { readonly tryNumber: number; readonly successSignature: Uint8Array }) | null;
}

export interface Journal {
  read(): Promise<JournalEntry | null>;
  write(entry: JournalEntry): Promise<void>;
  clear(): Promise<void>;
}

/** The entropy of a creation attempt, in `storage.session`. */
export interface AttemptStore {
  read(): Promise<Uint8Array | null>;
  write(entropy: Uint8Array): Promise<void>;
  clear(): Promise<void>;
}

/** What both servers tell without a sign-in, to a device that had one within 90 days. */
export interface StatusSource {
  /** Thumbprint of this device's key. */
  readonly jkt: Uint8Array;
  vault(): Promise<ToldBackup>;
  issuer(): Promise<WitnessResponse>;
  /** What the realms themselves wrote down about the backup. */
  guesses(): Promise<GuessesResponse>;
  /** Who has a session, by each server. */
  devices(party: 'vault' | 'issuer'): Promise<DevicesResponse['devices']>;
}

/** What a build pins. */
export interface Pins {
  /** SHA-256 of the vault's receipt key. */
  readonly vaultId: Uint8Array;
  /** The issuer's witness key. */
  readonly witnessPub: Uint8Array;
  /** The set that new backups use. */
  readonly currentRealmSet: RealmSet;
  /** Current and past sets by hex of their id. */
  readonly realmSets: ReadonlyMap<string, RealmSet>;
}

/** One sign-in's sessions and the build's pins. */
export interface Parties {
  readonly accountId: Uint8Array;
  /** Thumbprint of the device key. */
  readonly jkt: Uint8Array;
  readonly vault: Vault;
  readonly issuer: Issuer;
  readonly realms: Realms;
  /** Whether at least `least` realms of a set answer at all; asking spends nothing. */
  readonly areRealmsUp: (realmSet: RealmSet, least: number) => Promise<boolean>;
  readonly pins: Pins;
}
