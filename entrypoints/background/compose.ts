import { createStateFeed } from '@/lib/bus/state-port';
import { createBalances, holdingsOf } from '@/lib/chains/balances';
import { probeNode } from '@/lib/chains/evm/probe';
import { bothPending, createFollow } from '@/lib/chains/follow';
import { createNetworks } from '@/lib/chains/networks';
import { createRegistry } from '@/lib/chains/registry';
import { createTokens } from '@/lib/chains/tokens';
import type { WalletError } from '@/lib/errors';
import { createAutoLock } from '@/lib/keyring/auto-lock';
import { createKeyring } from '@/lib/keyring/keyring';
import { createSlowDown } from '@/lib/keyring/slow-down';
import { accountAt, addressesOf } from '@/lib/keyring/wallets';
import { DEFAULT_STRETCHING } from '@/lib/keyring/wraps';
import { setAlarm } from '@/lib/platform/alarms';
import { localArea, restrictAreas, sessionArea } from '@/lib/platform/areas';
import type { Command } from '@/lib/platform/commands';
import { openTab } from '@/lib/platform/extension';
import { migrate } from '@/lib/platform/storage';
import { bundledNetworks, listedTokens, mayReach } from './bundled';
import { DEFAULT_SETTINGS, openCells } from './cells';
import { openDapp } from './dapp';
import { openDevice } from './device';
import { environment } from './environment';
import { POLL_EVERY_MS } from './health';
import { openKeyless } from './keyless';
import { migrations } from './migrations';
import { openOptional } from './optional';
import { openParties } from './parties';
import { openPayments } from './payments';
import { openPrompts } from './prompts';
import { signSoon } from './sign-soon';
import { readSnapshot } from './snapshot';
import { openUtxo } from './utxo';

const ALARM = { lock: 'auto-lock', follow: 'follow', prompt: 'pin-prompt', status: 'status' } as const;

