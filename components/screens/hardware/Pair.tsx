import { useEffect, useRef, useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { toWallet } from '@/components/hooks/use-place';
import { useToaster } from '@/components/ui/Toast';
import type { Snapshot } from '@/lib/bus/snapshot';
import { WalletError } from '@/lib/errors';
import type { HardwareSigner } from '@/lib/hardware/types';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { type FoundAccount, PairScreen, type PairStep } from './PairScreen';
import { pathOf } from './paths';
import { useDevice, type Way } from './use-device';

/** How many accounts are looked at, at a time and at most. */
const LOOKED_AT = 5;
const MOST = 100;

type Chosen = ReadonlyArray<Pick<FoundAccount, 'index' | 'address'>>;

export interface PairDeviceProps {
  readonly snapshot: Snapshot;
}

export function PairDevice({ snapshot }: PairDeviceProps) {
  const { call } = useWallet();
  const { show } = useToaster();
  const { talk, run, passphrase, pinPlaces, cancel } = useDevice('any');
  const [step, setStep] = useState<PairStep>({ at: 'connect' });
  const choosing = useRef<{ readonly choose: (how: Chosen | 'more') => void; readonly leave: () => void } | null>(null);
  const own = new Set(snapshot.wallets.flatMap(({ accounts }) => accounts.map((one) => one.address.toLowerCase())));
  // The device waits for the choice: whoever goes away has made none.
  useEffect(() => () => choosing.current?.leave(), []);

  const choose = (accounts: readonly FoundAccount[]): Promise<Chosen | 'more'> =>
    new Promise((resolve, reject) => {
      choosing.current = { choose: resolve, leave: () => reject(new WalletError('device-cancelled')) };
      setStep({ at: 'found', accounts, more: accounts.length < MOST });
    });
  const found = useRef<readonly FoundAccount[]>([]);
  /** The next ones, after those that were looked at; the first free one of all is chosen to begin with. */
  const look = async (signer: HardwareSigner): Promise<Chosen> => {
    const from = found.current.length;
    const paths = Array.from({ length: LOOKED_AT }, (_, place) => pathOf(from + place));
    const fresh = (await signer.getAddresses(paths)).map((address, place): FoundAccount => {
      const state = own.has(address.toLowerCase()) ? 'here' : 'left';
      return { index: from + place, address, state };
    });
    const all = [...found.current, ...fresh];
    const free = all.some(({ state }) => state === 'chosen') ? undefined : all.find(({ state }) => state === 'left');
    found.current = all.map((one) => (one === free ? { ...one, state: 'chosen' } : one));
    const how = await choose(found.current);
    return how === 'more' ? look(signer) : how;
  };
  /** On one device, with one passphrase, from the first address to the last check. */
  const pair = async (signer: HardwareSigner) => {
    found.current = [];
    const chosen = await look(signer);
    for (const { index, address } of chosen) {
      setStep({ at: 'checking', address });
      const shown = await signer.getAddress(pathOf(index), 'on-device');
      if (shown !== address) throw new WalletError('device-misbehaved');
    }
    return { first: found.current[0]?.address ?? '', chosen };
  };
  const add = useAction(async (way: Way) => {
    const paired = await run(way, pair);
    choosing.current = null;
    setStep({ at: 'connect' });
    if (paired === null) return;
    await call('hardware.add', {
      device: { kind: way === 'suite' ? 'trezor' : 'onekey-mini', first: paired.first },
      accounts: paired.chosen.map(({ index, address }) => ({ index, address })),
    });
    show(t('add-wallet.added'));
    toWallet();
  });
  const toggle = (index: number) => {
    if (step.at !== 'found') return;
    const other = { chosen: 'left', left: 'chosen', here: 'here' } as const;
    found.current = step.accounts.map((one) => (one.index === index ? { ...one, state: other[one.state] } : one));
    setStep({ ...step, accounts: found.current });
  };
  return (
    <PairScreen
      talk={talk}
      step={step}
      error={add.error}
      onConnect={add.run}
      onPassphrase={passphrase}
      onPinPlaces={pinPlaces}
      onStop={() => {
        choosing.current?.leave();
        cancel();
      }}
      onToggle={toggle}
      onMore={() => {
        choosing.current?.choose('more');
        setStep({ at: 'connect' });
      }}
      onAdd={() => {
        if (step.at === 'found') choosing.current?.choose(step.accounts.filter(({ state }) => state === 'chosen'));
      }}
      onBack={toWallet}
    />
  );
}
