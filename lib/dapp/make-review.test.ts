import { getAddress, keccak256, parseSignature, parseTransaction, verifyMessage, verifyTypedData } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReviewWish } from '@/lib/bus/dapp';
import type { Review } from '@/lib/bus/review';
import { review as reviewSchema } from '@/lib/bus/review';
import { activityRecord, createActivity } from '@/lib/chains/activity';
import { serialize } from '@/lib/chains/evm/serialize';
import { createRegistry } from '@/lib/chains/registry';
import { sendOnce } from '@/lib/chains/send-once';
import type { ChainAdapter } from '@/lib/chains/types';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import type { Asked } from './asked';
import { makeReview, type ReviewDeps } from './make-review';
import { createRequests, requestsRecord, type Work } from './requests';
import { createSurroundings } from './review/surroundings';

/** The third development account of the node. */
const signer = privateKeyToAccount('0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a');
const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const AT = { walletId: 'A'.repeat(22), index: 0 };
const PLAIN: ReviewWish = { fee: null, allowance: null };

let chain: LocalChain;
let adapter: ChainAdapter;
let deps: ReviewDeps;
let shown: { digest: string; work: Work }[];

beforeAll(async () => {
  chain = await startLocalChain();
  const known = { chainId: chain.chainId, name: 'Local', symbol: 'ETH', decimals: 18, rpcUrl: chain.rpcUrl } as const;
  adapter = await createRegistry(async () => [{ ...known, multicall: null, rollup: 'none' }], fetch).get(chain.chainId);
});
afterAll(() => chain.stop());

beforeEach(() => {
  shown = [];
  const network = { chainId: chain.chainId, name: 'Local', symbol: 'ETH', decimals: 18 };
  deps = {
    requests: createRequests(cell(memoryArea(), 'requests', requestsRecord)),
    show: async (_, digest, work) => void shown.push({ digest, work }),
    chainOf: async () => adapter,
    networkOf: async () => network,
    aroundOf: async () =>
      createSurroundings({
        ...{ chain: network, node: adapter.request, adapter },
        ...{ tokens: [], own: [], contacts: [], sentTo: [] },
      }),
    tokenOf: async () => {
      throw new Error('no token');
    },
    nextNonce: async () => 0,
    readPhishing: async () => (host) => host === 'steals.example',
    describe: async () => null,
    now: () => 1_700_000_000_000,
  };
});

/** What is shown of a request, and what would be done. */
async function reviewed(asked: Asked, wish = PLAIN, origin = 'https://a.example') {
  const from = { origin, topOrigin: null, tabId: 1, frameId: 0, documentId: 'd' };
  const key = `d ${shown.length}`;
  await deps.requests.add({ key, id: '1', from, asked, atMs: 0, shown: null, confirmed: null, answer: null });
  const review = reviewSchema.parse(await makeReview(deps, key, wish)) as Review;
  const last = shown.at(-1);
  if (!last) throw new Error('nothing was noted');
  expect(last.digest).toBe(review.digest);
  return { review, work: last.work };
}

const account = signer.address;

const transaction = (call: object): Asked => ({
  kind: 'transaction',
  account,
  at: AT,
  chainId: chain.chainId,
  calls: [{ from: account, ...call }],
  batch: null,
});

