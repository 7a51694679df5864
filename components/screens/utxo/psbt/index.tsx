import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useToaster } from '@/components/ui/Toast';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { u } from '@/lib/i18n/utxo';
import { saveFile } from '../parts/save-file';
import { CoinReviewSheet } from '../send/Review';
import { askedOf, type OfAccount } from '../shared';
import { useConfirm } from '../use-confirm';
import { useDeviceTask } from '../use-device-task';
import { useUtxoCall } from '../use-utxo';
import { psbtProblem } from '../words';
import { psbtBytes, readPsbtFile } from './file';
import { PsbtScreen, PsbtSignedScreen } from './Screen';

interface Signed {
  readonly quote: UtxoQuote;
  readonly psbt: string;
}

export function Psbt({ wallet, coin, account, onBack }: OfAccount) {
  const ask = useUtxoCall();
  const openTask = useDeviceTask();
  const { show } = useToaster();
  const [text, setText] = useState('');
  const [stale, setStale] = useState(false);
  const [quote, setQuote] = useState<UtxoQuote | null>(null);
  const [signed, setSigned] = useState<Signed | null>(null);
  const look = useAction(async (psbt: string) =>
    setQuote(await ask('psbt.read', { ...askedOf({ wallet, coin, account }), psbt: psbt.replace(/\s/g, '') })),
  );
  const load = useAction(async (file: File) => setText(await readPsbtFile(file)));
  const sign = useAction(async (shown: UtxoQuote) => {
    const answer = await ask('psbt.sign', { quoteId: shown.quoteId, digest: shown.digest });
    if ('job' in answer) return openTask({ ask: 'job', id: answer.job });
    setSigned({ quote: shown, psbt: answer.psbt });
  });
  const confirm = useConfirm();
  const send = useAction(async (shown: UtxoQuote) => {
    await confirm(shown);
    onBack();
  });
  const copy = async (psbt: string) => {
    await navigator.clipboard.writeText(psbt);
    show(u('psbt.copied'));
  };
  if (signed !== null)
    return (
      <PsbtSignedScreen
        psbt={signed.psbt}
        sending={send.busy}
        error={send.error}
        onSave={() => saveFile('signed.psbt', psbtBytes(signed.psbt), 'application/octet-stream')}
        onCopy={() => copy(signed.psbt).catch(() => undefined)}
        onSend={() => void send.run(signed.quote)}
        onDone={onBack}
      />
    );
  const error = stale ? null : (look.error ?? load.error);
  const atField = error?.code === 'bad-psbt';
  return (
    <>
      <PsbtScreen
        text={text}
        error={atField ? psbtProblem(error.details, coin.coin) : undefined}
        problem={atField ? null : error}
        looking={look.busy}
        onText={(next) => {
          setText(next);
          setStale(true);
        }}
        onFile={(file) => {
          setStale(false);
          void load.run(file);
        }}
        onLook={() => {
          setStale(false);
          void look.run(text);
        }}
        onBack={onBack}
      />
      {quote !== null && (
        <CoinReviewSheet
          quote={quote}
          symbol={coin.symbol}
          title={u('psbt.review')}
          action={u('psbt.sign')}
          sending={sign.busy}
          error={sign.error}
          onConfirm={() => void sign.run(quote)}
          onSaveUnsigned={null}
          onClose={() => setQuote(null)}
        />
      )}
    </>
  );
}
