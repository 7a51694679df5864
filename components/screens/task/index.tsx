import { useAction } from '@/components/hooks/use-action';
import { useProvider } from '@/components/hooks/use-provider';
import { useNowMs, useSlow } from '@/components/hooks/use-time';
import type { TaskView } from '@/lib/bus/task';
import { t } from '@/lib/i18n';
import { useSnapshot, useWallet } from '@/lib/state/use-wallet';
import { ChoosePinScreen } from '../choose-pin/Screen';
import { useCheckPin } from '../choose-pin/use-check-pin';
import {
  DeletedScreen,
  DeletePinScreen,
  OrderedScreen,
  OrderingScreen,
  WithdrawnScreen,
} from '../delete-backup/Screen';
import { PinChangedScreen, ResettingScreen } from '../pin-reset/Screen';
import { PracticePinScreen, PractisedScreen } from '../practice/Screen';
import { RecoveringScreen } from '../recovering/Screen';
import { SecondAddedScreen, SecondingScreen } from '../second-sign-in/Screen';
import { DeviceSignedOutScreen } from '../sign-out-device/Screen';
import { StoppedScreen } from '../stopped/Screen';
import { OpeningScreen } from './Screen';

interface TaskProps<Stage extends TaskView['stage']> {
  readonly task: Extract<TaskView, { stage: Stage }>;
}

/** What is being done with the backup: it stands in the place of home until it is done or left. */
export function TaskPage({ task }: { readonly task: TaskView }) {
  const { onLeave } = useWays();
  switch (task.stage) {
    case 'opening':
      return <Opening task={task} />;
    case 'new-pin':
      return <NewPin task={task} />;
    case 'resetting':
      return <Resetting task={task} />;
    case 'pin-changed':
      return <PinChangedScreen onDone={onLeave} />;
    case 'second-pin':
      return <NewPin task={task} />;
    case 'seconding':
      return <Seconding task={task} />;
    case 'second-added':
      return <SecondAdded task={task} />;
    case 'drill-pin':
      return <DrillPin task={task} />;
    case 'drilling':
      return <Drilling task={task} />;
    case 'drilled':
      return <Drilled task={task} />;
    case 'delete-pin':
      return <DeletePin task={task} />;
    case 'ordering':
      return <Ordering task={task} />;
    case 'deletion-ordered':
      return <OrderedScreen deadlineMs={task.deadlineMs} onDone={onLeave} />;
    case 'withdrawn':
      return <WithdrawnScreen onDone={onLeave} />;
    case 'deleted':
      return <DeletedScreen onDone={onLeave} />;
    case 'device-signed-out':
      return <DeviceSignedOutScreen name={task.name} onDone={onLeave} />;
    case 'stopped':
      return <StoppedTask task={task} />;
    default:
      return task satisfies never;
  }
}

function useWays() {
  const { call } = useWallet();
  return {
    onRetry: () => call('task.retry', {}).catch(() => undefined),
    onLeave: () => call('task.leave', {}).catch(() => undefined),
  };
}

function Opening({ task }: TaskProps<'opening'>) {
  const providerId = useSnapshot((snapshot) => snapshot.backup?.providerId);
  const provider = useProvider(providerId ?? '');
  const { error, mayBeDone } = task;
  return <OpeningScreen providerLabel={provider.label} error={error} mayBeDone={mayBeDone} {...useWays()} />;
}

function NewPin({ task }: TaskProps<'new-pin' | 'second-pin'>) {
  const { sendSecret } = useWallet();
  const { onLeave } = useWays();
  const choose = useAction((pin: string) => sendSecret('new-pin', pin));
  return (
    <ChoosePinScreen
      title={t(task.stage === 'new-pin' ? 'pin-reset.choose' : 'second.choose')}
      actionLabel={t(task.stage === 'new-pin' ? 'pin-reset.action' : 'second.action')}
      checkPin={useCheckPin()}
      error={choose.error ?? task.error}
      busy={choose.busy}
      onChosen={choose.run}
      onBack={onLeave}
    />
  );
}

function Resetting({ task: { step, error, pin } }: TaskProps<'resetting'>) {
  return <ResettingScreen step={step} error={error} pin={pin} slow={useSlow(step)} {...useWays()} />;
}

function Seconding({ task: { step, error } }: TaskProps<'seconding'>) {
  return <SecondingScreen step={step} error={error} slow={useSlow(step)} {...useWays()} />;
}

function SecondAdded({ task }: TaskProps<'second-added'>) {
  const { onLeave } = useWays();
  return <SecondAddedScreen providerLabel={useProvider(task.providerId).label} onDone={onLeave} />;
}

function DrillPin({ task: { error, ...tries } }: TaskProps<'drill-pin'>) {
  const { sendSecret } = useWallet();
  const { onLeave } = useWays();
  const drill = useAction((pin: string) => sendSecret('drill-pin', pin));
  return (
    <PracticePinScreen
      {...tries}
      nowMs={useNowMs(tries.nextTryAtMs)}
      error={drill.error ?? error}
      busy={drill.busy}
      onPin={drill.run}
      onLeave={onLeave}
    />
  );
}

function Drilling({ task: { step, error } }: TaskProps<'drilling'>) {
  const { onRetry, onLeave } = useWays();
  return (
    <RecoveringScreen
      step={step}
      slow={useSlow(step)}
      error={error}
      ways={{ retry: t('action.try-again'), back: t('task.leave') }}
      onRetry={onRetry}
      onBack={onLeave}
    />
  );
}

function Drilled({ task }: TaskProps<'drilled'>) {
  const { onLeave } = useWays();
  const provider = useProvider(useSnapshot((snapshot) => snapshot.backup?.providerId) ?? '');
  const address = useSnapshot(
    (snapshot) => snapshot.wallets.find(({ type }) => type === 'keyless')?.accounts[0]?.address,
  );
  return <PractisedScreen {...task} providerLabel={provider.label} address={address ?? ''} onDone={onLeave} />;
}

function DeletePin({ task }: TaskProps<'delete-pin'>) {
  const { sendSecret } = useWallet();
  const { onLeave } = useWays();
  const order = useAction((pin: string) => sendSecret('delete-pin', pin));
  const error = order.error ?? task.error;
  const nowMs = useNowMs(error?.details.nextAtMs ?? null);
  return <DeletePinScreen error={error} nowMs={nowMs} busy={order.busy} onPin={order.run} onLeave={onLeave} />;
}

function Ordering({ task }: TaskProps<'ordering'>) {
  return <OrderingScreen error={task.error} {...useWays()} />;
}

function StoppedTask({ task }: TaskProps<'stopped'>) {
  const { call } = useWallet();
  const { onLeave } = useWays();
  const erase = useAction(() => call('device.erase', {}));
  return (
    <StoppedScreen error={erase.error ?? task.error} erasing={erase.busy} onContinue={onLeave} onErase={erase.run} />
  );
}
