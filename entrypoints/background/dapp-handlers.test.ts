import { expect, test } from 'vitest';
import type { Wallet } from './compose';
import { dappHandlers } from './dapp-handlers';

/** Handlers over reviews of a kind, and what happened in which order. */
function handlersWith(kind: string) {
  const happened: string[] = [];
  const review = async () => {
    happened.push('reviewed');
    return { kind };
  };
  const wallet = { dapp: { review }, signSoon: () => happened.push('signs soon') } as unknown as Wallet;
  return { handlers: dappHandlers(wallet, (work) => work()), happened };
}

const ASKED = { key: 'k', wish: { fee: null, allowance: null } };

test.each(['transaction', 'message', 'sign-in', 'typed-data'])(
  'who reads a %s is about to sign, and the background gets ready for it',
  async (kind) => {
    const { handlers, happened } = handlersWith(kind);
    await handlers['requests.review'](ASKED);
    expect(happened).toEqual(['reviewed', 'signs soon']);
  },
);

test.each(['connect', 'watch-asset', 'add-chain', 'switch-chain'])('but nothing is signed for a %s', async (kind) => {
  const { handlers, happened } = handlersWith(kind);
  await handlers['requests.review'](ASKED);
  expect(happened).toEqual(['reviewed']);
});
