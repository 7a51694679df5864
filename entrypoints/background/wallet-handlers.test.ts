import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '@/lib/bus/client';
import { memoryTransport } from '@/lib/bus/memory';
import { grantText } from '@/lib/bus/passkey';
import { passwordChangeText } from '@/lib/bus/password-change';
import { type InputOf, type SecretPurpose, secretPurpose, type WalletMessage, walletTable } from '@/lib/bus/protocol';
import { sendSecret } from '@/lib/bus/secret-port';
import { serveWallet } from '@/lib/bus/serve';
import type { Sender } from '@/lib/bus/transport';
import { unlockChangeText } from '@/lib/bus/unlock-change';
import { secretText } from '@/lib/bus/wallet-secrets';
import type { Wallet } from './compose';
import { acceptPort, walletHandlers } from './wallet-handlers';

/** A constant of a build's code; here nothing of it is looked at. */
vi.hoisted(() => Object.assign(globalThis, { __HALFKEY_CONFIG__: { identityProviders: [], chains: [] } }));

const ADDRESS = '0x1111111111111111111111111111111111111111';
const WALLET_ID = 'A'.repeat(22);
const ACCOUNT = { walletId: WALLET_ID, index: 0 };
const QUOTE = {
  quoteId: 'q',
  account: ACCOUNT,
  chainId: 1,
  token: null,
  to: ADDRESS,
  valueWei: '1',
  feeWei: '1',
  totalWei: '2',
  nonce: 0,
  offer: { kind: 'legacy', gas: '1', priceWei: '1', tipWei: '0', waits: false },
  levelFeesWei: { slow: '1', normal: '1', fast: '1' },
  replaces: null,
};
const NETWORK = { name: 'Local', rpcUrl: 'http://127.0.0.1:1', chainId: '1', symbol: 'ETH', explorerUrl: '' };
const PAYMENT = { to: ADDRESS, amount: '1', everything: false, token: null, fee: 'normal' } as const;
const ORIGIN = 'https://a.example';
const TOKEN = { chainId: 1, address: ADDRESS };

/** What the parts answer where a handler waits for an answer. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  'keyring.profile': {
    wallets: [{ id: WALLET_ID, type: 'keyless', name: '', accounts: [{ index: 0, address: ADDRESS }] }],
    unlock: ['pin'],
  },
  'keyring.addAccount': { index: 1 },
  'upkeep.compareCode': 'K7M-2QP',
  'networks.all': [{ chainId: 1 }],
  'dapp.sites.find': { origin: ORIGIN },
  'dapp.review': {
    kind: 'connect',
    asker: { origin: ORIGIN, topOrigin: null },
    chain: null,
    risks: [],
    raw: [],
    digest: `0x${'0'.repeat(64)}`,
  },
  'tokens.look': { ...TOKEN, symbol: 'USDC', name: 'USD Coin', decimals: 6, imitates: null },
  'registry.get': { findRecipient: async () => ({ address: ADDRESS, name: null }) },
  'sending.prepare': QUOTE,
  'sending.prepareReplacement': QUOTE,
  'sending.prepareCall': QUOTE,
  'dapp.listAllowances': [],
  'slowDown.guard': { type: 'private-key', key: 'A'.repeat(43) },
  'sending.confirm': { hash: '0x2' },
  'utxo.call': { coins: [] },
  'keyring.addHardware': ACCOUNT,
  'device.job': {
    id: 'j',
    address: ADDRESS,
    work: { kind: 'message', message: '0x68', chainId: 1 },
    payment: null,
  },
  'device.deliver': { hash: null },
  chosen: { idleLockMinutes: 15, theme: 'system' },
};

let calls: string[];
let isUnlocked: boolean;
beforeEach(() => {
  calls = [];
  isUnlocked = true;
});

/** A wallet of which every part only says that it was called; work that a part is handed is done. */
function partOf(path: string): unknown {
  const call = async (...given: unknown[]) => {
    calls.push(path);
    for (const one of given) if (typeof one === 'function') await one(ANSWERS['device.job']);
    return path === 'keyring.isUnlocked' ? isUnlocked : ANSWERS[path];
  };
  return new Proxy(call, { get: (_, name) => partOf(path === '' ? String(name) : `${path}.${String(name)}`) });
}

function serve(sender: Sender = { ownPage: true, document: null }) {
  const { page, background } = memoryTransport(sender);
  const wallet = partOf('') as Wallet;
  serveWallet(background, walletHandlers(wallet));
  background.onConnect(acceptPort(wallet));
  return page;
}

