import { DAPP_PORT } from '@/lib/bus/dapp';
import { DEVICE_PORT } from '@/lib/bus/hardware';
import type { SecretPurpose, WalletHandlers } from '@/lib/bus/protocol';
import { acceptSecret, SECRET_PORT } from '@/lib/bus/secret-port';
import { STATE_PORT } from '@/lib/bus/state-port';
import type { Channel, Sender } from '@/lib/bus/transport';
import { checkAddress } from '@/lib/chains/evm/address';
import { WalletError } from '@/lib/errors';
import { allowanceHandlers } from './allowance-handlers';
import type { Wallet } from './compose';
import { dappHandlers } from './dapp-handlers';
import { deviceHandlers } from './device-handlers';
import { isWalletPurpose, takeWalletSecret, type WalletPurpose } from './secret-handlers';
import { sendHandlers } from './send-handlers';
import { readSnapshot } from './snapshot';
import { isUnlockPurpose, takeUnlockSecret, type UnlockWays, unlockHandlers } from './unlock-handlers';
import { isUpkeepPurpose, takeUpkeepSecret, type UpkeepPurpose, upkeepHandlers } from './upkeep-handlers';

/** One line a message: which part of the wallet does it. */
export function walletHandlers(wallet: Wallet): WalletHandlers {
  const { keyring, onboarding, contacts, networks, tokens, cells, autoLock, follow, changed } = wallet;

  /** Waits for the start, does it, tells the pages what is now, also when it was refused. */
  const act = async (work: () => Promise<unknown>): Promise<Record<string, never>> => {
    await wallet.start();
    await work().finally(changed);
    return {};
  };
  /** Any use of a page: locks first if the time is over. */
  const touch = async (): Promise<void> => {
    await wallet.start();
    await autoLock.check();
    await autoLock.touch();
  };
  /** The same for what needs an open wallet. @throws WalletError `locked` */
  const use = async <Output>(work: () => Promise<Output>): Promise<Output> => {
    await touch();
    if (!(await keyring.isUnlocked())) throw new WalletError('locked');
    const output = await work();
    await changed();
    return output;
  };
  /** The same for what changes what is asked of the network. */
  const useAndAsk = async (work: () => Promise<unknown>): Promise<Record<string, never>> => {
    await use(work);
    void follow();
    return {};
  };

  return {
    'state.get': () => readSnapshot(wallet),
    'session.touch': async () => nothing(await touch()),
    // Waits for nothing: storage that cannot be brought up to date must not keep the wallet open.
    'session.lock': async () => nothing(await onboarding.lock()),
    'sign-in.start': ({ providerId }) => act(() => onboarding.signIn(providerId)),
    'flow.back': () => act(onboarding.back),
    'flow.continue': () => act(onboarding.proceed),
    'flow.start-over': () => act(onboarding.startOver),
    'flow.retry': () => act(onboarding.retry),
    'flow.start-without-keyless': () => act(onboarding.startWithout),
    'flow.offer-keyless': () => use(async () => nothing(await onboarding.offerKeyless())),
    ...unlockHandlers(wallet, waysOf(wallet)),
    ...upkeepHandlers(wallet),
    'utxo.call': async ({ name, input }) => {
      const output = await use(() => wallet.utxo.call(name, input));
      if (SENDS.has(name)) void follow();
      return { output };
    },
    ...dappHandlers(wallet, use),
    ...sendHandlers(wallet, use),
    ...allowanceHandlers(wallet, use),
    ...deviceHandlers(wallet, use),
    'accounts.add': async ({ walletId, name }) => {
      const { index } = await use(() => keyring.addAccount(walletId, name));
      void follow();
      return { walletId, index };
    },
    'accounts.rename': ({ account, name }) => use(async () => nothing(await keyring.renameAccount(account, name))),
    'accounts.set-avatar': ({ account, avatar }) => use(async () => nothing(await keyring.setAvatar(account, avatar))),
    'accounts.move': ({ account, place }) => use(async () => nothing(await keyring.moveAccount(account, place))),
    'wallets.watch': ({ address }) => useAndAsk(() => keyring.watch(checkAddress(address))),
    'wallets.rename': ({ walletId, name }) => use(async () => nothing(await keyring.renameWallet(walletId, name))),
    'wallets.remove': ({ walletId }) => useAndAsk(() => keyring.removeWallet(walletId).then(wallet.utxo.prune)),
    'accounts.select': ({ account }) => useAndAsk(() => keyring.selectAccount(account).then(cells.sendDraft.remove)),
    'balances.refresh': () => {
      void wallet.refreshPrices();
      return act(follow);
    },
    'networks.select': ({ chainId }) => useAndAsk(() => networks.select(chainId).then(cells.sendDraft.remove)),
    'networks.set-visibility': ({ chainId, visibility }) =>
      useAndAsk(() => networks.setVisibility(chainId, visibility)),
    'networks.keep-draft': ({ draft }) =>
      use(async () => nothing(await (draft ? cells.networkDraft.write(draft) : cells.networkDraft.remove()))),
    'networks.add': (form) => useAndAsk(() => networks.add(form).then(cells.networkDraft.remove)),
    'networks.change': (form) => useAndAsk(() => networks.change(form).then(cells.networkDraft.remove)),
    'networks.set-node': ({ chainId, rpcUrl }) =>
      useAndAsk(() => networks.setNode(chainId, rpcUrl).then(cells.networkDraft.remove)),
    'networks.remove': ({ chainId }) => useAndAsk(() => networks.remove(chainId)),
    'tokens.look': ({ chainId, address }) => use(() => tokens.look(chainId, address)),
    'tokens.add': ({ chainId, address }) => useAndAsk(() => tokens.add(chainId, address)),
    'tokens.set-visibility': ({ chainId, address, visibility }) =>
      useAndAsk(() => tokens.setVisibility(chainId, address, visibility)),
    'tokens.set-order': ({ order }) => use(async () => nothing(await tokens.setOrder(order))),
    'contacts.save': ({ instead, ...typed }) => use(async () => nothing(await contacts.save(typed, instead))),
    'contacts.remove': ({ address }) => use(async () => nothing(await contacts.remove(address))),
    'settings.change': (change) =>
      act(async () => {
        // A longer time does not bring back what is over.
        await autoLock.check();
        await cells.settings.write({ ...(await wallet.chosen()), ...change });
        await autoLock.check();
        void wallet.refreshPrices();
      }),
    'foreign-tries.dismiss': () => act(cells.foreignTries.remove),
    'device.sign-out': () => act(() => signOut(wallet)),
  };
}

