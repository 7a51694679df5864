import { Page } from '@/components/ui/Page';
import { Spinner } from '@/components/ui/Spinner';
import type { Snapshot } from '@/lib/bus/snapshot';
import { readTask } from '../../utxo/device-task';
import { useUtxoWords } from '../../utxo/use-utxo-words';
import { CoinDeviceAccounts } from './Accounts';
import { CoinDeviceAddress } from './Address';
import { CoinDeviceJob } from './Job';

export interface CoinDeviceProps {
  readonly snapshot: Snapshot;
  /** What the device is asked, as `taskText` writes it. */
  readonly text: string;
}

/** What a device is asked about Bitcoin and its relatives; nothing for a text that says nothing. */
export function CoinDevice({ snapshot, text }: CoinDeviceProps) {
  const ready = useUtxoWords();
  const task = readTask(text);
  if (task === null) return null;
  if (!ready)
    return (
      <Page place="middle">
        <Spinner />
      </Page>
    );
  switch (task.ask) {
    case 'job':
      return <CoinDeviceJob key={task.id} id={task.id} />;
    case 'accounts':
      return <CoinDeviceAccounts key={text} snapshot={snapshot} task={task} />;
    case 'address':
      return <CoinDeviceAddress key={text} task={task} />;
    default:
      return task satisfies never;
  }
}
