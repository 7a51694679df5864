import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { getAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { EXTENSION_ID, EXTENSION_KEY, EXTENSION_REDIRECT_URL, GECKO_ID, GECKO_REDIRECT_URL } from './extension-id';
import { loadConfig, parseConfig } from './load';
import {
  connectOrigins,
  contentSecurityPolicy,
  hostPermissions,
  isCustomNode,
  optionalHostPermissions,
} from './origins';

const local = () => JSON.parse(readFileSync('config/local.json', 'utf8'));

describe('build-time configuration', () => {
  it('accepts the local configuration', () => {
    expect(loadConfig('config/local.json').realmSets[0]?.realms).toHaveLength(3);
  });

  it('names the file and the field that is wrong', () => {
    const input = local();
    input.vault.url = 'ftp://vault';
    expect(() => parseConfig(input, 'mine.json')).toThrow(/mine\.json[\s\S]*vault\.url/);
  });

  it('refuses a vault id that is not the hash of its receipt key', () => {
    const input = local();
    input.vault.id = '00'.repeat(32);
    expect(() => parseConfig(input, 'mine.json')).toThrow(/vault\.id must be SHA-256/);
  });

  it.each([
    ['two current sets', (c: ReturnType<typeof local>) => c.realmSets.push(c.realmSets[0]), /exactly one realm set/],
    [
      'the fast hashing mode',
      (c: ReturnType<typeof local>) => (c.realmSets[0].hashingMode = 'FastInsecure'),
      /hashing/,
    ],
    [
      'half of the realms as threshold',
      (c: ReturnType<typeof local>) => (c.realmSets[0].recoverThreshold = 1),
      /majority/,
    ],
    [
      'a realm address without slash',
      (c: ReturnType<typeof local>) => (c.realmSets[0].realms[0].address = 'http://r'),
      /slash/,
    ],
    ['two chains with one id', (c: ReturnType<typeof local>) => c.chains.push(c.chains[0]), /chain ids must differ/],
    ['a node of another kind', (c: ReturnType<typeof local>) => c.customNodes.push('*'), /customNodes/],
    [
      'a provider that signs in through a relay that is not named',
      (c: ReturnType<typeof local>) => delete c.relay,
      /signs in through it/,
    ],
    ['a relay whose address ends in a slash', (c: ReturnType<typeof local>) => (c.relay.url += '/'), /slash/],
    ['an unknown field', (c: ReturnType<typeof local>) => (c.extra = true), /extra/],
  ])('refuses %s', (_, change, message) => {
    const input = local();
    change(input);
    expect(() => parseConfig(input, 'mine.json')).toThrow(message);
  });
});

describe('the example of a configuration for everybody', () => {
  const config = loadConfig('config/production.example.json');
  const token = (chainId: number, symbol: string) =>
    config.chains.find((chain) => chain.chainId === chainId)?.tokens.find((one) => one.symbol === symbol);

  it('has eight networks, each with USDT and USDC', () => {
    const ids = [1, 10, 56, 137, 8453, 42161, 43114, 11155111];
    expect(config.chains.map(({ chainId }) => chainId).sort((a, b) => a - b)).toEqual(ids);
    for (const chainId of ids)
      for (const symbol of ['USDT', 'USDC']) expect(token(chainId, symbol)?.decimals).toBe(chainId === 56 ? 18 : 6);
    expect(config.chains.filter(({ test }) => test).map(({ name }) => name)).toEqual(['Sepolia']);
  });

  it('writes every address with its checksum', () => {
    const addresses = config.chains.flatMap(({ tokens, multicall }) => [
      multicall,
      ...tokens.map(({ address }) => address),
    ]);
    for (const address of addresses) expect(address).toBe(getAddress(String(address)));
  });

  it('lets a user add any node over https, and grants no host before it is asked for', () => {
    const nodes = ['http://127.0.0.1/*', 'http://localhost/*', 'https://*/*'];
    expect(optionalHostPermissions(config)).toEqual(expect.arrayContaining(nodes));
    expect(hostPermissions(config).filter((pattern) => pattern.includes('*/'))).toEqual([]);
    expect(contentSecurityPolicy(config)).toMatch(/connect-src 'self' [^;]* https: /);
    expect(contentSecurityPolicy(config)).toContain(' wss: ws://127.0.0.1:* ws://localhost:*;');
    const may = (url: string) => isCustomNode(config, new URL(url));
    expect([may('https://x.example'), may('http://127.0.0.1:1'), may('http://x.example')]).toEqual([true, true, false]);
  });
});

describe('what the manifest grants', () => {
  const config = loadConfig('config/local.json');

  it('lists each contacted origin once, ports only where the browser understands them', () => {
    expect(connectOrigins(config)).toHaveLength(9);
    expect(hostPermissions(config)).toEqual(['http://127.0.0.1/*']);
  });

  it('keeps a development build on this machine', () => {
    expect(optionalHostPermissions(config)).toEqual([]);
    expect(isCustomNode(config, new URL('https://ethereum-rpc.publicnode.com'))).toBe(false);
    expect(contentSecurityPolicy(config)).not.toMatch(/(https|wss):/);
    expect(contentSecurityPolicy(config)).toContain(' ws://127.0.0.1:*;');
    for (const origin of connectOrigins(config)) expect(new URL(origin).hostname).toBe('127.0.0.1');
  });

  it('prices what the example of a real build knows and what has a value, each once', () => {
    const { chains, priceSource } = loadConfig('config/production.example.json');
    const known = chains
      .filter(({ test }) => !test)
      .flatMap(({ chainId, tokens }) => [
        `${chainId}`,
        ...tokens.map(({ address }) => `${chainId}:${address.toLowerCase()}`),
      ]);
    const priced = priceSource?.assets.flatMap(({ keys }) => keys) ?? [];
    expect(priced.filter((key) => !known.includes(key))).toEqual([]);
    expect(new Set(priced).size).toBe(priced.length);
    expect(priced.length).toBeGreaterThan(20);
  });

  it('says of the rollups in it which charge for a chain below, too', () => {
    const { chains } = loadConfig('config/production.example.json');
    const rollups = chains.filter(({ rollup }) => rollup === 'op-stack').map(({ chainId }) => chainId);
    // Optimism and Base. Arbitrum has it in its gas.
    expect(rollups.toSorted((one, other) => one - other)).toEqual([10, 8453]);
  });

  it('grants the price source nothing before it is wanted, and lets it through then', () => {
    const priceSource = { name: 'Prices', url: 'https://prices.example/simple/price', assets: [] };
    const priced = { ...config, priceSource };
    expect(hostPermissions(priced)).toEqual(hostPermissions(config));
    expect(optionalHostPermissions(priced)).toContain('https://prices.example/*');
    expect(contentSecurityPolicy(priced)).toContain(' https://prices.example');
    expect(contentSecurityPolicy(config)).not.toContain('prices.example');
  });

  it('forbids framing, plug-ins and foreign scripts', () => {
    const policy = contentSecurityPolicy(config).split('; ');
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('derives the extension ids from what the manifest says', () => {
    const digest = createHash('sha256').update(Buffer.from(EXTENSION_KEY, 'base64')).digest('hex');
    const letters = [...digest.slice(0, 32)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
    expect(letters.join('')).toBe(EXTENSION_ID);
    const host = createHash('sha1').update(GECKO_ID).digest('hex');
    expect(GECKO_REDIRECT_URL).toBe(`https://${host}.extensions.allizom.org/`);
    for (const path of ['config/local.json', 'config/production.example.json'])
      expect(loadConfig(path).relay?.extensionUrls).toEqual([EXTENSION_REDIRECT_URL, GECKO_REDIRECT_URL]);
  });
});
