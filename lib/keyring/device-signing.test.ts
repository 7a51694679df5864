import { type Hex, hashDomain, hashMessage, hashStruct, hashTypedData } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { memoryArea } from '@/lib/platform/memory-area';
import { type Area, cell } from '@/lib/platform/storage';
import { type AskedOfDevice, createDeviceSigning, deviceJobRecord } from './device-signing';
import { checkAnswer, type DeviceWork } from './device-work';

const owner = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const thief = privateKeyToAccount(`0x${'22'.repeat(32)}`);
const ACCOUNT = { walletId: 'A'.repeat(22), index: 0 };
const TO = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const shared = { chainId: 31337, nonce: 3, to: TO, gas: 21_000n, data: '0x' } as const;

const ACCESS = [{ address: TO, storageKeys: [`0x${'01'.repeat(32)}` as const] }] as const;

const modern: Extract<DeviceWork, { kind: 'transaction' }> = {
  kind: 'transaction',
  transaction: {
    ...shared,
    valueWei: 5n,
    price: { kind: 'eip1559', maxFeePerGasWei: 9n, maxPriorityFeePerGasWei: 1n },
  },
};
const legacy: typeof modern = {
  kind: 'transaction',
  transaction: { ...shared, valueWei: 5n, price: { kind: 'legacy', gasPriceWei: 7n } },
};
const MESSAGE = '0x68656c6c6f';
const message: DeviceWork = { kind: 'message', message: MESSAGE, chainId: 1 };
const TYPED = {
  domain: { name: 'Test', chainId: 1n },
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'chainId', type: 'uint256' },
    ],
    Mail: [{ name: 'text', type: 'string' }],
  },
  primaryType: 'Mail',
  message: { text: 'hello' },
} as const;
const typed: DeviceWork = {
  kind: 'typed-data',
  domainHash: hashDomain({ domain: TYPED.domain, types: { EIP712Domain: [...TYPED.types.EIP712Domain] } }),
  messageHash: hashStruct({ data: TYPED.message, types: { Mail: [...TYPED.types.Mail] }, primaryType: 'Mail' }),
  json: JSON.stringify(TYPED, (_, value) => (typeof value === 'bigint' ? value.toString() : value)),
  chainId: 1,
};

const signModern = (signer = owner, change = {}) =>
  signer.signTransaction({
    ...shared,
    type: 'eip1559',
    value: 5n,
    maxFeePerGas: 9n,
    maxPriorityFeePerGas: 1n,
    ...change,
  });
const atOnePrice = { ...shared, value: 5n, gasPrice: 7n };
const signLegacy = () => owner.signTransaction({ ...atOnePrice, type: 'legacy' });
const signOld = () => owner.signTransaction({ ...atOnePrice, type: 'eip2930', accessList: ACCESS });
const withList = (work: Extract<DeviceWork, { kind: 'transaction' }>): DeviceWork => ({
  ...work,
  transaction: { ...work.transaction, accessList: ACCESS },
});

const asked = (work: DeviceWork, purpose = 'site 1'): AskedOfDevice => ({
  purpose,
  account: ACCOUNT,
  address: owner.address,
  work,
  payment: null,
});

/** A page that can be closed. */
function page() {
  const listeners: Array<() => void> = [];
  return {
    onClose: (listener: () => void) => void listeners.push(listener),
    close: () => {
      for (const listener of listeners) listener();
    },
  };
}

function place(area: Area = memoryArea()) {
  const told = { shown: 0, isShown: true, open: true };
  const signing = createDeviceSigning({
    stored: cell(area, 'deviceJob', deviceJobRecord),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    isUnlocked: async () => told.open,
    show: async () => {
      told.shown += 1;
    },
    isShown: async () => told.isShown,
    changed: () => undefined,
  });
  const id = async () => (await signing.job())?.id ?? '';
  const deliver = async (answer: Hex) => signing.deliver(await id(), answer, async (job) => job.purpose);
  const state = async () => (await signing.job())?.state;
  return { area, signing, told, id, deliver, state };
}

