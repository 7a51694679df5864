import type { Address } from '@/lib/chains/types';
import { asWalletError, WalletError } from '@/lib/errors';
import type { DeviceFacts, OneKeySigner } from '../types';
import * as messages from '../wire/messages';
import { encode } from '../wire/schema';
import { addressAt, type EthereumCalls, signMessage, signTransaction, signTypedData } from './ethereum';
import { identify, knowsOwnNumbers } from './identify';
import { openSession, type Session, type SessionTools } from './session';

/** It goes through the whole flash. */
const HASH_MS = 30_000;
const HASH_BYTES = 32;

/** With a door for the calls of further chains, so that their code is loaded only where it is wanted. */
export interface OneKey extends OneKeySigner {
  /** Runs alone and from a clean start, as every method does. */
  converse<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
}

/**
 * A OneKey Mini behind a link. Nothing is asked of it before the first call.
 * Every method throws WalletError: `busy` while another call runs, `device-bootloader`, `device-empty`,
 * `device-unsupported`, `device-cancelled`, `device-pin-wrong`, `device-refused`, `device-wrong-wallet`,
 * `device-misbehaved`, `device-silent`, `device-garbled`, `device-disconnected`.
 */
export function openOneKey(tools: SessionTools): OneKey {
  const session = openSession(tools);
  let running = false;
  let ownNumbers = true;

  /** A call at a time, and each from a clean start. */
  const alone = async <Result>(work: (facts: DeviceFacts) => Promise<Result>): Promise<Result> => {
    if (running) throw new WalletError('busy');
    running = true;
    try {
      return await work(identify(await session.begin()));
    } catch (error) {
      throw asWalletError(error);
    } finally {
      running = false;
    }
  };

  const onEthereum = <Result>(work: (calls: EthereumCalls) => Promise<Result>): Promise<Result> =>
    alone(async ({ version }) => {
      const trezor = { session, types: messages.TREZOR_ETHEREUM };
      if (!ownNumbers || !knowsOwnNumbers(version)) return work(trezor);
      try {
        return await work({ session, types: messages.ONEKEY_ETHEREUM });
      } catch (error) {
        const { code, details } = asWalletError(error);
        if (code !== 'device-unsupported' || details.reason !== undefined) throw error;
        ownNumbers = false;
        return work(trezor);
      }
    });

  return {
    facts: () => alone(async (facts) => facts),
    getAddress: (path, shown) => onEthereum((calls) => addressAt(calls, path, shown)),
    getAddresses: (paths) =>
      onEthereum(async (calls) => {
        const addresses: Address[] = [];
        for (const path of paths) addresses.push(await addressAt(calls, path, 'not'));
        return addresses;
      }),
    signTransaction: (account, transaction) => onEthereum((calls) => signTransaction(calls, account, transaction)),
    signMessage: (account, message, chainId) =>
      onEthereum((calls) => signMessage(calls, account, message, BigInt(chainId))),
    signTypedData: (account, data, chainId) =>
      onEthereum((calls) => signTypedData(calls, account, data, BigInt(chainId))),
    firmwareHash: (challenge) =>
      alone(async () => {
        const request = {
          type: messages.TYPE.getFirmwareHash,
          payload: encode(messages.getFirmwareHash, { challenge }),
        };
        const wanted = { type: messages.TYPE.firmwareHash, shape: messages.firmwareHash, answerMs: HASH_MS };
        const { hash } = await session.call(request, wanted);
        if (hash?.length !== HASH_BYTES) throw new WalletError('device-garbled');
        return hash;
      }),
    converse: (work) => alone(() => work(session)),
    cancel: () => session.cancel(),
    close: () => session.close(),
  };
}
