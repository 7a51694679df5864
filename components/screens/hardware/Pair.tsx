import { useEffect, useRef, useState } from 'react';
import { useToaster } from '@/components/ui/Toast';
import type { Snapshot } from '@/lib/bus/snapshot';
import { WalletError } from '@/lib/errors';
import type { HardwareSigner } from '@/lib/hardware/types';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { useAction } from '../use-action';
import { toWallet } from '../use-place';
import { type FoundAccount, PairScreen, type PairStep } from './PairScreen';
import { pathOf } from './paths';
import { useDevice } from './use-device';

/** How many accounts are looked at. */
const LOOKED_AT = 5;

type Chosen = ReadonlyArray<Pick<FoundAccount, 'index' | 'address'>>;

export interface PairDeviceProps {
  readonly snapshot: Snapshot;
}

export function PairDevice({ snapshot }: PairDeviceProps) {
  const { call } = useWallet();
  const { show } = useToaster();
  const { talk, run, passphrase, cancel } = useDevice();
  const [step, setStep] = useState<PairStep>({ at: 'connect' });
  const choosing = useRef<{ readonly choose: (accounts: Chosen) => void; readonly leave: () => void } | null>(null);
  const own = new Set(snapshot.wallets.flatMap(({ accounts }) => accounts.map((one) => one.address.toLowerCase())));
  // The device waits for the choice: whoever goes away has made none.
  useEffect(() => () => choosing.current?.leave(), []);

  const choose = (accounts: readonly FoundAccount[]): Promise<Chosen> =>
    new Promise((resolve, reject) => {
      choosing.current = { choose: resolve, leave: () => reject(new WalletError('device-cancelled')) };
      setStep({ at: 'found', accounts });
    });
  /** On one device, with one passphrase, from the first address to the last check. */
  const pair = async (signer: HardwareSigner) => {
    const found: FoundAccount[] = [];
    for (let index = 0; index < LOOKED_AT; index += 1) {
      const address = await signer.getAddress(pathOf(index), 'not');
      found.push({ index, address, state: own.has(address.toLowerCase()) ? 'here' : 'left' });
    }
    const free = found.find(({ state }) => state === 'left');
    const chosen = await choose(found.map((one) => (one === free ? { ...one, state: 'chosen' } : one)));
    for (const { index, address } of chosen) {
      setStep({ at: 'checking', address });
      const shown = await signer.getAddress(pathOf(index), 'on-device');
      if (shown !== address) throw new WalletError('device-misbehaved');
    }
    return { first: found[0]?.address ?? '', chosen };
  };
  const add = useAction(async (way: 'usb' | 'bridge') => {
    const paired = await run(way, pair);
    choosing.current = null;
    setStep({ at: 'connect' });
    if (paired === null) return;
    await call('hardware.add', {
      device: { kind: 'onekey-mini', first: paired.first },
      accounts: paired.chosen.map(({ index, address }) => ({ index, address })),
    });
    show(t('add-wallet.added'));
    toWallet();
  });
  const toggle = (index: number) => {
    if (step.at !== 'found') return;
    const other = { chosen: 'left', left: 'chosen', here: 'here' } as const;
    setStep({
      at: 'found',
      accounts: step.accounts.map((one) => (one.index === index ? { ...one, state: other[one.state] } : one)),
    });
  };
  return (
    <PairScreen
      talk={talk}
      step={step}
      error={add.error}
      onConnect={add.run}
      onPassphrase={passphrase}
      onStop={() => {
        choosing.current?.leave();
        cancel();
      }}
      onToggle={toggle}
      onAdd={() => {
        if (step.at === 'found') choosing.current?.choose(step.accounts.filter(({ state }) => state === 'chosen'));
      }}
      onBack={toWallet}
    />
  );
}
