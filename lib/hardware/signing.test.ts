import { blake2s } from '@noble/hashes/blake2.js';
import { hashDomain, hashStruct, parseTransaction, recoverMessageAddress, toBytes } from 'viem';
import { describe, expect, it } from 'vitest';
import { serveBridge } from '@/e2e/simulators/onekey-mini/bridge';
import { FLASH } from '@/e2e/simulators/onekey-mini/device';
import { type Person, willing } from '@/e2e/simulators/onekey-mini/person';
import { plugIn } from '@/e2e/simulators/onekey-mini/pipe';
import { serveUsb } from '@/e2e/simulators/onekey-mini/usb';
import { openOneKey } from './onekey/signer';
import { NOBODY } from './person';
import { ACCOUNT, openPlace, PATH, randomBytes, realAfter, SOFTWARE, simulate } from './testing/place';
import { bridgeDevices, openAnyBridge, openBridgeLink } from './transport/bridge';
import { openUsbLink } from './transport/web-usb';
import type { HardwareTransaction } from './types';

const TO = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const shared = { chainId: 1, nonce: 9, to: TO, valueWei: 250_000_000_000_000_000n, gas: 21_000n } as const;
const legacy: HardwareTransaction = { ...shared, type: 'legacy', gasPriceWei: 20_000_000_000n, data: '0x' };
const modern: HardwareTransaction = {
  ...shared,
  type: 'eip1559',
  maxFeePerGasWei: 30_000_000_000n,
  maxPriorityFeePerGasWei: 1_000_000_000n,
  data: '0x',
  accessList: [],
};
const STORAGE_KEY = `0x${'01'.repeat(32)}` as const;

/** What software makes of the same key. */
function softly(transaction: HardwareTransaction): Promise<`0x${string}`> {
  const { chainId, nonce, to, valueWei: value, data, gas } = transaction;
  if (transaction.type !== 'eip1559') {
    return SOFTWARE.signTransaction({
      type: 'legacy',
      chainId,
      nonce,
      to,
      value,
      data,
      gas,
      gasPrice: transaction.gasPriceWei,
    });
  }
  const { maxFeePerGasWei: maxFeePerGas, maxPriorityFeePerGasWei: maxPriorityFeePerGas, accessList } = transaction;
  return SOFTWARE.signTransaction({
    type: 'eip1559',
    chainId,
    nonce,
    to,
    value,
    data,
    gas,
    maxFeePerGas,
    maxPriorityFeePerGas,
    accessList,
  });
}

const TRANSACTIONS: readonly (readonly [what: string, transaction: HardwareTransaction])[] = [
  ['a legacy payment', legacy],
  ['a legacy payment without replay protection of 32 bits', { ...legacy, chainId: 2_200_000_000 }],
  ['a payment by EIP-1559', modern],
  ['a payment of nothing, the first one', { ...modern, nonce: 0, valueWei: 0n }],
  [
    'a transfer of USDT',
    { ...modern, valueWei: 0n, data: `0xa9059cbb${'00'.repeat(12)}${TO.slice(2).toLowerCase()}${'00'.repeat(31)}05` },
  ],
  ['a call with exactly 1,024 bytes', { ...modern, data: `0x${'ab'.repeat(1024)}` }],
  ['a call with 1,025 bytes', { ...modern, data: `0x${'ab'.repeat(1025)}` }],
  ['a large call of a legacy transaction', { ...legacy, data: `0x${'cd'.repeat(5000)}` }],
  ['a call with as much data as nodes take', { ...modern, data: `0x${'5a'.repeat(128 * 1024)}` }],
  ['a contract that is created', { ...modern, to: undefined, data: '0x6001' }],
  [
    'an access list',
    {
      ...modern,
      accessList: [
        { address: TO, storageKeys: [STORAGE_KEY, STORAGE_KEY] },
        { address: TO, storageKeys: [] },
      ],
    },
  ],
];

