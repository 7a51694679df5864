import { expect, test } from 'vitest';
import { emptyDraft, keptDraft } from './draft';

const FROM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const OTHER = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const form = { ...emptyDraft(null), to: 'mira.eth', amount: '0.2' };
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const usdc = {
  chainId: 8453,
  address: USDC,
  symbol: 'USDC',
  name: 'USD Coin',
  decimals: 6,
  listed: true,
  hidden: true,
};

/** A wallet with one account that looks at a network, and what was kept. */
function snapshotOf(kept: { chainId: number; from: string } | null, type: 'phrase' | 'watch' = 'phrase') {
  const at = { walletId: 'A'.repeat(22), index: 0 };
  const account = { ...at, name: 'Account 1', address: FROM, balance: null };
  return {
    sendDraft: kept && { of: kept, form },
    network: {
      ...{ chainId: 8453, name: 'Base', symbol: 'ETH', decimals: 18, explorerUrl: null, test: false },
      ...{ custom: false, hidden: false, rpcUrl: 'https://node.example', replacedRpcUrl: null },
    },
    tokens: [usdc],
    balances: [],
    wallets: [{ id: at.walletId, type, name: '', accounts: [account] }],
    selected: at,
  };
}

test('what was typed is there again, whatever the spelling of the address', () => {
  expect(keptDraft(snapshotOf({ chainId: 8453, from: FROM }))).toEqual(form);
  expect(keptDraft(snapshotOf({ chainId: 8453, from: FROM.toLowerCase() }))).toEqual(form);
});

test('but not for another account, another network, or one that cannot send', () => {
  expect(keptDraft(snapshotOf({ chainId: 8453, from: OTHER }))).toBeNull();
  expect(keptDraft(snapshotOf({ chainId: 1, from: FROM }))).toBeNull();
  expect(keptDraft(snapshotOf({ chainId: 8453, from: FROM }, 'watch'))).toBeNull();
  expect(keptDraft(snapshotOf(null))).toBeNull();
});

test('of a token that was hidden meanwhile it is still there, of one that is gone it is not', () => {
  const snapshot = snapshotOf({ chainId: 8453, from: FROM });
  const ofToken = (token: string) => ({ of: { chainId: 8453, from: FROM }, form: { ...form, token } });
  expect(keptDraft({ ...snapshot, sendDraft: ofToken(USDC) })).toEqual({ ...form, token: USDC });
  expect(keptDraft({ ...snapshot, sendDraft: ofToken(OTHER) })).toBeNull();
});
