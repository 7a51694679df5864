import { config } from '@/config';
import type { BackupView } from '@/lib/bus/backup';
import { factsOf } from '@/lib/bus/reply';
import { type Preferences, type Snapshot, stoppedSnapshot } from '@/lib/bus/snapshot';
import { type Activity, shownTransaction } from '@/lib/chains/activity';
import type { AddressBook } from '@/lib/chains/address-book';
import { type Balances, balanceOf } from '@/lib/chains/balances';
import type { Incoming } from '@/lib/chains/incoming';
import { type Networks, shownNetwork } from '@/lib/chains/networks';
import type { Tokens } from '@/lib/chains/tokens';
import type { WalletError } from '@/lib/errors';
import { shownFlow } from '@/lib/keyless/onboarding/flow';
import type { Onboarding } from '@/lib/keyless/onboarding/onboarding';
import { type Confirmation, canCheckHere } from '@/lib/keyless/pin/confirmation';
import { isDue, mayPutOff } from '@/lib/keyless/pin/reminder';
import type { DeviceRecord } from '@/lib/keyless/stored';
import { shownTask } from '@/lib/keyless/upkeep/task';
import type { Upkeep } from '@/lib/keyless/upkeep/upkeep';
import type { DeviceSigning } from '@/lib/keyring/device-signing';
import type { Keyring } from '@/lib/keyring/keyring';
import type { SlowDown } from '@/lib/keyring/slow-down';
import type { Account } from '@/lib/keyring/wallets';
import { bundledNetworks } from './bundled';
import { type Cells, DEFAULT_SETTINGS } from './cells';
import { environment } from './environment';
import { shownPriceSource } from './price-source';

export interface SnapshotParts {
  readonly start: () => Promise<void>;
  readonly networks: Networks;
  readonly tokens: Tokens;
  readonly onboarding: Onboarding;
  readonly upkeep: Upkeep;
  readonly confirmation: Confirmation;
  readonly health: { readonly shown: () => Promise<BackupView['health']> };
  readonly keyring: Keyring;
  readonly slowDown: SlowDown;
  readonly balances: Balances;
  readonly activity: Activity;
  readonly incoming: Incoming;
  readonly contacts: AddressBook;
  readonly device: Pick<DeviceSigning, 'job'>;
  readonly utxo: { shown(): Promise<Snapshot['utxo']> };
  readonly dapp: { shown(lock: 'open' | 'locked'): Promise<Pick<Snapshot, 'requests' | 'sites'>> };
  readonly cells: Cells;
  readonly settings: () => Promise<Preferences>;
  readonly shownPrices: () => Promise<Snapshot['prices']>;
  readonly networkError: (chainId: number) => WalletError | null;
}

const providers = config.identityProviders.map(({ id, label, kind, local }) => ({ id, label, kind, local }));

/** The whole picture for the pages. Accounts and activity are in it only while the wallet is open. */
export async function readSnapshot(parts: SnapshotParts): Promise<Snapshot> {
  const fixed = { providers, priceSource: shownPriceSource };
  try {
    await parts.start();
    return { ...fixed, ...(await readState(parts)) };
  } catch (error) {
    return stoppedSnapshot({ ...fixed, network: firstNetwork(), settings: DEFAULT_SETTINGS }, factsOf(error));
  }
}

