import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { toWallet } from '@/components/hooks/use-place';
import { useToaster } from '@/components/ui/Toast';
import type { UtxoOutput } from '@/lib/bus/utxo/table';
import { COINS } from '@/lib/chains/utxo/coins';
import { doWork } from '@/lib/hardware/onekey/utxo-work';
import { u } from '@/lib/i18n/utxo';
import { statedCoins } from '../../utxo/parts/amounts';
import { saveFile } from '../../utxo/parts/save-file';
import { psbtBytes } from '../../utxo/psbt/file';
import { CoinSentScreen } from '../../utxo/send/Sent';
import { useAnswer, useUtxoCall } from '../../utxo/use-utxo';
import { useDevice, useReconnect, type Way } from '../use-device';
import { coinsOn } from './ask-device';
import { type CoinJob, CoinJobScreen, type CoinProgress } from './JobScreen';
import { CoinSignedScreen } from './SignedScreen';

type CoinWork = UtxoOutput<'device.work'>;

export interface CoinDeviceJobProps {
  readonly id: string;
}

/** Asks the device for what waits to be signed. It waits until it is answered, refused, or another quote is shown. */
export function CoinDeviceJob({ id }: CoinDeviceJobProps) {
  const ask = useUtxoCall();
  const { show } = useToaster();
  const { answer: work, error: gone } = useAnswer('device.work', { id });
  const { talk, run, passphrase, pinPlaces, cancel } = useDevice('onekey-mini');
  const [progress, setProgress] = useState<CoinProgress | null>(null);
  const [done, setDone] = useState<UtxoOutput<'device.deliver'> | null>(null);
  const sign = useAction(async (way: Way) => {
    if (work === null) return;
    const answer = await run(way, (signer) => doWork(coinsOn(signer), work, setProgress));
    setProgress(null);
    if (answer !== null) setDone(await ask('device.deliver', { id, answer }));
  });
  useReconnect(talk, () => void sign.run('usb'));
  const refuse = useAction(() => ask('device.refuse', { id }).finally(toWallet));
  if (done?.txid && work?.kind === 'transaction')
    return <CoinSentScreen {...sentFacts(work)} txid={done.txid} onDone={toWallet} />;
  const text = done?.psbt ?? done?.signature ?? null;
  const copy = async (signed: string) => {
    await navigator.clipboard.writeText(signed);
    show(u('xpub.copied'));
  };
  if (text !== null)
    return (
      <CoinSignedScreen
        text={text}
        onCopy={() => copy(text).catch(() => undefined)}
        onSave={done?.psbt ? () => saveFile('signed.psbt', psbtBytes(text), 'application/octet-stream') : null}
        onDone={toWallet}
      />
    );
  return (
    <CoinJobScreen
      talk={talk}
      job={work && jobOf(work)}
      progress={progress}
      error={sign.error ?? (work === null ? gone : null)}
      onConnect={(way) => void sign.run(way)}
      onPassphrase={passphrase}
      onPinPlaces={pinPlaces}
      onStop={cancel}
      onRefuse={() => void refuse.run()}
    />
  );
}

function jobOf(work: CoinWork): CoinJob {
  if (work.kind === 'message') return { kind: 'message', address: work.address, message: work.message };
  return { kind: 'transaction', quote: work.quote, symbol: COINS[work.coin].symbol };
}

function sentFacts({ coin, quote }: Extract<CoinWork, { kind: 'transaction' }>) {
  const { symbol } = COINS[coin];
  return { symbol, amount: statedCoins(String(BigInt(quote.total) - BigInt(quote.fee)), symbol) };
}