/** Messages about Bitcoin and its relatives after which something is pending. */
const SENDS: ReadonlySet<string> = new Set(['send.confirm', 'device.deliver']);

const nothing = (_: unknown): Record<string, never> => ({});

/** Opens the wallet, or stores how it is opened from now on. */
async function open(
  { onboarding, autoLock, follow }: Wallet,
  from: 'locked' | 'device-unlock',
  work: () => Promise<void>,
): Promise<void> {
  await onboarding.open(from, work);
  await autoLock.touch();
  void follow();
}

async function signOut(wallet: Wallet): Promise<void> {
  const { onboarding, upkeep, activity, incoming, contacts, networks, tokens, cells, dapp, utxo } = wallet;
  await dapp.rejectAll();
  await onboarding.signOut();
  await upkeep.wipe();
  await utxo.wipe();
  await Promise.all([dapp.sites.wipe(), dapp.grants.wipe(), cells.batches.remove()]);
  await Promise.all([cells.reminder.remove(), cells.drilledAt.remove(), cells.drillOffer.remove()]);
  await Promise.all([cells.status.remove(), cells.ownTryAt.remove(), cells.pinSlowDown.remove()]);
  const { secondJournal, secondSignIns, secondSession, secondStatusTokens } = cells;
  await Promise.all([secondJournal, secondSignIns, secondSession, secondStatusTokens].map((cell) => cell.remove()));
  await Promise.all([activity.wipe(), incoming.wipe(), contacts.wipe()]);
  await Promise.all([networks.reset(), tokens.reset()]);
  const { balances, quote, lastUse, networkDraft, sendDraft, deviceJob } = cells;
  await Promise.all([balances, quote, lastUse, networkDraft, sendDraft, deviceJob].map((cell) => cell.remove()));
}

const waysOf = (wallet: Wallet): UnlockWays => ({
  open: (from, work) => open(wallet, from, work),
  signOut: () => signOut(wallet),
});

/** The two ports of our own pages, and the lines of web pages; any other port is somebody else's to take. */
export function acceptPort(wallet: Wallet): (channel: Channel, sender: Sender) => void {
  return (channel, sender) => {
    const { document } = sender;
    if (document !== null && channel.name.startsWith(DAPP_PORT))
      return wallet.dapp.accept(channel, document, wallet.start);
    if (!sender.ownPage) return;
    if (channel.name === STATE_PORT) {
      wallet.feed.add(channel);
      wallet.resume().catch(() => undefined);
    }
    if (channel.name.startsWith(DEVICE_PORT)) wallet.device.hold(channel.name.slice(DEVICE_PORT.length), channel);
    if (channel.name === SECRET_PORT) acceptSecret(channel, (purpose, value) => takeSecret(wallet, purpose, value));
  };
}

async function takeSecret(wallet: Wallet, purpose: SecretPurpose, value: Uint8Array): Promise<string | undefined> {
  await wallet.start();
  if (isWalletPurpose(purpose)) return takeWalletSecret(wallet, purpose, value);
  if (isUpkeepPurpose(purpose)) await takeUpkeepSecret(wallet, purpose, value);
  else await takeUnlockingSecret(wallet, purpose, value);
  return undefined;
}

async function takeUnlockingSecret(
  wallet: Wallet,
  purpose: Exclude<SecretPurpose, WalletPurpose | UpkeepPurpose>,
  value: Uint8Array,
): Promise<void> {
  const { onboarding } = wallet;
  const text = () => new TextDecoder().decode(value);
  if (isUnlockPurpose(purpose)) return takeUnlockSecret(wallet, waysOf(wallet), purpose, value);
  switch (purpose) {
    case 'check-pin':
      return onboarding.checkPin(text());
    case 'choose-pin':
      return onboarding.choosePin(text());
    case 'recover-pin':
      return onboarding.recover(text());
    default:
      return purpose satisfies never;
  }
}
