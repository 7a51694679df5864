import { describe, expect, it } from 'vitest';
import { readConfig } from '@/services/http/config/config';
import { realmConfigSchema } from './config';
import { createTenant, KEY_ID } from './testing/tenant';

const REALM_ID = '0102030405060708090a0b0c0d0e0f10';
const key = { data: createTenant().publicKeyHex, encoding: 'Hex', algorithm: 'Edwards25519' };
const good = { REALM_ID, REALM_TENANT_KEYS: JSON.stringify({ [KEY_ID]: key }) };

describe('the configuration of a realm', () => {
  it('needs an id and a tenant key, and has defaults for the rest', () => {
    const result = readConfig(realmConfigSchema, good);
    expect(result).toMatchObject({ ok: true, config: { REALM_HOST: '127.0.0.1', REALM_PORT: 7301 } });
    if (result.ok) expect([...result.config.REALM_TENANT_KEYS.keys()]).toEqual([KEY_ID]);
    for (const name of ['REALM_ID', 'REALM_TENANT_KEYS']) {
      expect(readConfig(realmConfigSchema, { ...good, [name]: undefined })).toMatchObject({ ok: false });
    }
  });

  it.each([
    ['REALM_ID', REALM_ID.toUpperCase()],
    ['REALM_ID', REALM_ID.slice(2)],
    ['REALM_TENANT_KEYS', '{}'],
    ['REALM_TENANT_KEYS', 'acme'],
    ['REALM_PORT', '65536'],
    ['REALM_PORT', 'http'],
    ['REALM_DATABASE_CONNECTIONS', '0'],
    ['REALM_SWEEP_INTERVAL_MS', '1'],
    ['REALM_LOG_LEVEL', 'loud'],
  ])('names %s when it is "%s", and not the value', (name, value) => {
    const result = readConfig(realmConfigSchema, { ...good, [name]: value });
    if (result.ok) throw new Error('accepted');
    expect(result.report).toContain(`${name}: should be `);
    if (value.length > 5) expect(result.report).not.toContain(value);
  });
});
