/** Up to the boundary of Trezor Connect: what it is asked, and what is made of its answers. No Trezor is behind it. */
import { hashDomain, hashStruct, parseTransaction, recoverAddress, toBytes } from 'viem';
import { describe, expect, it } from 'vitest';
import { asWalletError, type ErrorCode } from '@/lib/errors';
import { NOBODY } from '../person';
import { ACCOUNT, PATH, SOFTWARE } from '../testing/place';
import type { DevicePrompt, HardwareTransaction } from '../types';
import type { Connect } from './connect';
import { openTrezor } from './signer';

type Request = Parameters<Connect['call']>[0];
type Answer = (request: Request) => unknown;

const TO = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const OTHER = '0x6Fac4D18c912343BF86fa7049364Dd4E424Ab9C0';
const shared = { chainId: 1, nonce: 9, to: TO, valueWei: 5n, gas: 21_000n, data: '0x' } as const;
const legacy: HardwareTransaction = { ...shared, type: 'legacy', gasPriceWei: 20n };
const modern: HardwareTransaction = {
  ...shared,
  type: 'eip1559',
  data: '0xabcd',
  maxFeePerGasWei: 30n,
  maxPriorityFeePerGasWei: 1n,
  accessList: [{ address: TO, storageKeys: [`0x${'01'.repeat(32)}`] }],
};
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

/** As JSON has it. */
const SENT = { ...TYPED, domain: { name: 'Test', chainId: '1' } };

const softly = ({ type, gas, ...rest }: HardwareTransaction) => {
  const { chainId, nonce, to, valueWei: value, data } = rest;
  const fields = { chainId, nonce, to, value, data, gas };
  if (type === 'eip1559' && 'accessList' in rest && 'maxFeePerGasWei' in rest) {
    const { maxFeePerGasWei: maxFeePerGas, maxPriorityFeePerGasWei: maxPriorityFeePerGas, accessList } = rest;
    return SOFTWARE.signTransaction({ ...fields, type, maxFeePerGas, maxPriorityFeePerGas, accessList });
  }
  return SOFTWARE.signTransaction({ ...fields, type: 'legacy', gasPrice: 20n });
};

const good = (payload: unknown) => ({ success: true, payload });
const bad = (code: string, message = '') => ({ success: false, error: { code, message } });

/** Answers as a Trezor with the account's key would, unless `other` has something to say. */
function open(other: Partial<Record<string, Answer>> = {}) {
  const asked: Request[] = [];
  const prompts: DevicePrompt[] = [];
  let cancelled = 0;
  const answers: Partial<Record<string, Answer>> = {
    ethereumGetAddress: ({ bundle }) =>
      good(Array.isArray(bundle) ? bundle.map(() => ({ address: SOFTWARE.address })) : { address: SOFTWARE.address }),
    ethereumSignTransaction: async ({ transaction }) => {
      const isLegacy = 'gasPrice' in (transaction as object);
      const { r, s, v, yParity } = parseTransaction(await softly(isLegacy ? legacy : modern));
      return good({ r, s, v: isLegacy ? `0x${v?.toString(16)}` : `0x${yParity}`, serializedTx: '0x' });
    },
    ethereumSignMessage: async ({ message }) =>
      good({ address: '', signature: (await SOFTWARE.signMessage({ message: { raw: `0x${message}` } })).slice(2) }),
    ethereumSignTypedData: async () => good({ address: '', signature: await SOFTWARE.signTypedData(TYPED) }),
    ...other,
  };
  const connect: Connect = {
    call: async (request) => {
      asked.push(request);
      return answers[request.method]?.(request);
    },
    cancel: () => {
      cancelled += 1;
    },
  };
  const person = { ...NOBODY, onPrompt: (prompt: DevicePrompt) => void prompts.push(prompt) };
  return { signer: openTrezor({ connect, person }), asked, prompts, cancelled: () => cancelled };
}

const codeOf = (work: Promise<unknown>): Promise<ErrorCode | 'nothing'> =>
  work.then(
    () => 'nothing',
    (error: unknown) => asWalletError(error).code,
  );

const typedData = () => ({
  domainHash: toBytes(hashDomain({ domain: TYPED.domain, types: { EIP712Domain: [...TYPED.types.EIP712Domain] } })),
  messageHash: toBytes(
    hashStruct({ data: TYPED.message, primaryType: 'Mail', types: { Mail: [...TYPED.types.Mail] } }),
  ),
  json: JSON.stringify(SENT),
});

