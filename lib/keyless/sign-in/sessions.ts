/**
 * Sign-ins that a stopped background survives: the tokens stand in `storage.session`, the device key in the browser's
 * key store, and the clients of vault and issuer are made of both again (keyless protocol, section 2).
 */
import { equalBytes, toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { createIssuerClient } from '../parties/issuer-client';
import { openSession, type PartyAccess, type TokenSource } from '../parties/party-client';
import { areRealmsUp } from '../parties/realms-up';
import { createStatusSource } from '../parties/status-source';
import { createVaultClient } from '../parties/vault-client';
import type { Parties, Pins, Realms, StatusSource } from '../ports';
import type { SessionRecord, StatusTokens, Stored } from '../stored';
import { type DeviceKey, deviceKeyOf, generateKeyPair } from './device-key';
import { type IdentityProvider, type SignInDependencies, signIn } from './sign-in';

/** The browser's store of key pairs that cannot be read out. */
export interface KeyPairs {
  get(name: string): Promise<CryptoKeyPair | null>;
  put(name: string, pair: CryptoKeyPair): Promise<void>;
  clear(): Promise<void>;
}

export interface SessionsDependencies extends SignInDependencies {
  readonly providers: readonly IdentityProvider[];
  readonly vaultUrl: string;
  readonly issuerUrl: string;
  readonly pins: Pins;
  readonly realms: Realms;
  readonly keyPairs: KeyPairs;
  readonly subtle: SubtleCrypto;
  readonly session: Stored<SessionRecord>;
  readonly statusTokens: Stored<StatusTokens>;
  /** The owner signed this device out: until somebody has been at its window it signs in no more. */
  readonly signedOut: Stored<true>;
  readonly deviceName: () => Promise<string>;
}

export interface Sessions {
  /**
   * A sign-in in the provider's window, or without one if its session still stands.
   * @param expected the account that this device knows, if it knows one
   * @throws WalletError what `signIn` and the two servers say
   */
  open(providerId: string, mode: 'window' | 'silent', expected: Uint8Array | null): Promise<Parties>;
  /**
   * The parties of the last sign-in, which is renewed without a window if it is over.
   * @throws WalletError `sign-in-expired` if that needs the user, and what the two servers say
   */
  resume(providerId: string, expected: Uint8Array | null): Promise<Parties>;
  /** By the status tokens of this device; null if it has none for this account. */
  status(accountId: Uint8Array): Promise<StatusSource | null>;
  /** The owner signed this device out, which was verified: it does not sign in by itself any more. */
  barred(): Promise<void>;
  /** Forgets tokens, not keys. */
  end(): Promise<void>;
  /** Forgets keys and status tokens, too. */
  wipe(): Promise<void>;
}

const TIMEOUT_MS = 15_000;
/** A session that ends within this is not begun with. */
const MARGIN_MS = 60_000;

function unlessSilenceFailed(error: unknown): null {
  if (error instanceof WalletError && error.code === 'sign-in-expired') return null;
  throw error;
}

/** It is not renewed without a sign-in. */
const statusToken = (token: string): TokenSource => ({
  current: async () => token,
  renew: () => Promise.reject(new WalletError('sign-in-expired')),
});

export function createSessions(deps: SessionsDependencies): Sessions {
  const providerOf = (id: string): IdentityProvider => {
    const provider = deps.providers.find((one) => one.id === id);
    if (!provider) throw new WalletError('bad-message', { reason: 'provider' });
    return provider;
  };

  let windows = 0;

  const open: Sessions['open'] = async (providerId, mode, expected) => {
    const turn = mode === 'window' ? ++windows : windows;
    if (mode === 'silent' && (await deps.signedOut.read())) throw new WalletError('sign-in-expired');
    const provider = providerOf(providerId);
    const known = expected ? await deps.keyPairs.get(toHex(expected)) : null;
    const pair = known ?? (await generateKeyPair(deps.subtle));
    const key = await deviceKeyOf(pair);
    const { accountId, idToken, random } = await signIn(deps, provider, key, mode, expected);
    // The user has begun anew meanwhile: what an abandoned window says must not take the place of the later one.
    if (mode === 'window' && turn !== windows) throw new WalletError('sign-in-cancelled');
    if (mode === 'window') await deps.signedOut.remove();
    // One key an account and device: a second one would look like a second device, and wait behind the first.
    if (!known && (await deps.keyPairs.get(toHex(accountId)))) {
      const again = await open(providerId, 'silent', accountId).catch(unlessSilenceFailed);
      if (again) return again;
    }
    if (!known) await deps.keyPairs.put(toHex(accountId), pair);

    const request = { idToken, random, deviceName: await deps.deviceName() };
    const access = accessOf(key);
    const [vault, issuer] = await Promise.all([
      openSession(access.vault, request),
      openSession(access.issuer, request),
    ]);
    const expiresAtMs = deps.now() + Math.min(vault.expiresInS, issuer.expiresInS) * 1000;
    const tokens = { vaultToken: vault.accessToken, issuerToken: issuer.accessToken };
    await deps.session.write({ providerId, accountId, expiresAtMs, ...tokens });
    await deps.statusTokens.write({ vault: vault.statusToken, issuer: issuer.statusToken });
    return partiesOf(accountId, key, access);
  };

  /** One a sign-in: what a party names for the next proof is remembered with it. */
  const accessOf = (key: DeviceKey) => ({ vault: accessTo('vault', key), issuer: accessTo('issuer', key) });
  const accessTo = (party: 'vault' | 'issuer', deviceKey: DeviceKey): PartyAccess => ({
    party,
    baseUrl: party === 'vault' ? deps.vaultUrl : deps.issuerUrl,
    deviceKey,
    fetch: deps.fetch,
    random: deps.random,
    now: deps.now,
    timeoutMs: TIMEOUT_MS,
  });

  let renewing: Promise<unknown> | null = null;
  /** One silent sign-in for all who were refused at the same time. */
  const renew = ({ providerId, accountId }: SessionRecord): Promise<unknown> => {
    renewing ??= open(providerId, 'silent', accountId).finally(() => {
      renewing = null;
    });
    return renewing;
  };

  /** The stored token of this account; after a refusal a silent sign-in, which renews both. */
  const tokensFor = (account: Uint8Array, field: 'vaultToken' | 'issuerToken'): TokenSource => {
    const stored = async (): Promise<SessionRecord> => {
      const record = await deps.session.read();
      if (!record || !equalBytes(record.accountId, account)) throw new WalletError('sign-in-expired');
      return record;
    };
    return {
      current: async () => (await stored())[field],
      renew: async () => {
        await renew(await stored());
        return (await stored())[field];
      },
    };
  };

  const partiesOf = (accountId: Uint8Array, key: DeviceKey, access = accessOf(key)): Parties => ({
    accountId,
    jkt: key.thumbprint,
    vault: createVaultClient(access.vault, tokensFor(accountId, 'vaultToken')),
    issuer: createIssuerClient(access.issuer, tokensFor(accountId, 'issuerToken')),
    realms: deps.realms,
    areRealmsUp: (realmSet, least) => areRealmsUp(deps.fetch, realmSet, least),
    pins: deps.pins,
  });

  return {
    open,
    resume: async (providerId, expected) => {
      const record = await deps.session.read();
      const account = expected ?? record?.accountId ?? null;
      const stands =
        record?.providerId === providerId &&
        (!expected || equalBytes(record.accountId, expected)) &&
        record.expiresAtMs - MARGIN_MS > deps.now();
      const pair = stands ? await deps.keyPairs.get(toHex(record.accountId)) : null;
      if (record && pair) return partiesOf(record.accountId, await deviceKeyOf(pair));
      return open(providerId, 'silent', account);
    },
    status: async (accountId) => {
      const [tokens, pair] = await Promise.all([deps.statusTokens.read(), deps.keyPairs.get(toHex(accountId))]);
      if (!tokens || !pair) return null;
      const key = await deviceKeyOf(pair);
      const access = accessOf(key);
      return createStatusSource(key.thumbprint, {
        vault: { access: access.vault, tokens: statusToken(tokens.vault) },
        issuer: { access: access.issuer, tokens: statusToken(tokens.issuer) },
      });
    },
    barred: async () => {
      await deps.session.remove();
      await deps.signedOut.write(true);
    },
    end: () => deps.session.remove(),
    wipe: async () => {
      await deps.session.remove();
      await deps.statusTokens.remove();
      await deps.signedOut.remove();
      await deps.keyPairs.clear();
    },
  };
}