/** Puts the parts together. Nothing is read before `start`. */
export function compose() {
  const [local, session] = [localArea(), sessionArea()];
  const cells = openCells(local, session);
  const { now, random, fetch } = environment;
  const networks = createNetworks({
    bundled: bundledNetworks,
    stored: cells.networks,
    probe: (rpcUrl) => probeNode(rpcUrl, fetch),
    mayReach,
    isInUse: async (chainId) =>
      (await activity.list()).some((one) => one.chainId === chainId && one.state === 'pending'),
  });
  const registry = createRegistry(networks.all, fetch);
  const tokens = createTokens({ listed: listedTokens, stored: cells.tokens, chainOf: registry.get });

  const keyring = createKeyring({
    profile: cells.profile,
    sealed: cells.sealed,
    sealedNext: cells.sealedNext,
    session: cells.keyring,
    stretching: DEFAULT_STRETCHING,
    random,
  });
  const slowDown = createSlowDown({ record: cells.slowDown, now });
  const chosen = async () => ({ ...DEFAULT_SETTINGS, ...(await cells.settings.read().catch(() => null)) });
  const balances = createBalances(registry.get, cells.balances, now);
  const { settings, refreshPrices, shownPrices } = openOptional({
    cells,
    chosen,
    isUnlocked: keyring.isUnlocked,
    changed: () => void changed(),
  });
  const device = openDevice({ cells, keyring, changed: () => void changed() });
  const { lookForArrivals, followUp, ...payments } = openPayments({
    ...{ cells, registry, networks, tokens, balances, settings },
    sign: device.signPayment,
  });
  const { activity, contacts } = payments;
  const dapp = openDapp({
    ...{ cells, keyring, device, networks, registry, tokens, activity, contacts },
    changed: () => void changed(),
    follow: () => void follow(),
  });
  const utxo = openUtxo({ cells, areas: { local, session }, settings, changed: () => void changed() });
  const { onboarding, upkeep, confirmation, health } = openKeyless({
    cells,
    keyring,
    sessions: openParties(cells),
    onOpened: async () => {
      await autoLock.touch();
      void follow();
    },
    onChange: () => void changed().then(prompts.look),
    onSignedIn: () => {
      // The sign-in window takes the focus and with it the popup: what comes next must be seen somewhere.
      if (feed.size() === 0) void openTab();
    },
  });
  const prompts = openPrompts({ confirmation, settings, setAlarm: (atMs) => setAlarm(ALARM.prompt, atMs) });
  const autoLock = createAutoLock({
    lastUse: cells.lastUse,
    idleMinutes: async () => (await settings()).idleLockMinutes,
    setAlarm: (atMs) => setAlarm(ALARM.lock, atMs),
    isUnlocked: keyring.isUnlocked,
    lock: onboarding.lock,
    now,
  });

  let askedChainId = 0;
  let networkError: WalletError | null = null;
  /** All accounts in the unit of the selected network, and the tokens of the selected one. */
  const refreshBalances = async (): Promise<void> => {
    const { chainId } = await networks.selected();
    askedChainId = chainId;
    const profile = await keyring.profile();
    const owners = addressesOf(profile);
    const holder = profile?.selected ? accountAt(profile, profile.selected).address : null;
    await balances.refresh(chainId, holdingsOf({ chainId, owners, holder, tokens: await tokens.all() }));
    void utxo.refreshIfOld();
    await lookForArrivals(chainId, owners);
  };
  const refreshPending = async () => bothPending(await followUp(), await utxo.follow());
  const follow = createFollow({
    activity: { refresh: refreshPending },
    refreshBalances,
    isWatched: () => feed.size() > 0,
    setAlarm: (delayMs) => setAlarm(ALARM.follow, now() + delayMs),
    setTimer: environment.setTimer,
    onRefresh: (error) => {
      networkError = error;
      void changed();
    },
  });

  /**
   * Storage closed to others and in the shape of this build, and locked if the time was over; everything waits for it.
   * Once it has succeeded it is done; a failure is not kept, so that the user can make room and try again.
   */
  let ready: Promise<void> | undefined;
  const start = (): Promise<void> => {
    ready ??= restrictAreas()
      .then(() => migrate(cells.local, migrations(random)))
      .then(autoLock.check)
      .then(prompts.look);
    ready.catch(() => {
      ready = undefined;
    });
    return ready;
  };
  /** Both areas without anything, and in the shape of this build again. */
  const empty = async (): Promise<void> => {
    await Promise.all([utxo.end(), local.clear(), session.clear()]);
    ready = undefined;
    await start();
  };
  const wallet = {
    cells,
    registry,
    networks,
    tokens,
    keyring,
    device,
    slowDown,
    chosen,
    settings,
    refreshPrices,
    shownPrices,
    balances,
    ...payments,
    dapp,
    onboarding,
    upkeep,
    confirmation,
    health,
    utxo,
    autoLock,
    follow,
    prompts,
    signSoon,
    start,
    empty,
    /** What stood in the way of the last question to a network. */
    networkError: (chainId: number) => (chainId === askedChainId ? networkError : null),
  };
  /** A page that opens is told soon of what is still pending, also if the background was stopped meanwhile. */
  const resume = async (): Promise<void> => {
    await start();
    await setAlarm(ALARM.status, now() + POLL_EVERY_MS);
    void health.pollIfOld().then(changed, () => undefined);
    void utxo.refreshIfOld();
    if ((await activity.list()).some(({ state }) => state === 'pending')) await follow();
  };
  const feed = createStateFeed(() => readSnapshot(wallet));
  const changed = () => {
    dapp.walletChanged().catch(() => undefined);
    return feed.changed().catch(() => undefined);
  };
  const watchOver = async (): Promise<void> => {
    await setAlarm(ALARM.status, now() + POLL_EVERY_MS);
    await health.poll();
  };
  const timed: Readonly<Record<string, () => Promise<void>>> = {
    [ALARM.prompt]: prompts.remind,
    [ALARM.status]: watchOver,
  };
  /** A lock that is due waits for nothing: storage that cannot be brought up to date must not keep the wallet open. */
  const onAlarm = (name: string) => {
    const work = name === ALARM.lock ? autoLock.check() : start().then(timed[name] ?? follow);
    work.catch(() => undefined).then(changed);
  };
  const onCommand = (command: Command) => {
    if (command === 'lock')
      onboarding
        .lock()
        .catch(() => undefined)
        .then(changed);
  };
  const onGrantsChanged = () => void start().then(refreshPrices).catch(changed);
  return { ...wallet, feed, changed, resume, onAlarm, onCommand, onGrantsChanged };
}

export type Wallet = ReturnType<typeof compose>;