const TYPED = {
  domain: { name: 'Test', chainId: 1n, verifyingContract: TO },
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ],
    Mail: [{ name: 'text', type: 'string' }],
  },
  primaryType: 'Mail',
  message: { text: 'hello' },
} as const;
const typedData = () => ({
  domainHash: toBytes(hashDomain({ domain: TYPED.domain, types: TYPED.types })),
  messageHash: toBytes(hashStruct({ data: TYPED.message, primaryType: 'Mail', types: TYPED.types })),
  json: '{}',
});

describe('a OneKey Mini', () => {
  it.each(TRANSACTIONS)('signs %s as software does with the same key', async (_, transaction) => {
    const { signer } = await openPlace();
    const raw = await signer.signTransaction(ACCOUNT, transaction);
    expect(raw).toBe(await softly(transaction));
    expect(parseTransaction(raw).chainId).toBe(transaction.chainId);
  });

  it('signs with Trezor’s numbers where the firmware is older than 3.3.0, and where it says so wrongly', async () => {
    for (const options of [
      { version: '2.10.1' },
      { version: '3.2.0' },
      { version: '3.7.1', trezorNumbersOnly: true },
    ]) {
      const { signer } = await openPlace(options);
      expect(await signer.signTransaction(ACCOUNT, modern), options.version).toBe(await softly(modern));
    }
  });

  it('signs messages and typed data', async () => {
    const { signer } = await openPlace();
    const message = toBytes('hello from outside');
    const signature = await signer.signMessage(ACCOUNT, message, 1);
    expect(signature).toBe(await SOFTWARE.signMessage({ message: { raw: message } }));
    expect(await recoverMessageAddress({ message: { raw: message }, signature })).toBe(SOFTWARE.address);
    expect(await signer.signTypedData(ACCOUNT, typedData(), 1)).toBe(await SOFTWARE.signTypedData(TYPED));
  });

  it('asks for PIN and passphrase, and goes on without them while the session lives', async () => {
    const { signer, prompts } = await openPlace({
      pin: '1234',
      passphraseProtection: true,
      person: willing('1234', ''),
    });
    expect(await signer.getAddress(PATH, 'on-device')).toBe(SOFTWARE.address);
    const told = prompts.filter((prompt, at) => prompt !== 'none' && prompt !== prompts[at - 1]);
    expect(told).toEqual(['pin', 'passphrase', 'confirm']);
    prompts.length = 0;
    expect(await signer.getAddress(PATH, 'not')).toBe(SOFTWARE.address);
    expect(prompts).toEqual(['none']);
  });

  it('takes the places of the PIN’s digits from here where its buttons take no PIN', async () => {
    const options = { pin: '1234', pinOnHost: true } as const;
    const { signer, mini } = await openPlace({ ...options, pinPlaces: '9876' });
    expect(await signer.signTransaction(ACCOUNT, modern)).toBe(await softly(modern));
    expect(mini.screen()).toEqual({ kind: 'home' });
    const wrong = await openPlace({ ...options, pinPlaces: '1234' });
    await expect(wrong.signer.getAddress(PATH, 'not')).rejects.toMatchObject({ code: 'device-pin-wrong' });
    const none = await openPlace(options);
    await expect(none.signer.getAddress(PATH, 'not')).rejects.toMatchObject({ code: 'device-cancelled' });
  });

  it('ends its session, so that the next one asks for the passphrase again', async () => {
    const passphrases = ['', 'other'];
    const person: Person = (screen) =>
      willing('', screen.kind === 'passphrase' ? passphrases.shift() : undefined)(screen);
    const mini = simulate({ passphraseProtection: true, person });
    const cable = plugIn(mini);
    const heard: number[] = [];
    const addressOf = async () => {
      const { device } = serveUsb(cable);
      const link = await openUsbLink(device);
      const noted = {
        ...link,
        send: (message: Parameters<typeof link.send>[0]) => {
          heard.push(message.type);
          return link.send(message);
        },
      };
      const signer = openOneKey({ link: noted, person: NOBODY, after: realAfter });
      const [address] = await signer.getAddresses([PATH]);
      await signer.close();
      return address;
    };
    expect(await addressOf()).toBe(SOFTWARE.address);
    expect(heard.at(-1)).toBe(83);
    expect(await addressOf()).not.toBe(SOFTWARE.address);
  });

  it('gives many addresses in one turn', async () => {
    const { signer } = await openPlace();
    const paths = Array.from({ length: 30 }, (_, index) => [...PATH.slice(0, 4), index]);
    const addresses = await signer.getAddresses(paths);
    expect(addresses[0]).toBe(SOFTWARE.address);
    expect(new Set(addresses).size).toBe(30);
    expect(addresses[29]).toBe(await signer.getAddress(paths[29] ?? [], 'on-device'));
  });

  it('tells who it is, and its hash of the flash for a fresh challenge', async () => {
    const { signer } = await openPlace({ pin: '1234' });
    expect(await signer.facts()).toMatchObject({
      kind: 'onekey-mini',
      serial: 'MI01J4000123',
      version: '3.7.1',
      buildId: 'mini.3.7.1-Stable-0612-4f1c2a9',
      revision: '4f1c2a9',
      hasPin: true,
      unlocked: false,
    });
    const challenge = randomBytes(32);
    expect(await signer.firmwareHash(challenge)).toEqual(blake2s(FLASH, { key: challenge }));
  });

  it('does the same over a bridge', async () => {
    const bridge = await serveBridge(plugIn(simulate({ pin: '1234' })));
    try {
      const tools = { fetch, url: bridge.url };
      const [device] = await bridgeDevices(tools);
      if (!device) throw new Error('no device');
      const signer = openOneKey({ link: await openBridgeLink(tools, device), person: NOBODY, after: realAfter });
      for (const [what, transaction] of TRANSACTIONS)
        expect(await signer.signTransaction(ACCOUNT, transaction), what).toBe(await softly(transaction));
      const message = toBytes('hello from outside');
      expect(await signer.signMessage(ACCOUNT, message, 1)).toBe(
        await SOFTWARE.signMessage({ message: { raw: message } }),
      );
      expect(await signer.signTypedData(ACCOUNT, typedData(), 1)).toBe(await SOFTWARE.signTypedData(TYPED));
      await expect(openBridgeLink(tools, device)).rejects.toThrow('device-in-use');
      await signer.close();
      expect((await bridgeDevices(tools))[0]?.session).toBeNull();
    } finally {
      await bridge.close();
    }
  });

  it('is not reached over a bridge that knows other origins only, or that is not there', async () => {
    const bridge = await serveBridge(plugIn(simulate()), { knows: () => false });
    await expect(bridgeDevices({ fetch, url: bridge.url })).rejects.toMatchObject({
      code: 'device-no-bridge',
      details: { reason: 'origin' },
    });
    await bridge.close();
    await expect(bridgeDevices({ fetch, url: bridge.url })).rejects.toMatchObject({ code: 'device-no-bridge' });
  });

  it('is found behind whichever bridge has it, and what stands in the way is told', async () => {
    const cable = plugIn(simulate());
    const [deaf, empty, full] = await Promise.all([
      serveBridge(plugIn(simulate()), { knows: () => false }),
      serveBridge(plugIn(simulate())),
      serveBridge(cable),
    ]);
    const at = (...ends: { url: string }[]) => openAnyBridge(ends.map(({ url }) => ({ fetch, url })));
    await empty.close();
    const link = await at(empty, deaf, full);
    await expect(at(deaf, full)).rejects.toMatchObject({ code: 'device-in-use' });
    await link.close();
    await expect(at(empty, deaf)).rejects.toMatchObject({ code: 'device-no-bridge', details: { reason: 'origin' } });
    cable.unplug();
    await expect(at(empty, full)).rejects.toMatchObject({ code: 'device-disconnected' });
    await Promise.all([deaf.close(), full.close()]);
  });
});
