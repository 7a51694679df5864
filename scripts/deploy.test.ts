/** No container engine and no systemd runs here: what their files say is checked against what there is. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { COMMANDS } from '@/services/admin/commands';
import { readConfig } from '@/services/http/config/config';
import { issuerConfigSchema } from '@/services/issuer/config';
import { realmConfigSchema } from '@/services/realm/config';
import { relayConfigSchema } from '@/services/relay/config';
import { vaultConfigSchema } from '@/services/vault/config';
import { compilePrograms } from './stack/bundle';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const service = z.object({
  image: z.string(),
  user: z.string().regex(/^[1-9]\d*:[1-9]\d*$/),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.array(z.string()),
  command: z.array(z.string()),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }),
  networks: z.array(z.string()),
  secrets: z.array(z.string()),
  volumes: z.array(z.string()),
  env_file: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).optional(),
});
const composeSchema = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

const compose = composeSchema.parse(parse(read('deploy/compose.yaml'), { merge: true }));
const ours = Object.entries(compose.services).filter(([, { image }]) => image === 'halfkey-services');
const databases = Object.entries(compose.services).filter(([, { image }]) => image.startsWith('postgres:'));

const programs = compilePrograms().then((files) => files.map(({ path }) => path.replace(/^.*[\\/]/, '')));

describe('compose.yaml', () => {
  it('has vault, issuer, relay and three realms, each with a PostgreSQL of its own', () => {
    expect(ours.map(([name]) => name)).toEqual(['vault', 'issuer', 'relay', 'realm-1', 'realm-2', 'realm-3']);
    expect(databases.map(([name]) => name)).toEqual(ours.map(([name]) => `${name}-db`));
    for (const [name, { depends_on: needs }] of ours) expect(Object.keys(needs ?? {})).toEqual([`${name}-db`]);
  });

  it('runs programs that there are', async () => {
    for (const [, { command }] of ours) expect(await programs).toContain(command[0]?.replace('programs/', ''));
  });

  it('lets no party reach the database of another', () => {
    for (const [name, { networks }] of databases) {
      expect(networks).toEqual([name.replace(/-db$/, '')]);
      expect(compose.networks[networks[0] ?? '']).toEqual({ internal: true });
    }
    for (const [name, { networks }] of ours) expect(networks).toEqual([name, 'edge']);
  });

  it('names only volumes, secrets and settings that there are', () => {
    for (const { volumes, secrets, env_file: files = [] } of Object.values(compose.services)) {
      for (const volume of volumes.filter((text) => !text.startsWith('./')))
        expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
      for (const secret of secrets) expect(Object.keys(compose.secrets)).toContain(secret);
      for (const file of files) {
        const example = join('deploy', `${file.replace(/-\d\.env$/, '.env')}.example`);
        expect([example, existsSync(join(ROOT, example))]).toEqual([example, true]);
      }
    }
  });

  it('asks each service where it listens whether it is ready', () => {
    const ports = { vault: 7101, issuer: 7201, realm: 7301, relay: 7401 };
    for (const [name, { healthcheck }] of ours) {
      const [kind = ''] = name.split('-');
      expect(healthcheck.test.slice(0, 3)).toEqual(['CMD', 'node', '-e']);
      expect(healthcheck.test[3]).toContain(`127.0.0.1:${Reflect.get(ports, kind)}/readyz`);
    }
  });
});

describe('the example settings', () => {
  const schemas = {
    vault: vaultConfigSchema,
    issuer: issuerConfigSchema,
    relay: relayConfigSchema,
    realm: realmConfigSchema,
  };
  it.each(['vault', 'issuer', 'relay', 'realm'] as const)('of %s are variables that it knows, and usable', (name) => {
    const lines = read(`deploy/env/${name}.env.example`).trim().split('\n');
    const variables = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    const known = Object.keys(schemas[name].shape);
    for (const variable of Object.keys(variables))
      expect(known).toContain(variable.replace(/_FILE$/, known.includes(variable) ? '_FILE' : ''));
    const direct = Object.fromEntries(
      Object.entries(variables).map(([variable, value]) =>
        known.includes(variable)
          ? [variable, value]
          : [variable.replace(/_FILE$/, ''), 'postgres://a-secret-of-enough-length'],
      ),
    );
    const mode = `${name.toUpperCase()}_MODE`;
    expect(readConfig(schemas[name], direct)).toMatchObject({ ok: true, config: { [mode]: 'production' } });
  });
});

describe('the units of systemd', () => {
  const units = readdirSync(join(ROOT, 'deploy/systemd'));

  it('are one a service', () => {
    expect(units).toEqual([
      'halfkey-issuer.service',
      'halfkey-realm.service',
      'halfkey-relay.service',
      'halfkey-vault.service',
    ]);
  });

  it.each(units)('%s starts a program that there is, without rights', async (unit) => {
    const text = read(`deploy/systemd/${unit}`);
    expect(await programs).toContain(/^ExecStart=\/usr\/bin\/node dist\/programs\/(\S+)$/m.exec(text)?.[1]);
    for (const line of [
      'DynamicUser=yes',
      'ProtectSystem=strict',
      'NoNewPrivileges=yes',
      'CapabilityBoundingSet=',
      'LimitCORE=0',
    ])
      expect(text.split('\n')).toContain(line);
    // V8 compiles at run time.
    expect(text).not.toContain('MemoryDenyWriteExecute');
  });
});

describe('the Dockerfile', () => {
  it('ends as a user without rights, and copies what there is', () => {
    const text = read('deploy/Dockerfile');
    expect(text.lastIndexOf('USER 10001:10001')).toBeGreaterThan(text.lastIndexOf('RUN '));
    expect(text).toContain('npx tsx scripts/build-services.ts');
    for (const [, files = ''] of text.matchAll(/^COPY (?!--from)(.*) \S+$/gm))
      for (const file of files.split(' ')) expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
  });
});

describe('the guides', () => {
  const guides = [
    'docs/self-hosting.md',
    'docs/runbook.md',
    'docs/sql.md',
    'docs/scaling.md',
    'docs/sign-in-providers.md',
    'services/realm/README.md',
    'services/relay/README.md',
  ];
  it.each(guides)('%s names commands, programs and pages that there are', (guide) => {
    const text = read(guide);
    for (const [, line = ''] of text.matchAll(/halfkey-admin(?: --)? ([a-z][a-z -]*[a-z])/g))
      expect([line, COMMANDS.some(({ words }) => line.startsWith(words))]).toEqual([line, true]);
    for (const [, path = ''] of text.matchAll(/tsx ((?:services|scripts)\/\S+\.ts)/g))
      expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
    for (const [, path = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect([path, existsSync(join(ROOT, guide, '..', path))]).toEqual([path, true]);
  });
});

describe('a built halfkey-admin', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'halfkey-programs-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('runs', async () => {
    const programsFolder = join(ROOT, '.cache', folder.replace(/^.*[\\/]/, ''));
    const run = promisify(execFile);
    try {
      await run(process.execPath, ['--import', 'tsx', 'scripts/build-services.ts', programsFolder], { cwd: ROOT });
      const { stdout } = await run(process.execPath, [
        join(programsFolder, 'admin.mjs'),
        'kms',
        'init',
        join(folder, 'ring'),
        '--json',
      ]);
      expect(JSON.parse(stdout)).toMatchObject({ ok: true, version: 1 });
    } finally {
      await rm(programsFolder, { recursive: true, force: true });
    }
  });
});
