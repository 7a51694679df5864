/** A genuine Trezor, by way of Trezor Suite: PIN, passphrase and screens are Suite's; every answer is checked here. */
import { getAddress, hashMessage, isAddress, toHex } from 'viem';
import * as z from 'zod/mini';
import { fromHex } from '@/lib/bytes';
import type { Address } from '@/lib/chains/types';
import { asWalletError, WalletError } from '@/lib/errors';
import { checkAddress, checkedSignature, signedTransaction, typedDataHash } from '../answers';
import type { HardwareAccount, HardwareSigner, HardwareTransaction, Person, Shown } from '../types';
import { askSuite, type Connect } from './connect';

const hex = z.string().check(z.maxLength(200), z.regex(/^(0x)?([0-9a-fA-F]{2})*$/));
const addressSchema = z.object({ address: z.string().check(z.maxLength(64)) });
const addressesSchema = z.array(addressSchema).check(z.maxLength(100));
const signatureSchema = z.object({ signature: hex });
const quantity = z.string().check(z.maxLength(32), z.regex(/^0x[0-9a-fA-F]+$/));
const partsSchema = z.object({ v: quantity, r: hex, s: hex });

export interface SuiteTools {
  readonly connect: Connect;
  readonly person: Pick<Person, 'onPrompt'>;
}

/**
 * Nothing is opened before the first call. Every method throws WalletError: `busy` while another call runs, what
 * `askSuite` throws, `device-unsupported`, `device-wrong-wallet`, `device-misbehaved`.
 */
export function openTrezor({ connect, person }: SuiteTools): HardwareSigner {
  let stop: ((why: WalletError) => void) | undefined;

  /** Whatever Suite does, the person at this page can end it. */
  const alone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (stop !== undefined) throw new WalletError('busy');
    const stopped = new Promise<never>((_, reject) => {
      stop = reject;
    });
    person.onPrompt('suite');
    try {
      return await Promise.race([work(), stopped]);
    } catch (error) {
      throw asWalletError(error);
    } finally {
      stop = undefined;
      person.onPrompt('none');
    }
  };
  /** Another passphrase opens another wallet, so this stands before every signature. */
  const forAccount = <Result>(account: HardwareAccount, work: () => Promise<Result>): Promise<Result> =>
    alone(async () => {
      checkAddress(account, await addressAt(connect, account.path, 'not'));
      return work();
    });

  return {
    getAddress: (path, shown) => alone(() => addressAt(connect, path, shown)),
    getAddresses: (paths) =>
      alone(async () => {
        const bundle = paths.map((path) => ({ path: [...path], showOnTrezor: false }));
        const answers = await askSuite(connect, { method: 'ethereumGetAddress', bundle }, addressesSchema);
        if (answers.length !== paths.length) throw new WalletError('device-garbled');
        return answers.map(checksummed);
      }),
    signTransaction: async (account, transaction) => {
      const asked = toConnect(transaction);
      return forAccount(account, async () => {
        const request = { method: 'ethereumSignTransaction', path: [...account.path], transaction: asked };
        const { v, r, s } = await askSuite(connect, request, partsSchema);
        return signedTransaction(account, transaction, { v: BigInt(v), r: bytesOf(r), s: bytesOf(s) });
      });
    },
    signMessage: (account, message) =>
      forAccount(account, async () => {
        const asked = { path: [...account.path], message: toHex(message).slice(2), hex: true };
        const { signature } = await askSuite(connect, { method: 'ethereumSignMessage', ...asked }, signatureSchema);
        return checkedSignature(account, hashMessage({ raw: message }), bytesOf(signature));
      }),
    signTypedData: (account, typed) =>
      forAccount(account, async () => {
        const asked = {
          path: [...account.path],
          data: JSON.parse(typed.json),
          metamask_v4_compat: true,
          // For those that do not hash by themselves.
          domain_separator_hash: toHex(typed.domainHash),
          message_hash: toHex(typed.messageHash),
        };
        const { signature } = await askSuite(connect, { method: 'ethereumSignTypedData', ...asked }, signatureSchema);
        return checkedSignature(account, typedDataHash(typed), bytesOf(signature));
      }),
    cancel: async () => {
      if (stop === undefined) return;
      connect.cancel();
      stop(new WalletError('device-cancelled'));
    },
    close: async () => undefined,
  };
}

const bytesOf = (text: string): Uint8Array => fromHex(text.replace(/^0x/, ''));

async function addressAt(connect: Connect, path: readonly number[], shown: Shown): Promise<Address> {
  const asked = { path: [...path], showOnTrezor: shown === 'on-device' };
  return checksummed(await askSuite(connect, { method: 'ethereumGetAddress', ...asked }, addressSchema));
}

function checksummed({ address }: { readonly address: string }): Address {
  if (!isAddress(address, { strict: false })) throw new WalletError('device-garbled');
  return getAddress(address);
}

/** @throws WalletError `device-unsupported`: its firmware has no message for EIP-2930 */
function toConnect(transaction: HardwareTransaction): Readonly<Record<string, unknown>> {
  if (transaction.type === 'eip2930') throw new WalletError('device-unsupported', { reason: 'eip2930' });
  const { chainId, nonce, to = null, valueWei, data, gas } = transaction;
  const shared = { chainId, to, data, nonce: toHex(nonce), value: toHex(valueWei), gasLimit: toHex(gas) };
  if (transaction.type === 'legacy') return { ...shared, gasPrice: toHex(transaction.gasPriceWei) };
  return {
    ...shared,
    maxFeePerGas: toHex(transaction.maxFeePerGasWei),
    maxPriorityFeePerGas: toHex(transaction.maxPriorityFeePerGasWei),
    accessList: transaction.accessList,
  };
}