/** For each message: an input that is taken, and the part that does it. */
const TABLE = {
  'session.touch': [{}, 'autoLock.touch'],
  'session.lock': [{}, 'onboarding.lock'],
  'sign-in.start': [{ providerId: 'google' }, 'onboarding.signIn'],
  'flow.back': [{}, 'onboarding.back'],
  'flow.continue': [{}, 'onboarding.proceed'],
  'flow.start-over': [{}, 'onboarding.startOver'],
  'flow.retry': [{}, 'onboarding.retry'],
  'device-unlock.use-pin': [{}, 'keyring.usePin'],
  'flow.start-without-keyless': [{}, 'onboarding.startWithout'],
  'flow.offer-keyless': [{}, 'onboarding.offerKeyless'],
  'unlock.wallets': [{}, 'keyring.profile'],
  'accounts.add': [{ walletId: WALLET_ID, name: 'Savings' }, 'keyring.addAccount'],
  'accounts.rename': [{ account: ACCOUNT, name: 'Savings' }, 'keyring.renameAccount'],
  'accounts.select': [{ account: ACCOUNT }, 'keyring.selectAccount'],
  'accounts.set-avatar': [{ account: ACCOUNT, avatar: 3 }, 'keyring.setAvatar'],
  'accounts.move': [{ account: ACCOUNT, place: 0 }, 'keyring.moveAccount'],
  'wallets.watch': [{ address: ADDRESS }, 'keyring.watch'],
  'wallets.rename': [{ walletId: WALLET_ID, name: 'Old' }, 'keyring.renameWallet'],
  'wallets.remove': [{ walletId: WALLET_ID }, 'keyring.removeWallet'],
  'balances.refresh': [{}, 'follow'],
  'networks.select': [{ chainId: 1 }, 'networks.select'],
  'networks.set-visibility': [{ chainId: 1, visibility: 'hidden' }, 'networks.setVisibility'],
  'networks.keep-draft': [{ draft: { of: null, form: NETWORK } }, 'cells.networkDraft.write'],
  'networks.add': [NETWORK, 'networks.add'],
  'networks.change': [NETWORK, 'networks.change'],
  'networks.set-node': [{ chainId: 1, rpcUrl: null }, 'networks.setNode'],
  'networks.remove': [{ chainId: 1 }, 'networks.remove'],
  'tokens.look': [TOKEN, 'tokens.look'],
  'tokens.add': [TOKEN, 'tokens.add'],
  'tokens.set-visibility': [{ ...TOKEN, visibility: 'hidden' }, 'tokens.setVisibility'],
  'tokens.set-order': [{ order: 'by-name' }, 'tokens.setOrder'],
  'recipient.find': [{ chainId: 1, text: ADDRESS }, 'registry.get'],
  'send.prepare': [
    { account: ACCOUNT, chainId: 1, token: null, fee: 'normal', to: ADDRESS, amount: '1' },
    'sending.prepare',
  ],
  'send.replace': [{ hash: '0x1', how: 'cancel' }, 'sending.prepareReplacement'],
  'send.keep-draft': [{ draft: { of: { chainId: 1, from: ADDRESS }, form: PAYMENT } }, 'cells.sendDraft.write'],
  'send.confirm': [{ quoteId: 'q' }, 'sending.confirm'],
  'utxo.call': [{ name: 'coins.list', input: { walletId: WALLET_ID } }, 'utxo.call'],
  'contacts.save': [{ name: 'Mira', address: ADDRESS, instead: null }, 'contacts.save'],
  'contacts.remove': [{ address: ADDRESS }, 'contacts.remove'],
  'requests.review': [{ key: 'k', wish: { fee: null, allowance: null } }, 'dapp.review'],
  'requests.confirm': [{ key: 'k', digest: '0x1', choice: {} }, 'dapp.confirm'],
  'requests.reject': [{ key: 'k' }, 'dapp.reject'],
  'requests.reject-all': [{}, 'dapp.rejectAll'],
  'sites.set-accounts': [{ origin: ORIGIN, accounts: [ADDRESS] }, 'dapp.sites.connect'],
  'sites.set-chain': [{ origin: ORIGIN, chainId: 1 }, 'dapp.sites.setChain'],
  'sites.disconnect': [{ origin: ORIGIN }, 'dapp.disconnect'],
  'sites.set-name': [{ origin: ORIGIN, name: 'metamask' }, 'dapp.sites.setName'],
  'allowances.list': [{ account: ACCOUNT, chainId: 1 }, 'dapp.listAllowances'],
  'allowances.revoke': [
    {
      account: ACCOUNT,
      place: { kind: 'token', chainId: 1, contract: ADDRESS, spender: ADDRESS, tokenId: null },
      fee: 'normal',
    },
    'sending.prepareCall',
  ],
  'hardware.add': [
    { device: { kind: 'onekey-mini', first: ADDRESS }, accounts: [{ index: 0, address: ADDRESS }] },
    'keyring.addHardware',
  ],
  'hardware.work': [{ id: 'j' }, 'device.job'],
  'hardware.deliver': [{ id: 'j', answer: '0x02' }, 'device.deliver'],
  'hardware.refuse': [{ id: 'j' }, 'device.refuse'],
  'hardware.leave': [{ id: 'j' }, 'device.leave'],
  'hardware.show': [{}, 'device.show'],
  'settings.change': [{ idleLockMinutes: 5 }, 'cells.settings.write'],
  'task.begin': [{ purpose: 'pin-reset' }, 'upkeep.begin'],
  'task.retry': [{}, 'upkeep.retry'],
  'task.leave': [{}, 'upkeep.leave'],
  'pin-check.put-off': [{}, 'confirmation.putOff'],
  'backup.compare-code': [{}, 'upkeep.compareCode'],
  'backup.practised-elsewhere': [{}, 'upkeep.practisedElsewhere'],
  'backup.refresh': [{}, 'health.askAll'],
  'backup.note-change': [{}, 'health.noted'],
  'backup.end-drill-offer': [{}, 'cells.drillOffer.write'],
  'foreign-tries.dismiss': [{}, 'cells.foreignTries.remove'],
  'device.erase': [{}, 'onboarding.signOut'],
  'device.sign-out': [{}, 'onboarding.signOut'],
} as const satisfies { [M in Exclude<WalletMessage, 'state.get'>]: readonly [InputOf<M>, string] };
const rows = Object.entries(TABLE).map(([name, [input, part]]) => ({ name: name as WalletMessage, input, part }));
/** What nothing of it may happen to behind a lock. */
const NEEDS_OPEN_WALLET =
  /^(accounts|wallets|networks|tokens|send|contacts|recipient|sites|utxo|allowances|task|pin-check)\.|^requests\.(review|confirm)$|^hardware\.(add|work|deliver)$|offer-keyless$/;

