import { expect, test } from 'vitest';
import { WalletError } from '@/lib/errors';
import { memoryArea } from '@/lib/platform/memory-area';
import { openCells } from './cells';
import type { Wallet } from './compose';
import { sendHandlers } from './send-handlers';

const FROM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const DRAFT = {
  of: { chainId: 1, from: FROM },
  form: { to: 'mira.eth', amount: '0.2', everything: false, token: null, fee: 'normal' },
} as const;

/** Handlers over storage as it is, and a chain that takes or refuses; what was stored at that moment is noted. */
function handlersWith(answer: 'taken' | 'refused' | 'locked-meanwhile') {
  const session = memoryArea();
  const cells = openCells(memoryArea(), session);
  let atSending: Record<string, unknown> | null = null;
  const sending = {
    confirm: async () => {
      atSending = await session.get(null);
      if (answer === 'taken') return { hash: '0x2' };
      throw new WalletError('transaction-refused', { reason: 'other' });
    },
  };
  const keyring = { isUnlocked: async () => answer !== 'locked-meanwhile' };
  const wallet = { cells, sending, keyring, follow: async () => undefined } as unknown as Wallet;
  const handlers = sendHandlers(wallet, (work) => work());
  return { handlers, cells, storedAtSending: () => atSending };
}

test('a payment is sent without its draft: whatever stops the background, nobody finds it as if it had to be sent', async () => {
  const { handlers, cells, storedAtSending } = handlersWith('taken');
  await handlers['send.keep-draft']({ draft: DRAFT });
  expect(await cells.sendDraft.read()).toEqual(DRAFT);
  await handlers['send.confirm']({ quoteId: 'q' });
  expect(storedAtSending()).toEqual({});
  expect(await cells.sendDraft.read()).toBeNull();
});

test('one that is refused has its draft again', async () => {
  const { handlers, cells } = handlersWith('refused');
  await handlers['send.keep-draft']({ draft: DRAFT });
  await expect(handlers['send.confirm']({ quoteId: 'q' })).rejects.toMatchObject({ code: 'transaction-refused' });
  expect(await cells.sendDraft.read()).toEqual(DRAFT);
});

test('but not behind a lock', async () => {
  const { handlers, cells } = handlersWith('locked-meanwhile');
  await handlers['send.keep-draft']({ draft: DRAFT });
  await expect(handlers['send.confirm']({ quoteId: 'q' })).rejects.toThrow();
  expect(await cells.sendDraft.read()).toBeNull();
});

test('what replaces an older payment leaves the draft of a new one alone', async () => {
  const { handlers, cells } = handlersWith('taken');
  const account = { walletId: 'A'.repeat(22), index: 0 };
  await cells.quote.write({
    ...{ quoteId: 'q', account, from: FROM, token: null, to: FROM, valueWei: '0', feeWei: '1', madeAtMs: 1 },
    transaction: {
      ...{ chainId: 1, nonce: 0, to: FROM, valueWei: 0n, data: '0x', gas: 21_000n },
      price: { kind: 'legacy', gasPriceWei: 1n },
    },
    replaces: { hash: `0x${'1'.repeat(64)}`, how: 'cancel' },
  });
  await handlers['send.keep-draft']({ draft: DRAFT });
  await handlers['send.confirm']({ quoteId: 'q' });
  expect(await cells.sendDraft.read()).toEqual(DRAFT);
});