describe('a review notes exactly what would be signed:', () => {
  it('of a message', async () => {
    const { review, work } = await reviewed({
      kind: 'message',
      account,
      at: AT,
      chainId: chain.chainId,
      message: '0x6869',
    });
    expect(review).toMatchObject({ kind: 'message', text: 'hi', account });
    if (work.kind !== 'signature') throw new Error('no digest');
    const signature = await signer.sign({ hash: work.digest });
    expect(await verifyMessage({ address: account, message: 'hi', signature })).toBe(true);
  });

  it('of typed data', async () => {
    const data = {
      types: { EIP712Domain: [{ name: 'name', type: 'string' }], Note: [{ name: 'count', type: 'uint256' }] },
      primaryType: 'Note',
      domain: { name: 'Notes' },
      message: { count: '0x10' },
    } as const;
    const { review, work } = await reviewed({
      kind: 'typed-data',
      account,
      at: AT,
      chainId: chain.chainId,
      version: 'v4',
      data,
    });
    expect(review).toMatchObject({ kind: 'typed-data', primaryType: 'Note', rows: [{ name: 'count', value: '16' }] });
    if (work.kind !== 'signature') throw new Error('no digest');
    const signature = await signer.sign({ hash: work.digest });
    expect(await verifyTypedData({ ...data, message: { count: 16n }, address: account, signature })).toBe(true);
  });

  it('of a transaction, which arrives, once, however often it is sent', async () => {
    const { review, work } = await reviewed(transaction({ to: MIRA, value: '0x2386f26fc10000' }), {
      ...PLAIN,
      fee: 'fast',
    });
    if (review.kind !== 'transaction' || work.kind !== 'transactions') throw new Error('no transaction');
    expect(review.deeds).toMatchObject([{ kind: 'send', amount: { units: '10000000000000000' } }]);
    expect(review.fees).toMatchObject({ chosen: 'fast', feeWei: work.feeWei[0], tooLittle: false });
    const [unsigned] = work.transactions;
    if (!unsigned) throw new Error('no transaction');
    expect(unsigned).toMatchObject({ to: MIRA, valueWei: 10n ** 16n, gas: 21_000n });
    const stored = cell(memoryArea(), 'activity', activityRecord);
    const activity = createActivity(stored, async () => adapter, Date.now);
    const sign = async () => {
      const digest = keccak256(serialize(unsigned));
      const { r, s, yParity } = parseSignature(await signer.sign({ hash: digest }));
      const raw = serialize(unsigned, { r, s, yParity });
      return { raw, hash: keccak256(raw) };
    };
    const fixed = { account: AT, from: account, transaction: unsigned, feeWei: work.feeWei[0] ?? '0' };
    const hash = await sendOnce({ activity, sign, now: Date.now }, fixed);
    expect(await sendOnce({ activity, sign, now: Date.now }, fixed)).toBe(hash);
    expect(await activity.list()).toHaveLength(1);
    expect(parseTransaction((await activity.list())[0]?.raw ?? '0x')).toMatchObject({ nonce: unsigned.nonce });
    await expect(adapter.outcome({ hash, from: account, nonce: unsigned.nonce })).resolves.toMatchObject({
      state: 'confirmed',
    });
  });

  it('of a batch, with nonces in a row', async () => {
    const call = { from: account, to: MIRA, value: '0x1' };
    const batch = { ...transaction({}), calls: [call, call, call], batch: '0x1' } as Asked;
    const { review, work } = await reviewed(batch);
    if (review.kind !== 'transaction' || work.kind !== 'transactions') throw new Error('no transaction');
    const [first = 0] = work.transactions.map(({ nonce }) => nonce);
    expect(work.transactions.map(({ nonce }) => nonce)).toEqual([first, first + 1, first + 2]);
    expect(review.deeds).toHaveLength(3);
  });

  it('of what a site wishes for gas, price and nonce', async () => {
    const wishes = { gas: '0x7530', maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x1', nonce: '0x9' };
    const { review, work } = await reviewed(transaction({ to: MIRA, ...wishes }));
    if (work.kind !== 'transactions') throw new Error('no transaction');
    const price = { kind: 'eip1559', maxFeePerGasWei: 2_000_000_000n, maxPriorityFeePerGasWei: 1n };
    expect(work).toMatchObject({ nonceChosen: true, transactions: [{ gas: 30_000n, nonce: 9, price }] });
    expect(review).toMatchObject({ fees: { chosen: 'site', nonce: 9 } });
    expect(review.risks.map(({ kind }) => kind)).toContain('nonce-chosen');
    const counted = Number(await adapter.request('eth_getTransactionCount', [account, 'pending']));
    const usual = await reviewed(transaction({ to: MIRA, nonce: counted, gas: '0x5208' }));
    expect(usual.review.risks.map(({ kind }) => kind)).not.toContain('nonce-chosen');
    expect(usual.review.risks.map(({ kind }) => kind)).not.toContain('gas-unusual');
    const greedy = await reviewed(transaction({ to: MIRA, gas: '0xf4240' }));
    expect(greedy.review.risks.map(({ kind }) => kind)).toContain('gas-unusual');
  });

  it('of an access list, which the node is told of and which is signed', async () => {
    const accessList = [{ address: MIRA, storageKeys: [`0x${'01'.repeat(32)}`] }];
    const bare = await reviewed(transaction({ to: MIRA }));
    const { review, work } = await reviewed(transaction({ to: MIRA, accessList }));
    if (work.kind !== 'transactions' || bare.work.kind !== 'transactions') throw new Error('no transaction');
    const [unsigned] = work.transactions;
    if (!unsigned) throw new Error('no transaction');
    expect(unsigned.accessList).toEqual(accessList);
    expect(parseTransaction(serialize(unsigned))).toMatchObject({
      type: 'eip1559',
      accessList: [{ address: MIRA.toLowerCase() }],
    });
    expect(unsigned.gas).toBeGreaterThan(bare.work.transactions[0]?.gas ?? 0n);
    expect(review.raw.map(({ label }) => label)).toContain('access-list');
    expect(review.digest).not.toBe(bare.review.digest);
  });

  it('of a contract that is made, and of one that would fail', async () => {
    const made = await reviewed(transaction({ data: '0x600160005260206000f3' }));
    expect(made.work).toMatchObject({ transactions: [{ to: null }] });
    expect(made.review).toMatchObject({ deeds: [{ kind: 'deploy' }] });
    const failing = await reviewed(transaction({ data: '0xfe' }));
    expect(failing.review).toMatchObject({ changes: { kind: 'failing' } });
  });
});

it('names another digest for another fee, another request and another site’s wish', async () => {
  const asked = transaction({ to: MIRA, value: '0x1' });
  const digests = [
    (await reviewed(asked)).review.digest,
    (await reviewed(asked)).review.digest,
    (await reviewed(asked, { ...PLAIN, fee: 'slow' })).review.digest,
    (await reviewed(transaction({ to: MIRA, value: '0x2' }))).review.digest,
  ];
  expect(new Set(digests).size).toBe(digests.length);
});

it('warns of a site on the list before anything else', async () => {
  const asked: Asked = { kind: 'connect', how: 'accounts' };
  const { review } = await reviewed(asked, PLAIN, 'https://steals.example');
  expect(review.risks).toMatchObject([{ kind: 'phishing-site' }]);
});

it('warns of a token that only calls itself like a listed one', async () => {
  const address = getAddress(MIRA);
  const token = { address, symbol: 'USDC', name: 'USD Coin', decimals: 6, imitates: 'USDC' };
  deps = { ...deps, tokenOf: async () => token };
  const asked: Asked = { kind: 'watch-asset', chainId: chain.chainId, address, symbol: 'USDC' };
  expect((await reviewed(asked)).review.risks).toMatchObject([{ kind: 'imitation', name: 'USDC' }]);
  deps = { ...deps, tokenOf: async () => ({ ...token, imitates: null }) };
  expect((await reviewed(asked)).review.risks).toEqual([]);
});

it('makes none of a request that is gone', async () => {
  await expect(makeReview(deps, 'd 9', PLAIN)).rejects.toMatchObject({ code: 'request-gone' });
});
