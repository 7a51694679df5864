/** The vault as one application: everything it needs is handed in, so that it also runs inside a test. */
import type { Hono } from 'hono';
import { sha256 } from '@/lib/crypto/hash';
import type { SigningKey } from '@/lib/crypto/signature';
import { createServiceApp, type ServiceAppOptions, type ServiceEnv } from '@/services/http/api/app';
import { allowOrigins } from '@/services/http/api/cors';
import type { ApiDescription } from '@/services/http/api/openapi';
import { type Limits, NO_LIMITS } from '@/services/http/limits/limits';
import { receiveNotice } from '@/services/http/sessions/notices';
import { openSession, type Sessions } from '@/services/http/sessions/sessions';
import type { Envelope } from '@/services/kms/envelope';
import type { Challenges } from './account/challenges';
import { createShareKeeper } from './key-service/share-keeper';
import * as operations from './operations';
import { deviceRoutes, type Guards, issuerRoutes, openRoutes } from './routes';
import type { VaultStore } from './store/store';
import { createVault, type Vault } from './vault';

/** More than twice the largest body of the wire, an ID token of 8 KiB. */
const MAX_BODY_BYTES = 16 * 1024;

const { STATUS, ...own } = operations;

export const vaultApi: ApiDescription = {
  title: 'Halfkey vault',
  description: 'Keeps the encrypted backup of a wallet and one of the two shares of its key.',
  operations: [openSession, receiveNotice, ...Object.values(own)],
  statusOf: STATUS,
};

/** `readiness`, `observe`, `logger`: as for every service. */
export interface VaultAppOptions extends Pick<ServiceAppOptions, 'logger' | 'readiness' | 'observe'> {
  readonly store: VaultStore;
  readonly envelope: Envelope;
  readonly sessions: Sessions;
  /** Signs the feed; the SHA-256 of its public half is the vault's id. */
  readonly receiptKey: SigningKey;
  /** The issuer's witness key, 32 bytes. */
  readonly witnessPub: Uint8Array;
  /** What the issuer shows to read the feed. */
  readonly serviceKey: string;
  /** See `allowOrigins`. */
  readonly corsOrigins: readonly string[];
  readonly now: () => number;
  readonly challenges: Challenges;
  /** Absent: none, for parties within one process. */
  readonly limits?: Limits;
}

export interface VaultApp {
  readonly app: Hono<ServiceEnv>;
  readonly vault: Vault;
  /** 32 bytes. */
  readonly vaultId: Uint8Array;
}

export function createVaultApp(options: VaultAppOptions): VaultApp {
  const { store, sessions, receiptKey, witnessPub, challenges, now, limits = NO_LIMITS } = options;
  const vaultId = sha256(receiptKey.publicKey);
  const shares = createShareKeeper(options.envelope);
  const vault = createVault({ store, shares, receiptKey, vaultId, witnessPub, challenges, now });
  const app = createServiceApp({ ...options, maxBodyBytes: MAX_BODY_BYTES, api: vaultApi });
  app.use(allowOrigins(options.corsOrigins));
  app.route('/', openRoutes(vaultId, receiptKey.publicKey));
  app.route('/', issuerRoutes(vault, options.serviceKey));
  for (const { path } of [openSession, receiveNotice]) app.use(path, limits.perAddress);
  app.route('/', sessions.routes);
  app.route('/', deviceRoutes(vault, guardsOf(sessions, limits), sessions));
  return { app, vault, vaultId };
}

const guardsOf = ({ requireAccess, requireStatus }: Sessions, { perAddress, perDevice }: Limits): Guards => ({
  access: [perAddress, requireAccess, perDevice],
  status: [perAddress, requireStatus, perDevice],
});
