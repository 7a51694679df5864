import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EXTENSION_ID, EXTENSION_REDIRECT_URL, GECKO_REDIRECT_URL } from '@/config/extension-id';
import { readConfig } from '@/services/http/config/config';
import { identityConfigSchema } from '@/services/identity/config';
import { issuerConfigSchema } from '@/services/issuer/config';
import { realmConfigSchema } from '@/services/realm/config';
import { relayConfigSchema } from '@/services/relay/config';
import { vaultConfigSchema } from '@/services/vault/config';

const SCHEMAS = {
  identity: identityConfigSchema,
  vault: vaultConfigSchema,
  issuer: issuerConfigSchema,
  realm: realmConfigSchema,
  relay: relayConfigSchema,
} as const;
const NAMES = ['identity', 'vault', 'issuer', 'realm', 'relay'] as const;

const lines = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8').split('\n');
const variables = lines.flatMap((line) => {
  const [, comment, name = '', value = ''] = /^(# )?([A-Z][A-Z0-9_]+)=(\S*)/.exec(line) ?? [];
  const text = value.replace(/^'(.*)'$/, '$1');
  return name === '' ? [] : [{ name, value: text, given: comment === undefined }];
});
const given = Object.fromEntries(variables.filter((one) => one.given).map(({ name, value }) => [name, value]));

it('names every variable of every service once, and no other', () => {
  const known = NAMES.flatMap((service) => Object.keys(SCHEMAS[service].shape));
  expect(variables.map(({ name }) => name).sort()).toEqual(known.sort());
});

it.each(NAMES)('is a configuration that %s accepts', (service) => {
  expect(readConfig(SCHEMAS[service], given)).toMatchObject({ ok: true });
});

it.each(NAMES)('shows the defaults of %s as they are', (service) => {
  const result = readConfig(SCHEMAS[service], given);
  if (!result.ok) throw new Error(result.report);
  const told = variables.filter(({ name, given }) => !given && name in SCHEMAS[service].shape);
  // What has no default shows an example.
  const usual = told.flatMap(({ name }) => (Reflect.get(result.config, name) === undefined ? [] : [name]));
  for (const { name, value } of told.filter(({ name }) => usual.includes(name)))
    expect([name, String(Reflect.get(result.config, name))]).toEqual([name, value]);
});

it('names the extension by the ids that it has', () => {
  expect(given.VAULT_CORS_ORIGINS).toBe(`chrome-extension://${EXTENSION_ID}`);
  for (const name of ['IDENTITY_REDIRECT_URIS', 'RELAY_EXTENSION_URLS'])
    expect(given[name]).toBe(`${EXTENSION_REDIRECT_URL},${GECKO_REDIRECT_URL}`);
});
