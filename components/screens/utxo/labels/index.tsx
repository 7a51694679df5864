import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { LARGEST_LABELS, type UtxoOutput } from '@/lib/bus/utxo/table';
import { WalletError } from '@/lib/errors';
import { saveFile } from '../parts/save-file';
import { askedOf, type OfAccount } from '../shared';
import { useUtxoCall } from '../use-utxo';
import { labelsProblem } from '../words';
import { LabelsScreen } from './Screen';

export function Labels({ wallet, coin, account, onBack }: OfAccount) {
  const ask = useUtxoCall();
  const of = askedOf({ wallet, coin, account });
  const [text, setText] = useState('');
  const [taken, setTaken] = useState<UtxoOutput<'labels.read'> | null>(null);
  const save = useAction(async () => {
    const { labels, name } = await ask('labels.write', of);
    saveFile(name, labels, 'application/jsonl;charset=utf-8');
  });
  const read = useAction(async (from: string | File) => {
    setTaken(null);
    if (sizeOf(from) > LARGEST_LABELS) throw new WalletError('bad-labels', { reason: 'too-large' });
    setTaken(await ask('labels.read', { ...of, text: typeof from === 'string' ? from : await from.text() }));
    setText('');
  });
  const [stale, setStale] = useState(false);
  const error = stale ? null : read.error;
  const atField = error?.code === 'bad-labels';
  return (
    <LabelsScreen
      text={text}
      error={atField ? labelsProblem(error.details) : undefined}
      problem={atField ? save.error : (error ?? save.error)}
      saving={save.busy}
      reading={read.busy}
      taken={taken}
      onSave={() => void save.run()}
      onText={(next) => {
        setText(next);
        setStale(true);
      }}
      onFile={(file) => {
        setStale(false);
        void read.run(file);
      }}
      onRead={() => {
        setStale(false);
        void read.run(text);
      }}
      onBack={onBack}
    />
  );
}

const sizeOf = (from: string | File): number => (typeof from === 'string' ? from.length : from.size);
