import { useEffect, useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import type { DeviceWork } from '@/lib/bus/hardware';
import type { DeviceJobView, Snapshot } from '@/lib/bus/snapshot';
import type { DeviceKind } from '@/lib/hardware/types';
import { useWallet } from '@/lib/state/use-wallet';
import { JobScreen } from './JobScreen';
import { factsOf, signWork } from './job-facts';
import { pathOf } from './paths';
import { useDevice, useReconnect, type Way } from './use-device';

export interface DeviceJobProps {
  readonly snapshot: Snapshot;
  readonly job: DeviceJobView;
  readonly kind: DeviceKind;
}

/** Asks the device for one signature. While this page is there it holds the job: closing it refuses. */
export function DeviceJob({ snapshot, job, kind }: DeviceJobProps) {
  const { call, holdDeviceJob } = useWallet();
  const { talk, run, passphrase, pinPlaces, cancel } = useDevice(kind);
  const [asked, setAsked] = useState<DeviceWork | null>(null);
  const { id, account } = job;
  const read = useAction(async () => setAsked(await call('hardware.work', { id })));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each job
  useEffect(() => holdDeviceJob(id), [id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: again with the next picture, where the background was stopped
  useEffect(() => {
    if (asked === null) void read.run();
  }, [id, snapshot]);
  const sign = useAction(async (way: Way) => {
    if (asked === null) return;
    const at = { path: pathOf(account.index), address: asked.address as `0x${string}` };
    const answer = await run(way, (signer) => signWork(signer, at, asked));
    if (answer !== null) await call('hardware.deliver', { id, answer });
  });
  useReconnect(talk, () => void sign.run('usb'));
  return (
    <JobScreen
      talk={talk}
      kind={job.kind}
      facts={asked && factsOf(snapshot, job, asked)}
      error={read.error ?? sign.error}
      onConnect={sign.run}
      onPassphrase={passphrase}
      onPinPlaces={pinPlaces}
      onStop={cancel}
      onRefuse={() => void call('hardware.refuse', { id }).catch(() => undefined)}
    />
  );
}