describe('a signature of a device', () => {
  it.each([
    ['a transaction by EIP-1559', modern, () => signModern()],
    ['a legacy transaction', legacy, signLegacy],
    ['a transaction with an access list', withList(modern), () => signModern(owner, { accessList: ACCESS })],
    ['a transaction with one at one price (EIP-2930)', withList(legacy), signOld],
    ['a message', message, () => owner.signMessage({ message: { raw: MESSAGE } })],
    ['typed data by its hashes', typed, () => owner.sign({ hash: hashTypedData(TYPED) })],
  ] as const)('is taken if it is that of the account: %s', async (_, work, sign) => {
    const { signing, deliver, told, id, state } = place();
    await signing.begin(asked(work));
    expect(told.shown).toBe(1);
    const answer = await sign();
    expect(await deliver(answer)).toBe('site 1');
    expect(await state()).toEqual({ kind: 'signed', answer });
    await signing.leave(await id());
    expect(await signing.job()).toBeNull();
  });

  it.each([
    ['of somebody else', modern, () => signModern(thief)],
    ['of another amount', modern, () => signModern(owner, { value: 6n })],
    ['of another chain', modern, () => signModern(owner, { chainId: 1 })],
    ['with an access list that nobody asked for', modern, () => signModern(owner, { accessList: ACCESS })],
    ['without the access list that was asked for', withList(modern), () => signModern()],
    ['of the other kind', modern, signLegacy],
    ['of no transaction', modern, async (): Promise<Hex> => '0x02c0'],
    ['of nothing', modern, async (): Promise<Hex> => '0x'],
    ['of another message', message, () => owner.signMessage({ message: 'hallo' })],
    ['of the message by somebody else', message, () => thief.signMessage({ message: { raw: MESSAGE } })],
    ['of the message as typed data', typed, () => owner.sign({ hash: hashMessage('hello') })],
    ['of too many bytes', message, async (): Promise<Hex> => `0x${'11'.repeat(66)}`],
  ] as const)('is refused, and goes on waiting: %s', async (_, work, sign) => {
    const { signing, deliver, state } = place();
    await signing.begin(asked(work));
    await expect(sign().then(deliver)).rejects.toMatchObject({ code: 'device-misbehaved' });
    expect(await state()).toEqual({ kind: 'waiting' });
  });

  it('is checked in one turn: a service worker loads nothing after its start', async () => {
    const answer = await signModern();
    expect(checkAnswer(modern, answer, owner.address)).toBeUndefined();
    expect(() => checkAnswer(modern, answer, thief.address)).toThrow('device-misbehaved');
  });

  it('is taken once, only while the wallet is open, and only for what waits', async () => {
    const { signing, deliver, told } = place();
    await expect(deliver(await signModern())).rejects.toMatchObject({ code: 'request-gone' });
    await signing.begin(asked(modern));
    told.open = false;
    await expect(deliver(await signModern())).rejects.toMatchObject({ code: 'locked' });
    told.open = true;
    await deliver(await signModern());
    await expect(deliver(await signModern())).rejects.toMatchObject({ code: 'request-gone' });
  });

  it('still waits where what it is for has failed', async () => {
    const { signing, id, state } = place();
    await signing.begin(asked(modern));
    const failing = signing.deliver(await id(), await signModern(), () => Promise.reject(new Error('no node')));
    await expect(failing).rejects.toThrow('no node');
    expect(await state()).toEqual({ kind: 'waiting' });
  });

  it('is waited for, one at a time', async () => {
    const { signing, deliver } = place();
    const first = signing.sign(asked(message));
    await expect.poll(() => signing.job()).not.toBeNull();
    await expect(signing.begin(asked(modern, 'site 2'))).rejects.toMatchObject({ code: 'busy' });
    const answer = await owner.signMessage({ message: { raw: MESSAGE } });
    await deliver(answer);
    expect(await first).toBe(answer);
    // What has come to its end keeps nobody waiting.
    await signing.begin(asked(modern, 'site 2'));
    expect((await signing.job())?.purpose).toBe('site 2');
  });

  it('survives a background that is stopped, before the answer and after it', async () => {
    const before = place();
    before.signing.sign(asked(message)).catch(() => undefined);
    await expect.poll(() => before.signing.job()).not.toBeNull();
    const after = place(before.area);
    await after.signing.resume();
    const again = after.signing.sign(asked(message));
    const answer = await owner.signMessage({ message: { raw: MESSAGE } });
    await after.deliver(answer);
    expect(await again).toBe(answer);
    expect(await place(before.area).signing.sign(asked(message))).toBe(answer);
  });

  it('is refused by closing the page that holds it, with words of its own', async () => {
    const { signing, id } = place();
    const waiting = signing.sign(asked(message));
    await expect.poll(() => signing.job()).not.toBeNull();
    const [one, other] = [page(), page()];
    signing.hold(await id(), one);
    signing.hold(await id(), other);
    one.close();
    expect((await signing.job())?.state).toEqual({ kind: 'waiting' });
    other.close();
    await expect(waiting).rejects.toMatchObject({ code: 'device-page-closed' });
  });

  it('is refused where the page was closed while nobody listened', async () => {
    const { signing, told, state } = place();
    await signing.begin(asked(message));
    told.isShown = false;
    await signing.resume();
    expect(await state()).toEqual({ kind: 'refused', code: 'device-page-closed' });
  });

  it('is not left while it waits, and refused by a person it says so', async () => {
    const { signing, id } = place();
    const waiting = signing.sign(asked(message));
    await expect.poll(() => signing.job()).not.toBeNull();
    await signing.leave(await id());
    expect(await signing.job()).not.toBeNull();
    await signing.refuse(await id(), 'device-cancelled');
    await expect(waiting).rejects.toMatchObject({ code: 'device-cancelled' });
  });
});
