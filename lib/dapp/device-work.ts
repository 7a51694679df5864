/** What a device is asked for a site: what it shows of it, and what it signs. */
import { typedDataHashes } from '@/lib/chains/evm/digest';
import { WalletError } from '@/lib/errors';
import type { Asked } from './asked';
import { checkTypedData } from './review/check-typed-data';

type Hex = `0x${string}`;

type SiteWork =
  | { readonly kind: 'message'; readonly message: Hex; readonly chainId: number }
  | {
      readonly kind: 'typed-data';
      readonly domainHash: Hex;
      readonly messageHash: Hex;
      readonly json: string;
      readonly chainId: number;
    };

const unsupported = (): WalletError => new WalletError('device-unsupported', { reason: 'typed-data' });

/** @throws WalletError `device-unsupported` (reason `typed-data`) for the first kind of typed data, and a domain alone */
export function deviceWorkOf(asked: Asked): SiteWork {
  if (asked.kind === 'message') return { kind: 'message', message: asked.message, chainId: asked.chainId };
  if (asked.kind !== 'typed-data' || asked.version === 'v1') throw unsupported();
  const data = checkTypedData(asked.data, asked.chainId);
  const hashes = typedDataHashes(data);
  if (hashes === null) throw unsupported();
  return { kind: 'typed-data', ...hashes, json: JSON.stringify(data), chainId: asked.chainId };
}
