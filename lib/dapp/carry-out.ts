/** Does what a user has confirmed. Repeating it does nothing twice: what is signed was fixed before the confirmation. */

import { grantedByCall, grantedBySignature } from './allowances/granted';
import type { AskedOf } from './asked';
import { noteBatch, sentOf } from './batches';
import { permissionsOf } from './direct-methods';
import type { StoredRequest, Work } from './requests';
import { checkTypedData } from './review/check-typed-data';
import { allowedAccounts } from './site-state';
import type { DappDeps } from './types';

/** @returns what the site is answered. @throws WalletError, RpcError */
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
  { key, from: { origin } }: StoredRequest,
  { at, account, chainId, batch }: AskedOf<'transaction'>,
  work: Work,
): Promise<unknown> {
  if (work.kind !== 'transactions') throw new Error('no transactions');
  const hashes = batch === null ? [] : [...(await sentOf(deps, key))];
  for (const [place, transaction] of work.transactions.entries()) {
    if (place < hashes.length) continue;
    hashes.push(
      await deps.wallet.send({ at, address: account }, transaction, work.feeWei[place] ?? '0', `${key} ${place}`),
    );
    await deps.grants.note(origin, grantedByCall({ chainId, owner: account }, transaction));
    if (batch !== null)
      await noteBatch(deps, {
        origin,
        id: batch,
        request: key,
        chainId,
        hashes: [...hashes],
        calls: work.transactions.length,
      });
  }
  return batch === null ? hashes[0] : { id: batch };
}
