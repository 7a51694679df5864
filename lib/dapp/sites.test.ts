import { beforeEach, describe, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { createSites, sitesRecord } from './sites';

const ACCOUNT = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const [A, B] = ['https://a.example', 'https://b.example'] as const;

/** What the browser puts into pages, by origin; it outlives the background and the storage. */
let registered: Set<string>;
let broken: Error | null;
let area: ReturnType<typeof memoryArea>;
beforeEach(() => {
  registered = new Set();
  broken = null;
  area = memoryArea();
});

const open = () =>
  createSites({
    stored: cell(area, 'sites', sitesRecord),
    firstChainId: async () => 1,
    now: () => 0,
    nameScripts: {
      add: async (origin) => {
        if (broken) throw broken;
        registered.add(origin);
      },
      keep: async (origins) => {
        if (broken) throw broken;
        registered = new Set(origins);
      },
    },
  });

describe('another name', () => {
  it('is shown to the site that its user has chosen, and no longer once that is taken back', async () => {
    const sites = open();
    for (const origin of [A, B]) await sites.connect(origin, [ACCOUNT]);
    for (const origin of [A, B]) await sites.setName(origin, 'metamask');
    await sites.setName(A, 'own');
    expect(await sites.find(A)).toMatchObject({ asMetaMask: false, accounts: [ACCOUNT] });
    expect(registered).toEqual(new Set([B]));
  });

  it('ends with its site: forgotten, wiped, or pushed out by 500 others', async () => {
    const sites = open();
    const name = async (origin: string) => {
      await sites.connect(origin, [ACCOUNT]);
      await sites.setName(origin, 'metamask');
    };
    await name(A);
    await name(B);
    await sites.forget(A);
    expect(registered).toEqual(new Set([B]));
    for (let count = 0; count < 500; count += 1) await sites.setChain(`https://${count}.example`, 1);
    expect(await sites.find(B)).toBeNull();
    expect(registered).toEqual(new Set());
    await name(A);
    await sites.wipe();
    expect(registered).toEqual(new Set());
  });

  it('that the browser does not allow is not noted', async () => {
    const sites = open();
    await sites.connect(A, [ACCOUNT]);
    broken = new WalletError('site-not-allowed');
    await expect(sites.setName(A, 'metamask')).rejects.toBe(broken);
    expect(await sites.find(A)).toMatchObject({ asMetaMask: false });
  });

  it('that cannot be ended keeps nobody from leaving, and ends after the next start', async () => {
    const sites = open();
    for (const origin of [A, B]) {
      await sites.connect(origin, [ACCOUNT]);
      await sites.setName(origin, 'metamask');
    }
    broken = new Error('busy');
    await expect(sites.setName(B, 'own')).rejects.toBe(broken);
    await sites.forget(A);
    expect(await sites.find(A)).toBeNull();
    await sites.wipe();
    expect(await sites.list()).toEqual([]);
    expect(registered).toEqual(new Set([A, B]));
    broken = null;
    await open().keepNames();
    expect(registered).toEqual(new Set());
  });

  it('that the browser has lost is there again after the next start', async () => {
    const sites = open();
    await sites.connect(A, [ACCOUNT]);
    await sites.setName(A, 'metamask');
    registered.clear();
    await open().keepNames();
    expect(registered).toEqual(new Set([A]));
  });
});