describe('a message', () => {
  it.each(rows)('$name reaches $part', async ({ name, input, part }) => {
    await createClient(serve()).call(name, input as never);
    expect(calls).toContain(part);
  });

  it.each(rows.filter(({ name }) => NEEDS_OPEN_WALLET.test(name)))(
    '$name is refused by a locked wallet, and $part is left alone',
    async ({ name, input, part }) => {
      isUnlocked = false;
      await expect(createClient(serve()).call(name, input as never)).rejects.toMatchObject({ code: 'locked' });
      expect(calls).not.toContain(part);
    },
  );

  it.each(Object.keys(walletTable))('%s with a field too many reaches nothing', async (name) => {
    const input = { ...(rows.find((row) => row.name === name)?.input ?? {}), more: 1 };
    expect(await serve().call({ name, input })).toMatchObject({ ok: false, error: { code: 'bad-message' } });
    expect(calls).toEqual([]);
  });

  it('about an account that is not there prepares nothing', async () => {
    const asked = createClient(serve()).call('send.prepare', {
      ...TABLE['send.prepare'][0],
      account: { ...ACCOUNT, index: 7 },
    });
    await expect(asked).rejects.toMatchObject({ code: 'bad-message', details: { reason: 'account' } });
    expect(calls).not.toContain('sending.prepare');
  });

  it.each([
    ['networks.keep-draft', { draft: null }],
    ['networks.add', NETWORK],
    ['networks.change', NETWORK],
    ['networks.set-node', { chainId: 1, rpcUrl: null }],
    ['device.sign-out', {}],
  ] as const)('%s ends the draft of a network', async (name, input) => {
    await createClient(serve()).call(name, input as never);
    expect(calls).toContain('cells.networkDraft.remove');
  });

  it.each([
    ['send.keep-draft', { draft: null }],
    ['accounts.select', { account: ACCOUNT }],
    ['networks.select', { chainId: 1 }],
    ['device.sign-out', {}],
  ] as const)('%s ends the draft of a payment', async (name, input) => {
    await createClient(serve()).call(name, input as never);
    expect(calls).toContain('cells.sendDraft.remove');
  });

  it('of no row of the table, or of another’s page, reaches nothing', async () => {
    const refused = { ok: false, error: { code: 'bad-message' } };
    expect(await serve().call({ name: 'keyring.export', input: {} })).toMatchObject(refused);
    expect(await serve({ ownPage: false, document: null }).call({ name: 'session.lock', input: {} })).toMatchObject(
      refused,
    );
    expect(calls).toEqual([]);
  });
});

