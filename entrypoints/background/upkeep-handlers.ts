/** The backup that stands: its tasks, as pages ask for them. */
import type { SecretPurpose, WalletHandlers } from '@/lib/bus/protocol';
import type { TaskOrder, TaskPurpose } from '@/lib/bus/task';
import { taskRequestOf } from '@/lib/bus/wallet-secrets';
import { fromBase64url } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { TaskAbout } from '@/lib/keyless/upkeep/task';
import type { Wallet } from './compose';
import { isPinOnly, prove } from './prove';

type UpkeepMessage =
  | 'task.begin'
  | 'task.retry'
  | 'task.leave'
  | 'pin-check.put-off'
  | 'backup.compare-code'
  | 'backup.practised-elsewhere'
  | 'backup.end-drill-offer'
  | 'backup.refresh'
  | 'backup.note-change';

/** Whom or what a task is about, as the tasks know it. */
const aboutOf = ({ device, providerId }: TaskOrder): TaskAbout => ({
  device: device ? { ...device, jkt: fromBase64url(device.jkt) } : null,
  providerId: providerId ?? null,
});

/** What changes nothing, or takes a danger away. */
const NEEDS_NO_PROOF: ReadonlySet<TaskPurpose> = new Set(['drill', 'withdraw']);

export function upkeepHandlers(wallet: Wallet): Pick<WalletHandlers, UpkeepMessage> {
  const { keyring, upkeep, confirmation, cells, health } = wallet;
  return {
    'task.begin': (order) =>
      act(wallet, async () => {
        const { purpose } = order;
        await refuseUnkept(wallet, purpose);
        // Whoever has forgotten the PIN, and nothing else opens this device, can still choose a new one.
        const isForgotten = purpose === 'pin-reset' && (await isPinOnly(keyring));
        if (!NEEDS_NO_PROOF.has(purpose) && !isForgotten)
          throw new WalletError('bad-message', { reason: 'unlock-method' });
        await upkeep.begin(purpose, aboutOf(order));
      }),
    'task.retry': () => act(wallet, upkeep.retry),
    'task.leave': async () => {
      await act(wallet, upkeep.leave);
      // What was done shows in what the servers say.
      void health.poll().then(wallet.changed, () => undefined);
      return {};
    },
    'pin-check.put-off': () => act(wallet, confirmation.putOff),
    'backup.compare-code': async () => {
      await wallet.start();
      return { code: await upkeep.compareCode() };
    },
    'backup.practised-elsewhere': () => act(wallet, upkeep.practisedElsewhere),
    'backup.refresh': () => act(wallet, health.askAll),
    'backup.note-change': () => act(wallet, health.noted),
    'backup.end-drill-offer': () => act(wallet, () => cells.drillOffer.write('ended')),
  };
}

/** With the PIN every time nothing is kept here: the wallet would be gone with its backup. @throws WalletError */
async function refuseUnkept({ keyring }: Wallet, purpose: TaskPurpose): Promise<void> {
  if (purpose === 'delete' && (await isPinOnly(keyring))) throw new WalletError('device-unlock-needed');
}

/** What an open wallet is needed for. @throws WalletError `locked` */
async function act(
  { start, autoLock, keyring, changed, prompts }: Wallet,
  work: () => Promise<void>,
): Promise<Record<string, never>> {
  await start();
  await autoLock.check();
  await autoLock.touch();
  if (!(await keyring.isUnlocked())) throw new WalletError('locked');
  await work().finally(changed);
  await prompts.look();
  return {};
}

const PURPOSES = [
  'begin-task',
  'new-pin',
  'drill-pin',
  'confirm-pin',
  'delete-pin',
] as const satisfies readonly SecretPurpose[];
export type UpkeepPurpose = (typeof PURPOSES)[number];

export const isUpkeepPurpose = (purpose: SecretPurpose): purpose is UpkeepPurpose =>
  PURPOSES.some((one) => one === purpose);

/** @throws WalletError `locked`, and what the tasks say */
export async function takeUpkeepSecret(wallet: Wallet, purpose: UpkeepPurpose, value: Uint8Array): Promise<void> {
  const { upkeep, confirmation } = wallet;
  const text = () => new TextDecoder().decode(value);
  switch (purpose) {
    case 'begin-task': {
      const request = taskRequestOf(value);
      await act(wallet, async () => {
        await refuseUnkept(wallet, request.purpose);
        await prove(wallet, request.unlock);
        await upkeep.begin(request.purpose, aboutOf(request));
      });
      return;
    }
    case 'new-pin':
      await act(wallet, () => upkeep.chooseNewPin(text()));
      return;
    case 'drill-pin':
      await act(wallet, () => upkeep.drill(text()));
      return;
    case 'delete-pin':
      await act(wallet, () => upkeep.orderDeletion(text()));
      return;
    case 'confirm-pin':
      await act(wallet, () => confirmation.check(text()));
      return;
    default:
      return purpose satisfies never;
  }
}
