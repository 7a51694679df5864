/** `halfkey recover` as people get it: packed, installed in an empty folder, and run there. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { wordsOf } from '@/lib/crypto/mnemonic';
import { lookUpBackup } from '@/lib/keyless/backup/recover';
import { accountIdOf } from '@/lib/keyless/wire/account';
import { packCommand } from '@/scripts/pack-command';
import { runAdmin } from '@/services/admin/run';
import { subjectOf } from '@/services/identity/accounts';
import { createSignInBrowser } from '@/services/identity/testing/sign-in';
import { type Stack, startStack } from '../stack';
import { create, openDevice, random } from './device';
import { guessBehindTheIssuer } from './guesses';

const PIN = '482913';
const ACCOUNT = 'Left alone';
const npm = promisify(execFile);

let stack: Stack;
let folder: string;
let home: string;
let words: string;

beforeAll(async () => {
  stack = await startStack();
  folder = await mkdtemp(join(tmpdir(), 'halfkey-command-'));
  const config = join(folder, 'config.json');
  await writeFile(config, JSON.stringify(stack.config));
  const packed = join(folder, 'packed');
  await packCommand(packed, config);
  home = join(folder, 'empty');
  await mkdir(home);
  const { stdout } = await npm('npm', ['pack', '--silent', packed], { cwd: folder });
  await npm('npm', ['install', '--offline', '--no-audit', join(folder, stdout.trim())], { cwd: home });
  words = wordsOf(await create(await openDevice(stack, ACCOUNT), PIN));
}, 180_000);
afterAll(async () => {
  await stack?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Runs it as a person does: opens the address that it shows, signs in, types the PIN. */
async function runRecover(args: readonly string[], pin: string) {
  const child = spawn(join(home, 'node_modules', '.bin', 'halfkey'), ['recover', ...args], {
    cwd: home,
    env: { PATH: process.env.PATH },
  });
  const ended = once(child, 'exit');
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  let signIns = 0;
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = (error) => {
      child.kill();
      reject(error);
    };
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    const [address] = /http:\S+\/auth\?\S+/.exec(stderr) ?? [];
    if (!address || signIns > 0) return;
    signIns += 1;
    visit(address).catch(fail);
  });
  child.stdin.end(`${pin}\n`);
  const [status] = await Promise.race([ended, failed]);
  return { status, stdout, stderr, signIns };
}

async function visit(address: string): Promise<void> {
  const asked = Object.fromEntries(new URL(address).searchParams);
  const { client_id: clientId = '', redirect_uri: redirectUri = '', nonce = '', ...rest } = asked;
  const { response_type: _, scope: __, prompt: ___, ...parameters } = rest;
  const request = {
    issuer: stack.urls.identity,
    clientId,
    redirectUri,
    nonce,
    responseType: 'code',
    parameters,
  } as const;
  const answer = await createSignInBrowser().authorize(request, { account: ACCOUNT });
  expect((await fetch(`${redirectUri}?${answer}`)).status).toBe(200);
}

describe.sequential('a wallet without the extension', { timeout: 120_000 }, () => {
  it('needs nothing but the package', async () => {
    expect((await readdir(join(home, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual(['halfkey']);
  });

  it('refuses a wrong PIN in words, and prints no phrase', async () => {
    const { status, stdout, stderr } = await runRecover([], '739164');
    expect(stderr).toContain('(pin-wrong)');
    expect([status, stdout]).toEqual([2, '']);
  });

  it('comes back with sign-in and PIN, the phrase alone on stdout, and tells of guesses that only the realms know', async () => {
    const parties = await (await openDevice(stack, ACCOUNT)).signIn();
    expect(await guessBehindTheIssuer(stack, parties, 2)).toBe('pin-wrong');
    await expect.poll(async () => (await lookUpBackup(parties, null))?.wrong.count, { timeout: 30_000 }).toBe(3);
    const { status, stdout, stderr } = await runRecover([], PIN);
    const told = /Wrong PINs since the last success: 3, the last one on \d{4}-\d\d-\d\dT\S+Z\./.exec(stderr);
    expect(told?.index).toBeLessThan(stderr.indexOf('PIN (not shown)'));
    expect(stdout).toBe(`${words}\n`);
    expect(status).toBe(0);
    expect(stderr).not.toContain(PIN);
    expect(stderr).not.toContain(words.split(' ').slice(0, 3).join(' '));
  });

  describe.sequential('whose vault and issuer are gone, with what their operators left', () => {
    const exported = () => join(folder, 'vault-export');
    const files = () => [
      ...['--vault-export', exported()],
      ...['--vault-kms', join(stack.dataOf('vault'), 'kms')],
      ...['--issuer-keys', join(stack.dataOf('issuer'), 'keys')],
    ];

    it('comes back with sign-in and PIN', async () => {
      await Promise.all([stack.kill('vault'), stack.kill('issuer')]);
      const environment = { VAULT_DATA_DIR: join(stack.dataOf('vault'), 'db') };
      const { status, stderr } = await runAdmin(['export', 'vault', exported()], {
        environment,
        now: Date.now,
        random,
      });
      expect([status, stderr]).toEqual([0, '']);
      expect(await runRecover(files(), PIN)).toMatchObject({ status: 0, stdout: `${words}\n`, signIns: 1 });
    });

    it('comes back with the account id and PIN where the provider is gone, too, and one realm', async () => {
      await Promise.all([stack.kill('identity'), stack.kill('realm-2')]);
      const account = toHex(accountIdOf(stack.urls.identity, subjectOf(ACCOUNT)));
      const recovered = await runRecover([...files(), '--account', account], PIN);
      expect(recovered).toMatchObject({ status: 0, stdout: `${words}\n`, signIns: 0 });
    });

    it('does not come back with two realms gone: no guess is spent', async () => {
      await stack.kill('realm-3');
      const account = toHex(accountIdOf(stack.urls.identity, subjectOf(ACCOUNT)));
      const { status, stdout, stderr } = await runRecover([...files(), '--account', account], PIN);
      expect(stderr).toContain('(realms-unreachable)');
      expect([status, stdout]).toEqual([2, '']);
    });

    it('says what belongs together when only some of the files are named', async () => {
      const { status, stderr } = await runRecover(files().slice(0, 4), PIN);
      expect(status).toBe(2);
      expect(stderr).toContain('usage: halfkey recover');
    });
  });
});
