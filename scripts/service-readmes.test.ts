import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ZodObject } from 'zod';
import { identityConfigSchema } from '@/services/identity/config';
import { issuerConfigSchema } from '@/services/issuer/config';
import { realmConfigSchema } from '@/services/realm/config';
import { relayConfigSchema } from '@/services/relay/config';
import { vaultConfigSchema } from '@/services/vault/config';

const SERVICES: [service: string, schema: ZodObject][] = [
  ['vault', vaultConfigSchema],
  ['issuer', issuerConfigSchema],
  ['realm', realmConfigSchema],
  ['relay', relayConfigSchema],
  ['identity', identityConfigSchema],
];

interface Variable {
  name: string;
  description: string;
  /** As text; undefined if there must be a value. */
  usual: string | undefined;
}

const variablesOf = (schema: ZodObject): Variable[] =>
  Object.entries(schema.shape).map(([name, variable]) => {
    const unset = variable.safeParse(undefined);
    return {
      name,
      description: variable.description ?? '',
      usual: unset.success ? String(unset.data ?? '') : undefined,
    };
  });

describe.each(SERVICES)('services/%s', (service, schema) => {
  const variables = variablesOf(schema);

  it('says of each variable what it should be', () => {
    expect(variables.filter(({ description }) => description === '')).toEqual([]);
  });

  it('has a README with each variable and its default, and no other', () => {
    const text = readFileSync(`services/${service}/README.md`, 'utf8');
    const rows = [...text.matchAll(/^\| `([A-Z0-9_]+)` \| (?:`([^`]*)`|–) \| \S/gm)];
    const told = Object.fromEntries(rows.map(([, name, usual]) => [name, usual ?? '']));
    expect(told).toEqual(Object.fromEntries(variables.map(({ name, usual }) => [name, usual ?? ''])));
  });
});
