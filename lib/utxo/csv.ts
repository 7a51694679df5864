/** A history as other programs read it (RFC 4180). */
import type { HistoryItem } from '@/lib/bus/utxo/shapes';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { coinText } from './request';

const HEAD = ['time', 'txid', 'kind', 'state', 'height', 'amount', 'fee', 'unit', 'label', 'addresses'];

/**
 * Times are in UTC (ISO 8601), amounts in whole coins; below zero is paid, the fee included. `self`: from one's own addresses
 * to one's own, also of another account of the currency; where that receives what another device has sent, it is `received`.
 */
export function csvOf(coin: CoinId, items: readonly HistoryItem[]): string {
  const rows = items.map(({ atMs, txid, kind, state, height, net, fee, label, outputs }) => [
    atMs === null ? '' : new Date(atMs).toISOString(),
    txid,
    kind,
    state,
    height === null ? '' : String(height),
    signedText(BigInt(net)),
    fee === null ? '' : coinText(BigInt(fee)),
    COINS[coin].symbol,
    plain(label),
    outputs.flatMap(({ address }) => address ?? []).join(' '),
  ]);
  return [HEAD, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

const signedText = (amount: bigint): string => (amount < 0n ? `-${coinText(-amount)}` : coinText(amount));

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Spreadsheets take a text that begins so for a formula. */
const plain = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
