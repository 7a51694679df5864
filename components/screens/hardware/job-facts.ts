import { accountAt } from '@/components/screens/shared/own-accounts';
import { exactUnit, feeUnit } from '@/components/wallet/units';
import type { DeviceWork } from '@/lib/bus/hardware';
import type { DeviceJobView, Snapshot } from '@/lib/bus/snapshot';
import type { AccessList } from '@/lib/chains/types';
import type { HardwareAccount, HardwareSigner, HardwareTransaction } from '@/lib/hardware/types';
import { statedAmount } from '@/lib/i18n';
import { unitOf } from '../send/asset';
import type { JobFacts } from './JobScreen';

type Hex = `0x${string}`;
type Transaction = Extract<DeviceWork['work'], { kind: 'transaction' }>['transaction'];

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.slice(2).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** A message that is text, as text; others as they are. */
export function messageText(hex: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(hex));
  } catch {
    return hex;
  }
}

const highestFeeWei = ({ gas, price }: Transaction): bigint =>
  BigInt(gas) * BigInt(price.kind === 'legacy' ? price.gasPriceWei : price.maxFeePerGasWei);

export function factsOf(snapshot: Snapshot, job: DeviceJobView, { work, payment }: DeviceWork): JobFacts {
  const chainId = work.kind === 'transaction' ? work.transaction.chainId : work.chainId;
  const network = snapshot.networks.find((one) => one.chainId === chainId);
  const shared = {
    account: accountAt(snapshot, job.account)?.name ?? '',
    network: network?.name ?? String(chainId),
    ...{ amount: null, to: undefined, fee: null, dataBytes: 0, message: null, hashes: null },
  };
  if (work.kind === 'message') return { ...shared, message: messageText(work.message) };
  if (work.kind === 'typed-data') {
    const { domainHash, messageHash } = work;
    return { ...shared, hashes: { domainHash, messageHash } };
  }
  const { transaction } = work;
  const own = unitOf(snapshot, { chainId, token: null });
  const fee = payment === null ? highestFeeWei(transaction) : BigInt(payment.feeWei);
  const paid = payment ?? { to: transaction.to, token: null, valueWei: transaction.valueWei };
  const unit = unitOf(snapshot, { chainId, token: paid.token });
  return {
    ...shared,
    amount: statedAmount(BigInt(paid.valueWei), unit.symbol, exactUnit(unit.decimals)),
    to: paid.to,
    fee: statedAmount(fee, own.symbol, feeUnit(own.decimals)),
    dataBytes: bytesOf(transaction.data).length,
  };
}

function toHardware({ price, to, valueWei, data, gas, accessList: sent, ...rest }: Transaction): HardwareTransaction {
  const accessList = sent as AccessList | undefined;
  const shared = {
    ...rest,
    to: (to ?? undefined) as Hex | undefined,
    valueWei: BigInt(valueWei),
    data: data as Hex,
    gas: BigInt(gas),
  };
  if (price.kind === 'legacy') {
    const gasPriceWei = BigInt(price.gasPriceWei);
    if (accessList === undefined) return { ...shared, type: 'legacy', gasPriceWei };
    return { ...shared, type: 'eip2930', gasPriceWei, accessList };
  }
  return {
    ...shared,
    type: 'eip1559',
    maxFeePerGasWei: BigInt(price.maxFeePerGasWei),
    maxPriorityFeePerGasWei: BigInt(price.maxPriorityFeePerGasWei),
    accessList: accessList ?? [],
  };
}

/** @returns the raw transaction, or 65 bytes. @throws WalletError as the signer does */
export function signWork(signer: HardwareSigner, account: HardwareAccount, { work }: DeviceWork): Promise<Hex> {
  switch (work.kind) {
    case 'transaction':
      return signer.signTransaction(account, toHardware(work.transaction));
    case 'message':
      return signer.signMessage(account, bytesOf(work.message), work.chainId);
    case 'typed-data':
      return signer.signTypedData(
        account,
        { domainHash: bytesOf(work.domainHash), messageHash: bytesOf(work.messageHash), json: work.json },
        work.chainId,
      );
    default:
      return work satisfies never;
  }
}