describe('a Trezor behind Trezor Connect', () => {
  it('gives addresses, many in one question, and shows one', async () => {
    const { signer, asked, prompts } = open();
    expect(await signer.getAddresses([PATH, PATH])).toEqual([SOFTWARE.address, SOFTWARE.address]);
    expect(await signer.getAddress(PATH, 'on-device')).toBe(SOFTWARE.address);
    expect(asked).toEqual([
      {
        method: 'ethereumGetAddress',
        bundle: [
          { path: PATH, showOnTrezor: false },
          { path: PATH, showOnTrezor: false },
        ],
      },
      { method: 'ethereumGetAddress', path: PATH, showOnTrezor: true },
    ]);
    expect(prompts).toEqual(['suite', 'none', 'suite', 'none']);
  });

  it('signs what was asked, byte for byte', async () => {
    const { signer, asked } = open();
    for (const transaction of [legacy, modern])
      expect(await signer.signTransaction(ACCOUNT, transaction)).toBe(await softly(transaction));
    expect(asked[3]?.transaction).toEqual({
      chainId: 1,
      to: TO,
      data: '0xabcd',
      nonce: '0x9',
      value: '0x5',
      gasLimit: '0x5208',
      maxFeePerGas: '0x1e',
      maxPriorityFeePerGas: '0x1',
      accessList: [{ address: TO, storageKeys: [`0x${'01'.repeat(32)}`] }],
    });
  });

  it('signs messages, and typed data by tree and by hashes', async () => {
    const { signer, asked } = open();
    const message = toBytes('hello from outside');
    expect(await signer.signMessage(ACCOUNT, message, 1)).toBe(
      await SOFTWARE.signMessage({ message: { raw: message } }),
    );
    const signature = await signer.signTypedData(ACCOUNT, typedData(), 1);
    expect(signature).toBe(await SOFTWARE.signTypedData(TYPED));
    expect(asked.at(-1)).toMatchObject({ data: SENT, metamask_v4_compat: true });
    const hash = `0x${'00'.repeat(32)}` as const;
    expect(await recoverAddress({ hash, signature })).not.toBe(SOFTWARE.address);
  });

  it('is asked for no signature while another wallet is open', async () => {
    const { signer, asked } = open({ ethereumGetAddress: () => good({ address: OTHER }) });
    await expect(signer.signTransaction(ACCOUNT, modern)).rejects.toMatchObject({
      code: 'device-wrong-wallet',
      details: { expectedAddress: SOFTWARE.address, actualAddress: OTHER },
    });
    expect(asked.map(({ method }) => method)).toEqual(['ethereumGetAddress']);
  });

  it('is not asked for what it has no message for', async () => {
    const { signer, asked } = open();
    const old = { ...shared, type: 'eip2930', gasPriceWei: 1n, accessList: [] } as const;
    expect(await codeOf(signer.signTransaction(ACCOUNT, old))).toBe('device-unsupported');
    expect(asked).toEqual([]);
  });

  it.each<[what: string, answer: Answer]>([
    ['a signature of somebody else', () => good({ v: '0x1', r: `0x${'11'.repeat(32)}`, s: `0x${'22'.repeat(32)}` })],
    ['a short signature', () => good({ v: '0x1', r: '0x11', s: '0x22' })],
    ['an impossible parity', () => good({ v: '0x7', r: `0x${'11'.repeat(32)}`, s: `0x${'22'.repeat(32)}` })],
  ])('gives %s, which is thrown away', async (_, answer) => {
    const { signer } = open({ ethereumSignTransaction: answer });
    expect(await codeOf(signer.signTransaction(ACCOUNT, modern))).toBe('device-misbehaved');
  });

  it.each<[what: string, answer: unknown]>([
    ['nothing', undefined],
    ['no object', 'yes'],
    ['another shape', good({ addresses: [] })],
    ['no address', good({ address: '0x12' })],
    ['an endless text', good({ address: 'x'.repeat(100_000) })],
  ])('says %s, which makes no sense', async (_, answer) => {
    const { signer } = open({ ethereumGetAddress: () => answer });
    expect(await codeOf(signer.getAddress(PATH, 'not'))).toBe('device-garbled');
  });

  it.each<[code: string, text: string, ours: ErrorCode]>([
    ['Method_Cancel', '', 'device-cancelled'],
    ['Method_PermissionsNotGranted', '', 'device-cancelled'],
    ['Failure_ActionCancelled', '', 'device-cancelled'],
    ['Method_Interrupted', '', 'device-page-closed'],
    ['Failure_UnknownCode', 'Popup closed', 'device-page-closed'],
    ['Failure_UnknownCode', 'handshake failed', 'device-no-suite'],
    ['Failure_PinInvalid', '', 'device-pin-wrong'],
    ['Device_Disconnected', '', 'device-disconnected'],
    ['Device_UsedElsewhere', '', 'device-in-use'],
    ['Failure_ProcessError', 'whatever it says', 'device-refused'],
  ])('says %s %s', async (code, text, ours) => {
    const { signer } = open({ ethereumGetAddress: () => bad(code, text) });
    expect(await codeOf(signer.getAddress(PATH, 'not'))).toBe(ours);
  });

  it('is left by the person at any time, whatever Suite does', async () => {
    const { signer, cancelled } = open({ ethereumSignMessage: () => new Promise(() => undefined) });
    const signing = codeOf(signer.signMessage(ACCOUNT, toBytes('x'), 1));
    expect(await codeOf(signer.getAddress(PATH, 'not'))).toBe('busy');
    await signer.cancel();
    expect(await signing).toBe('device-cancelled');
    expect(cancelled()).toBe(1);
    expect(await codeOf(signer.getAddress(PATH, 'not'))).toBe('nothing');
  });
});
