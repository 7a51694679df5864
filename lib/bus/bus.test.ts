import { describe, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { createClient } from './client';
import { memoryTransport } from './memory';
import { type WalletHandlers, type WalletMessage, walletTable } from './protocol';
import { acceptSecret, askSecret, SECRET_PORT, sendSecret } from './secret-port';
import { serveWallet } from './serve';
import { errorFacts, type Snapshot, snapshot } from './snapshot';
import { createStateFeed, followState, STATE_PORT } from './state-port';
import type { Channel } from './transport';

const walletId = 'A'.repeat(22);

const network = {
  chainId: 31337,
  name: 'Local',
  symbol: 'ETH',
  decimals: 18,
  explorerUrl: null,
  test: true,
  custom: false,
  hidden: false,
  rpcUrl: 'http://127.0.0.1:8440',
  replacedRpcUrl: null,
};

const welcome: Snapshot = {
  flow: { stage: 'welcome', error: null },
  providers: [{ id: 'google', label: 'Google', kind: 'google', local: true }],
  network,
  networks: [network],
  networkDraft: null,
  sendDraft: null,
  tokens: [],
  tokenOrder: 'held-first',
  balances: [],
  wallets: [],
  selected: null,
  networkError: null,
  activity: [],
  received: [],
  receivedTokensMissing: false,
  contacts: [],
  requests: [],
  sites: [],
  settings: {
    idleLockMinutes: 15,
    theme: 'system',
    language: 'system',
    hideAmounts: false,
    fiatCurrency: null,
    notifications: false,
    pinReminders: true,
  },
  unlock: { methods: [], passkey: null, nextPasswordAtMs: null },
  priceSource: null,
  prices: null,
  backup: null,
  task: null,
  deviceJob: null,
  utxo: { revision: 0, balances: [] },
  foreignTries: null,
};

/** Handlers that refuse everything but what a test gives. */
function handlersWith(given: Partial<WalletHandlers>): WalletHandlers {
  const refuse = async () => Promise.reject(new WalletError('locked'));
  const names = Object.keys(walletTable) as WalletMessage[];
  return { ...Object.fromEntries(names.map((name) => [name, refuse])), ...given } as WalletHandlers;
}

describe('wallet table', () => {
  it('brings a call to its handler and the answer back', async () => {
    const { page, background } = memoryTransport();
    serveWallet(
      background,
      handlersWith({ 'accounts.add': async ({ walletId, name }) => ({ walletId, index: name === 'Savings' ? 1 : 9 }) }),
    );
    expect(await createClient(page).call('accounts.add', { walletId, name: ' Savings ' })).toEqual({
      walletId,
      index: 1,
    });
  });

  it('brings an error as its code and facts', async () => {
    const { page, background } = memoryTransport();
    const refuse = async () => Promise.reject(new WalletError('bad-amount', { reason: 'zero' }));
    serveWallet(background, handlersWith({ 'send.prepare': refuse }));
    const call = createClient(page).call('send.prepare', {
      account: { walletId, index: 0 },
      chainId: 31337,
      token: null,
      fee: 'normal',
      to: '0x',
      amount: '0',
    });
    await expect(call).rejects.toMatchObject({ code: 'bad-amount', details: { reason: 'zero' } });
  });

  it('lets no text of an unforeseen error across', async () => {
    const { page, background } = memoryTransport();
    serveWallet(background, handlersWith({ 'state.get': async () => Promise.reject(new Error('pin 482913')) }));
    expect(JSON.stringify(await page.call({ name: 'state.get', input: {} }))).toBe(
      '{"ok":false,"error":{"code":"unexpected","details":{}}}',
    );
  });

  it.each([
    ['an unknown name', { name: 'keyring.export', input: {} }],
    ['a name of Object', { name: 'constructor', input: {} }],
    ['no message at all', null],
    ['a field too many around it', { name: 'session.lock', input: {}, token: '1' }],
    ['a text of absurd length', { name: 'sign-in.start', input: { providerId: 'x'.repeat(65) } }],
    ['a field too many', { name: 'session.lock', input: { force: true } }],
    ['an index that is not one', { name: 'accounts.select', input: { account: { walletId, index: -1 } } }],
  ])('refuses %s', async (_, message) => {
    const { page, background } = memoryTransport();
    const handlers = handlersWith({ 'session.lock': async () => ({}), 'accounts.select': async () => ({}) });
    serveWallet(background, handlers);
    expect(await page.call(message)).toMatchObject({ ok: false, error: { code: 'bad-message' } });
  });

  it('refuses a sender that is not a page of the extension', async () => {
    const { page, background } = memoryTransport({ ownPage: false, document: null });
    serveWallet(background, handlersWith({ 'state.get': async () => welcome }));
    await expect(createClient(page).call('state.get', {})).rejects.toMatchObject({
      code: 'bad-message',
      details: { reason: 'sender' },
    });
  });

  it('says `unexpected` when nobody answers', async () => {
    await expect(createClient(memoryTransport().page).call('state.get', {})).rejects.toMatchObject({
      code: 'unexpected',
    });
  });
});

describe('secret port', () => {
  it('hands the bytes over once and wipes them', async () => {
    const { page, background } = memoryTransport();
    const seen: Uint8Array[] = [];
    background.onConnect((channel) =>
      acceptSecret(channel, async (purpose, value) => {
        expect([channel.name, purpose, new TextDecoder().decode(value)]).toEqual([SECRET_PORT, 'choose-pin', '482913']);
        seen.push(value);
      }),
    );
    await sendSecret(page, 'choose-pin', '482913');
    expect(seen.map((bytes) => [...bytes])).toEqual([[0, 0, 0, 0, 0, 0]]);
  });

  it('brings an answer to whoever asks for one, and none to whoever does not', async () => {
    const { page, background } = memoryTransport();
    background.onConnect((channel) =>
      acceptSecret(channel, async (purpose) => (purpose === 'reveal' ? 'legal winner' : undefined)),
    );
    expect(await askSecret(page, 'reveal', 'x')).toBe('legal winner');
    expect(await sendSecret(page, 'reveal', 'x')).toBeUndefined();
    await expect(askSecret(page, 'check-pin', 'x')).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('brings the refusal back', async () => {
    const { page, background } = memoryTransport();
    const refuse = async () => Promise.reject(new WalletError('pin-wrong', { triesLeft: 7 }));
    background.onConnect((channel) => acceptSecret(channel, refuse));
    await expect(sendSecret(page, 'recover-pin', '000000')).rejects.toMatchObject({
      code: 'pin-wrong',
      details: { triesLeft: 7 },
    });
  });

  it('refuses another purpose and a value of absurd length', async () => {
    for (const message of [
      { purpose: 'export', value: '1' },
      { purpose: 'choose-pin', value: '1'.repeat(5000) },
    ]) {
      const { page, background } = memoryTransport();
      background.onConnect((channel) => acceptSecret(channel, async () => {}));
      const channel = page.connect(SECRET_PORT);
      const answer = new Promise((resolve) => channel.onMessage(resolve));
      channel.post(message);
      expect(await answer).toMatchObject({ ok: false, error: { code: 'bad-message' } });
    }
  });

  it('fails when the background dies before it answers', async () => {
    const { page, background } = memoryTransport();
    background.onConnect((channel) => channel.close());
    await expect(sendSecret(page, 'unlock-password', 'x')).rejects.toMatchObject({ code: 'unexpected' });
  });
});

describe('state port', () => {
  it('sends the snapshot at once and at every change, never an older one after a newer', async () => {
    const { page, background } = memoryTransport();
    let index = 0;
    const feed = createStateFeed(async () => ({ ...welcome, selected: { walletId, index } }));
    background.onConnect((channel) => channel.name === STATE_PORT && feed.add(channel));
    const seen: number[] = [];
    const three = new Promise<void>((resolve) => {
      followState(
        page,
        (state) => {
          seen.push(state.selected?.index ?? -1);
          if (state.selected?.index === 0) {
            index = 3;
            feed.changed();
          }
          if (state.selected?.index === 3) resolve();
        },
        () => {},
      );
    });
    await three;
    expect(seen).toEqual([...seen].sort());
  });

  it('connects again when the background was stopped', async () => {
    const { page, background } = memoryTransport();
    const feed = createStateFeed(async () => welcome);
    const open: Channel[] = [];
    background.onConnect((channel) => {
      open.push(channel);
      feed.add(channel);
    });
    await new Promise<void>((resolve) => {
      const killFirst = () => (open.length === 1 ? open[0]?.close() : resolve());
      followState(page, killFirst, () => {});
    });
    expect(open).toHaveLength(2);
  });
});

describe('snapshot', () => {
  it('has a place for every stage and refuses what it does not name', () => {
    expect(snapshot.parse(welcome)).toEqual(welcome);
    expect(snapshot.safeParse({ ...welcome, flow: { stage: 'unlocked' } }).success).toBe(false);
  });

  it('takes only codes of the closed list', () => {
    expect(errorFacts.safeParse({ code: 'pin-wrong', details: { triesLeft: 7 } }).success).toBe(true);
    expect(errorFacts.safeParse({ code: 'toString', details: {} }).success).toBe(false);
  });
});