describe('a secret', () => {
  const PRF = 'A'.repeat(43);
  const DEVICE = { jkt: PRF, name: 'Phone' };
  /** The profile of these tests is opened by the PIN alone. */
  const BY_PIN = { method: 'pin', pin: '482913' } as const;
  const JUNK = `${'test '.repeat(11)}junk`;
  /** For each purpose: the part that takes it, and what is typed or computed. */
  const PARTS: Readonly<Record<SecretPurpose, readonly [part: string, value: string]>> = {
    'check-pin': ['onboarding.checkPin', '482913'],
    'choose-pin': ['onboarding.choosePin', '482913'],
    'recover-pin': ['onboarding.recover', '482913'],
    'unlock-pin': ['onboarding.unlockWithPin', '482913'],
    'unlock-password': ['keyring.unlockWith', 'copper lantern'],
    'unlock-passkey': ['keyring.unlockWith', PRF],
    'set-password': ['keyring.setPassword', 'copper lantern'],
    'set-passkey': ['keyring.addUnlock', grantText({ credentialId: 'AAAA', prfSalt: PRF, prfOutput: PRF })],
    'add-password': ['keyring.setPassword', unlockChangeText({ unlock: BY_PIN, password: 'copper lantern' })],
    'change-password': ['keyring.changePassword', passwordChangeText({ current: 'old', next: 'copper lantern' })],
    'add-passkey': [
      'keyring.addUnlock',
      unlockChangeText({ unlock: BY_PIN, grant: { credentialId: 'AAAA', prfSalt: PRF, prfOutput: PRF } }),
    ],
    'remove-unlock': ['keyring.removeUnlock', unlockChangeText({ unlock: BY_PIN, method: 'passkey' })],
    'use-pin': ['keyring.usePin', unlockChangeText({ unlock: BY_PIN })],
    'check-unlock': ['confirmation.check', unlockChangeText({ unlock: BY_PIN })],
    'new-phrase': ['keyring.isUnlocked', '12'],
    'import-phrase': ['keyring.addWallet', secretText({ words: JUNK, passphrase: '' })],
    'import-private-key': ['keyring.addWallet', '11'.repeat(32)],
    reveal: [
      'keyring.reveal',
      secretText({ walletId: WALLET_ID, unlock: { method: 'password', password: 'copper lantern' } }),
    ],
    'begin-task': ['upkeep.begin', secretText({ purpose: 'sign-out', device: DEVICE, unlock: BY_PIN })],
    'new-pin': ['upkeep.chooseNewPin', '482913'],
    'drill-pin': ['upkeep.drill', '482913'],
    'delete-pin': ['upkeep.orderDeletion', '482913'],
    'confirm-pin': ['confirmation.check', '482913'],
  };

  it.each(secretPurpose.options)('to %s reaches its part', async (purpose) => {
    const [part, value] = PARTS[purpose];
    await sendSecret(serve(), purpose, value);
    expect(calls).toContain(part);
  });

  it.each([
    ['a wrong kind of proof', 'sign-out', { method: 'password', password: 'copper lantern' }, 'bad-message'],
    // The wallet would be gone with its backup.
    ['the PIN every time', 'delete', BY_PIN, 'device-unlock-needed'],
  ] as const)('begins no task by %s: %s', async (_, purpose, unlock, code) => {
    const text = secretText({ purpose, ...(purpose === 'sign-out' && { device: DEVICE }), unlock });
    await expect(sendSecret(serve(), 'begin-task', text)).rejects.toMatchObject({ code });
    expect(calls).not.toContain('upkeep.begin');
  });

  it.each([
    'add-password',
    'change-password',
    'add-passkey',
    'remove-unlock',
    'use-pin',
    'check-unlock',
    'new-phrase',
    'import-phrase',
    'import-private-key',
    'reveal',
    'begin-task',
    'new-pin',
    'drill-pin',
    'confirm-pin',
    'delete-pin',
  ] as const)('to %s is refused by a locked wallet', async (purpose) => {
    isUnlocked = false;
    await expect(sendSecret(serve(), purpose, PARTS[purpose][1])).rejects.toMatchObject({ code: 'locked' });
    expect(calls).not.toContain('keyring.addWallet');
    for (const part of [
      'keyring.reveal',
      'keyring.prove',
      'keyring.canProve',
      'keyring.setPassword',
      'keyring.changePassword',
      'keyring.addUnlock',
      'keyring.removeUnlock',
      'keyring.usePin',
      'upkeep.begin',
      'upkeep.chooseNewPin',
      'upkeep.drill',
      'confirmation.check',
    ])
      expect(calls).not.toContain(part);
  });
});