async function readState(parts: SnapshotParts): Promise<Omit<Snapshot, 'providers' | 'priceSource'>> {
  const { onboarding, keyring, cells } = parts;
  const flow = await onboarding.flow();
  const open = await keyring.isUnlocked();
  const [profile, device, settings] = await Promise.all([keyring.profile(), cells.device.read(), parts.settings()]);
  const balances = open ? await parts.balances.all() : [];
  const network = await parts.networks.selected();
  const { chainId } = network;
  const networkError = parts.networkError(chainId);
  const shownAccount = (walletId: string, account: Account) => {
    const known = balanceOf(balances, { chainId, owner: account.address, token: null });
    return { walletId, ...account, balance: known && { wei: known.units, asOfMs: known.asOfMs } };
  };
  return {
    flow: shownFlow(flow),
    network: shownNetwork(network),
    networks: (await parts.networks.all()).map(shownNetwork),
    networkDraft: open ? await cells.networkDraft.read() : null,
    sendDraft: open ? await cells.sendDraft.read() : null,
    tokens: [...(await parts.tokens.all())],
    tokenOrder: await parts.tokens.order(),
    balances: [...balances],
    wallets: (open && profile ? profile.wallets : []).map(({ accounts, device, ...wallet }) => ({
      ...wallet,
      ...(device && { device: device.kind }),
      accounts: accounts.map((account) => shownAccount(wallet.id, account)),
    })),
    selected: (open && profile?.selected) || null,
    networkError: networkError && factsOf(networkError),
    activity: open ? (await parts.activity.list()).map(shownTransaction) : [],
    received: open ? [...(await parts.incoming.list())] : [],
    receivedTokensMissing: !(await parts.incoming.tokensAnswered(chainId)),
    contacts: open ? [...(await parts.contacts.list())] : [],
    ...(await parts.dapp.shown(open ? 'open' : 'locked')),
    settings,
    unlock: await readUnlock(parts),
    prices: open ? await parts.shownPrices() : null,
    backup: device && (await readBackup(parts, device)),
    task: open && flow.stage === 'home' ? shownTask(await parts.upkeep.task()) : null,
    deviceJob: open ? await readDeviceJob(parts) : null,
    utxo: await readUtxo(parts, open),
    foreignTries: await cells.foreignTries.read(),
  };
}

async function readBackup(
  { confirmation, cells, health }: SnapshotParts,
  device: DeviceRecord,
): Promise<Snapshot['backup']> {
  const { providerId, generation, createdAtMs, verifiedAtMs } = device;
  const [reminder, drilledAtMs, offer] = await Promise.all([
    confirmation.reminder(),
    cells.drilledAt.read(),
    cells.drillOffer.read(),
  ]);
  if (reminder === null) return null;
  const nowMs = environment.now();
  const { confirmedAtMs, dueAtMs } = reminder;
  const check = canCheckHere(device, nowMs) ? 'here' : 'recovery';
  const pin = { confirmedAtMs, dueAtMs, due: isDue(reminder, nowMs), mayPutOff: mayPutOff(reminder), check } as const;
  const drillOffered = drilledAtMs === null && offer === null;
  return {
    providerId,
    generation,
    createdAtMs,
    verifiedAtMs,
    drilledAtMs,
    drillOffered,
    pin,
    secondSignIns: ((await cells.secondSignIns.read()) ?? []).map(({ providerId: at, createdAtMs: madeAtMs }) => ({
      providerId: at,
      createdAtMs: madeAtMs,
    })),
    health: await health.shown(),
  };
}

/** Of wallets that are still there. */
async function readUtxo({ utxo, keyring }: SnapshotParts, open: boolean): Promise<Snapshot['utxo']> {
  const { revision, balances } = await utxo.shown();
  const profile = open ? await keyring.profile() : null;
  const isThere = (walletId: string) => profile?.wallets.some(({ id }) => id === walletId) ?? false;
  return { revision, balances: balances.filter(({ walletId }) => isThere(walletId)) };
}

async function readDeviceJob({ device }: SnapshotParts): Promise<Snapshot['deviceJob']> {
  const job = await device.job();
  if (job === null) return null;
  const { id, account, work, state } = job;
  const error = state.kind === 'refused' ? { code: state.code, details: {} } : null;
  return { id, account, kind: work.kind, state: state.kind, error };
}

/** A record that is damaged names no passkey: that it is damaged is said when it is to be opened. */
async function readUnlock({ keyring, slowDown }: SnapshotParts): Promise<Snapshot['unlock']> {
  return {
    methods: (await keyring.profile())?.unlock ?? [],
    passkey: await keyring.passkey().catch(() => null),
    nextPasswordAtMs: await slowDown.nextAtMs(),
  };
}

/** What is looked at when nothing can be read: a build has at least one network. */
function firstNetwork(): Snapshot['network'] {
  const [first] = bundledNetworks;
  if (!first) throw new Error('no network');
  return shownNetwork({ ...first, custom: false, hidden: false, replacedRpcUrl: null });
}
