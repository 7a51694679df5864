/** What a page is told of a device's work, and what it hands in. */
import './jitless';
import { z } from 'zod';
import { accountRef, deviceKind, weiText } from './snapshot';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const bytes = z.string().regex(/^0x([0-9a-fA-F]{2})*$/);
const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const chainId = z.int().min(1);
/** Entries of an access list, and keys of an entry: more than any device takes. */
const MOST_KEYS = 100;
/** Of typed data, in UTF-16 units. */
const MOST_JSON = 600_000;

const transaction = z.strictObject({
  chainId,
  nonce: z.int().min(0),
  to: address.nullable(),
  valueWei: weiText,
  data: bytes,
  gas: weiText,
  price: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('eip1559'), maxFeePerGasWei: weiText, maxPriorityFeePerGasWei: weiText }),
    z.strictObject({ kind: z.literal('legacy'), gasPriceWei: weiText }),
  ]),
  accessList: z
    .array(z.strictObject({ address, storageKeys: z.array(hash).max(MOST_KEYS).readonly() }))
    .max(MOST_KEYS)
    .readonly()
    .exactOptional(),
});

/** All of a job, for the page that asks the device. */
export const deviceWork = z.strictObject({
  address,
  work: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('transaction'), transaction }),
    z.strictObject({ kind: z.literal('message'), message: bytes, chainId }),
    z.strictObject({
      kind: z.literal('typed-data'),
      domainHash: hash,
      messageHash: hash,
      json: z.string().max(MOST_JSON),
      chainId,
    }),
  ]),
  /** A payment of this wallet: who gets how much of what (in its smallest unit), and the highest fee. */
  payment: z.strictObject({ to: address, token: address.nullable(), valueWei: weiText, feeWei: weiText }).nullable(),
});
export type DeviceWork = z.infer<typeof deviceWork>;

const id = z.string().max(64);
/** Longer than any transaction that a device takes. */
const MOST_ANSWER = 400_000;

/** Messages about hardware wallets, from the page that holds the device. */
export const hardwareTable = {
  /** Accounts that a device has shown. Refused: `device-unlock-needed`, `wallet-duplicate` with a type as reason. */
  'hardware.add': {
    input: z.strictObject({
      device: z.strictObject({ kind: deviceKind, first: address }),
      accounts: z
        .array(z.strictObject({ index: accountRef.shape.index, address }))
        .min(1)
        .max(100),
    }),
    output: accountRef,
  },
  /** @throws `request-gone` */
  'hardware.work': { input: z.strictObject({ id }), output: deviceWork },
  /**
   * What the device has signed: a raw transaction, or 65 bytes. A payment of this wallet is sent at once.
   * @throws `request-gone`, `device-misbehaved`, `transaction-refused`
   */
  'hardware.deliver': {
    input: z.strictObject({ id, answer: bytes.max(MOST_ANSWER) }),
    output: z.strictObject({ hash: hash.nullable() }),
  },
  /** By the person who sits before the page. */
  'hardware.refuse': { input: z.strictObject({ id }), output: z.strictObject({}) },
  /** What has come to its end was read. */
  'hardware.leave': { input: z.strictObject({ id }), output: z.strictObject({}) },
  /** Shows the page that asks the device. */
  'hardware.show': { input: z.strictObject({}), output: z.strictObject({}) },
} as const;

/** A page that shows a job holds a line of this name and the job's id: closing the page refuses the job. */
export const DEVICE_PORT = 'device.';
