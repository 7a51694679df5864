import { expect, it } from 'vitest';
import { readConfig } from '@/services/http/config/config';
import { issuerConfigSchema } from './config';
import { REALM_SET } from './testing/issuer';

const PROVIDER = {
  id: 'google',
  issuer: 'http://127.0.0.1:7001',
  clientIds: ['client'],
  jwksUrl: 'http://127.0.0.1:7001/jwks',
};
const ENVIRONMENT = {
  ISSUER_EXTERNAL_URL: 'http://127.0.0.1:7201/',
  ISSUER_REALM_SETS: JSON.stringify([REALM_SET]),
  ISSUER_IDENTITY_PROVIDERS: JSON.stringify([PROVIDER]),
  ISSUER_CORS_ORIGINS: 'chrome-extension://abc,moz-extension://def',
  ISSUER_VAULT_URL: 'http://127.0.0.1:7101/',
  ISSUER_VAULT_RECEIPT_KEY: 'ab'.repeat(32),
  ISSUER_VAULT_SERVICE_KEY: 'a service key of some length',
};
const read = (changes: Record<string, string> = {}) => readConfig(issuerConfigSchema, { ...ENVIRONMENT, ...changes });

it('reads a whole environment', () => {
  const result = read();
  expect(result).toMatchObject({
    ok: true,
    config: {
      ISSUER_EXTERNAL_URL: 'http://127.0.0.1:7201',
      ISSUER_VAULT_URL: 'http://127.0.0.1:7101',
      ISSUER_CORS_ORIGINS: ['chrome-extension://abc', 'moz-extension://def'],
      ISSUER_VAULT_RECEIPT_KEY: new Uint8Array(32).fill(0xab),
      ISSUER_REALM_SETS: [REALM_SET],
    },
  });
});

it('knows of no realm that is gone, or of those that are named', () => {
  const ids = REALM_SET.realms.slice(1).map(({ id }) => id);
  expect(read()).toMatchObject({ config: { ISSUER_GONE_REALMS: [] } });
  expect(read({ ISSUER_GONE_REALMS: ids.join() })).toMatchObject({ config: { ISSUER_GONE_REALMS: ids } });
});

it.each([
  ['not JSON', '{'],
  ['no set', '[]'],
  ['a test-only hashing mode', JSON.stringify([{ ...REALM_SET, hashingMode: 'FastInsecure' }])],
  ['a minority that recovers', JSON.stringify([{ ...REALM_SET, recoverThreshold: 1 }])],
  ['more realms to recover than there are', JSON.stringify([{ ...REALM_SET, recoverThreshold: 4 }])],
  ['a registration on some realms only', JSON.stringify([{ ...REALM_SET, registerThreshold: 2 }])],
  ['one realm twice', JSON.stringify([{ ...REALM_SET, realms: Array(3).fill(REALM_SET.realms[0]) }])],
  ['no guesses', JSON.stringify([{ ...REALM_SET, guesses: 0 }])],
])('refuses realm sets that are %s', (_what, value) => {
  const result = read({ ISSUER_REALM_SETS: value });
  expect(result.ok ? '' : result.report).toContain('ISSUER_REALM_SETS: should be a JSON array');
});

it.each([
  ['ISSUER_CORS_ORIGINS', '*'],
  ['ISSUER_VAULT_RECEIPT_KEY', 'ab'],
  ['ISSUER_VAULT_SERVICE_KEY', 'short'],
  ['ISSUER_VAULT_URL', 'ftp://vault'],
  ['ISSUER_TENANT', 'two words'],
  ['ISSUER_GONE_REALMS', '0102'],
  ['ISSUER_IDENTITY_PROVIDERS', '[]'],
])('refuses a wrong %s by name', (name, value) => {
  const result = read({ [name]: value });
  expect(result.ok ? '' : result.report).toContain(name);
});
