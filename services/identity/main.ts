import { createPublicKey } from 'node:crypto';
import { configOrExit } from '@/services/http/config/config';
import { createLogger } from '@/services/http/server/logger';
import { exitUnusable } from '@/services/http/server/run-service';
import { runUntilSignal } from '@/services/http/server/server';
import { identityConfigSchema } from '@/services/identity/config';
import { type Role, startIdentity } from '@/services/identity/identity';

const config = configOrExit(identityConfigSchema, process.env);
const logger = createLogger({ service: 'identity', level: config.IDENTITY_LOG_LEVEL });
const { IDENTITY_RELAY_KEY: relayKey } = config;
if (config.IDENTITY_PLAYS === 'apple' && relayKey === undefined)
  exitUnusable(new Error('IDENTITY_RELAY_KEY is missing.'));
const role: Role =
  config.IDENTITY_PLAYS === 'apple'
    ? {
        plays: 'apple',
        team: {
          teamId: config.IDENTITY_TEAM_ID,
          keyId: config.IDENTITY_KEY_ID,
          publicKey: createPublicKey(relayKey ?? ''),
        },
      }
    : { plays: 'google' };
const clients = [
  { id: config.IDENTITY_CLIENT_ID, redirectUris: config.IDENTITY_REDIRECT_URIS },
  {
    id: config.IDENTITY_RELAY_CLIENT_ID,
    redirectUris: config.IDENTITY_RELAY_REDIRECT_URIS,
    secret: config.IDENTITY_RELAY_SECRET,
  },
  { id: config.IDENTITY_COMMAND_LINE_CLIENT_ID, redirectUris: role.plays === 'google' ? ['http://127.0.0.1/'] : [] },
].filter(({ redirectUris }) => redirectUris.length > 0);
const identity = await startIdentity({
  port: config.IDENTITY_PORT,
  clients,
  dataDir: config.IDENTITY_DATA_DIR,
  role,
  logger,
});
logger.warn('This provider lets everybody sign in as anybody. It must never be shipped or reachable by others.');
logger.info({ issuer: identity.issuer }, 'listening');
await runUntilSignal(logger, () => identity.stop());
