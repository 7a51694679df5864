import { lazy, Suspense, useEffect } from 'react';
import { toWallet, usePlace, usePlaceDetail } from '@/components/hooks/use-place';
import { accountInUse, walletOf } from '@/components/screens/shared/own-accounts';
import type { AccountRef, DeviceJobView, Snapshot } from '@/lib/bus/snapshot';
import { usePageHost } from '@/lib/state/page-host';
import { useWallet } from '@/lib/state/use-wallet';
import { JobElsewhereScreen, JobEndScreen } from './Screen';

/** Nothing that speaks to devices is loaded before one of these is shown. */
const DeviceJob = lazy(async () => ({ default: (await import('../hardware/Job')).DeviceJob }));
const PairDevice = lazy(async () => ({ default: (await import('../hardware/Pair')).PairDevice }));
const CheckAddress = lazy(async () => ({ default: (await import('../hardware/CheckAddress')).CheckAddress }));
const CoinDevice = lazy(async () => ({ default: (await import('../hardware/coin')).CoinDevice }));

interface OneJobProps {
  readonly snapshot: Snapshot;
  readonly job: DeviceJobView;
}

function OneJob({ snapshot, job }: OneJobProps) {
  const { call } = useWallet();
  const { surface } = usePageHost();
  const { id, state } = job;
  if (state !== 'waiting')
    return <JobEndScreen error={job.error} onDone={() => void call('hardware.leave', { id }).catch(() => undefined)} />;
  if (surface === 'tab')
    return <DeviceJob key={id} snapshot={snapshot} job={job} kind={kindOf(snapshot, job.account)} />;
  return (
    <JobElsewhereScreen
      onShow={() => void call('hardware.show', {}).catch(() => undefined)}
      onRefuse={() => void call('hardware.refuse', { id }).catch(() => undefined)}
    />
  );
}

const kindOf = (snapshot: Snapshot, ref: AccountRef) => walletOf(snapshot, ref)?.device ?? 'onekey-mini';

/** What a hardware wallet asks for in the place of home; null where it asks for nothing. */
export function useHardwarePage(snapshot: Snapshot | null) {
  const place = usePlace();
  const detail = usePlaceDetail();
  const account = snapshot === null ? undefined : accountInUse(snapshot);
  const onDevice = snapshot !== null && account !== undefined && walletOf(snapshot, account)?.type === 'hardware';
  // The account was changed meanwhile.
  const isLost = place === 'device-address' && snapshot?.flow.stage === 'home' && !onDevice;
  useEffect(() => {
    if (isLost) toWallet();
  }, [isLost]);
  if (snapshot === null || snapshot.flow.stage !== 'home') return null;
  if (snapshot.deviceJob !== null)
    return (
      <Suspense>
        <OneJob snapshot={snapshot} job={snapshot.deviceJob} />
      </Suspense>
    );
  if (place === 'hardware')
    return (
      <Suspense>
        <PairDevice snapshot={snapshot} />
      </Suspense>
    );
  if (place === 'device-coin' && detail !== '')
    return (
      <Suspense>
        <CoinDevice snapshot={snapshot} text={detail} />
      </Suspense>
    );
  if (place === 'device-address' && onDevice)
    return (
      <Suspense>
        <CheckAddress account={account} kind={kindOf(snapshot, account)} />
      </Suspense>
    );
  return null;
}
