/** Does what a user has confirmed. Repeating it does nothing twice: what is signed was fixed before the confirmation. */

import { WalletError } from '@/lib/errors';
import { grantedByCall, grantedBySignature } from './allowances/granted';
import type { AskedOf } from './asked';
import { noteBatch, PartlySent, sentOf } from './batches';
import { permissionsOf } from './direct-methods';
import type { StoredRequest, Work } from './requests';
import { checkTypedData } from './review/check-typed-data';
import { allowedAccounts } from './site-state';
import type { DappDeps } from './types';

/** @returns what the site is answered. @throws WalletError, RpcError, PartlySent */
export async function carryOut(deps: DappDeps, request: StoredRequest): Promise<unknown> {
  const { asked, confirmed, from } = request;
  if (confirmed === null) throw new Error('not confirmed');
  switch (asked.kind) {
    case 'connect':
      await deps.sites.connect(from.origin, confirmed.accounts);
      if (asked.how === 'permissions') return permissionsOf(deps, from.origin);
      return (await allowedAccounts(deps, from.origin)).map(({ address }) => address.toLowerCase());
    case 'transaction':
      return sendAll(deps, request, asked, confirmed.work);
    case 'message':
    case 'typed-data':
      if (confirmed.work.kind !== 'signature') throw new Error('no digest');
      return signed(deps, request, asked, confirmed.work.digest);
    case 'switch-chain':
      await deps.sites.setChain(from.origin, asked.chainId);
      return null;
    case 'add-chain': {
      const { kind: _, ...chain } = asked;
      if (!(await deps.chains.isKnown(chain.chainId))) await deps.chains.add(chain);
      await deps.sites.setChain(from.origin, chain.chainId);
      return null;
    }
    case 'watch-asset':
      await deps.chains.addToken(asked.chainId, asked.address);
      return true;
    default:
      return asked satisfies never;
  }
}

async function signed(
  { wallet, grants }: DappDeps,
  request: StoredRequest,
  asked: AskedOf<'message' | 'typed-data'>,
  digest: `0x${string}`,
): Promise<unknown> {
  const signature = await wallet.signDigest(asked.at, digest, request);
  if (asked.kind === 'typed-data' && asked.version !== 'v1') {
    const { chainId, account, data } = asked;
    await grants.note(
      request.from.origin,
      grantedBySignature({ chainId, owner: account }, checkTypedData(data, chainId)),
    );
  }
  return signature;
}

async function sendAll(
  deps: DappDeps,
  request: StoredRequest,
  asked: AskedOf<'transaction'>,
  work: Work,
): Promise<unknown> {
  if (work.kind !== 'transactions') throw new Error('no transactions');
  const { batch } = asked;
  if (batch === null) return sendOne(deps, request, asked, work, 0);
  const sent = [...(await sentOf(deps, request.key))];
  for (let place = sent.length; place < work.transactions.length; place += 1) {
    try {
      sent.push(await sendOne(deps, request, asked, work, place));
    } catch (error) {
      // A wallet that was locked meanwhile goes on once it is open.
      const isLocked = error instanceof WalletError && error.code === 'locked';
      throw sent.length > 0 && !isLocked ? new PartlySent({ id: batch }, error) : error;
    }
    const { origin } = request.from;
    const calls = work.transactions.length;
    const noted = { origin, id: batch, request: request.key, chainId: asked.chainId, hashes: [...sent], calls };
    await noteBatch(deps, noted);
  }
  return { id: batch };
}

/** @returns its hash */
async function sendOne(
  { wallet, grants }: DappDeps,
  { key, from }: StoredRequest,
  { at, account, chainId }: AskedOf<'transaction'>,
  { transactions, feeWei }: Extract<Work, { readonly kind: 'transactions' }>,
  place: number,
): Promise<`0x${string}`> {
  const transaction = transactions[place];
  if (transaction === undefined) throw new Error('no such transaction');
  const hash = await wallet.send({ at, address: account }, transaction, feeWei[place] ?? '0', `${key} ${place}`);
  await grants.note(from.origin, grantedByCall({ chainId, owner: account }, transaction));
  return hash;
}
