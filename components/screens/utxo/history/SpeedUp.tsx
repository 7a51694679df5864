import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useOnce } from '@/components/hooks/use-once';
import type { HistoryItem, UtxoQuote } from '@/lib/bus/utxo/shapes';
import type { CoinFee } from '../send/FeePart';
import type { askedOf } from '../shared';
import { useConfirm } from '../use-confirm';
import { useAnswer, useUtxoCall } from '../use-utxo';
import { feeProblem } from '../words';
import { SpeedUpSheet } from './SpeedUpSheet';

export interface SpeedUpProps {
  readonly of: ReturnType<typeof askedOf>;
  readonly symbol: string;
  readonly payment: HistoryItem;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks what a dearer one costs, first at the fastest level. */
export function SpeedUp({ of, symbol, payment, onDone, onClose }: SpeedUpProps) {
  const ask = useUtxoCall();
  const confirm = useConfirm();
  // What is replaced is what waited when this was opened, whatever became of it since.
  const [asked] = useState({ of, txid: payment.txid, feeBefore: payment.fee ?? '0' });
  const [fee, setFee] = useState<CoinFee>('fast');
  const [quote, setQuote] = useState<UtxoQuote | null>(null);
  const fees = useAnswer('fees.list', { coin: of.coin });
  const prepare = useAction(async (next: CoinFee) => {
    setQuote(null);
    setQuote(await ask('send.replace', { ...asked.of, txid: asked.txid, fee: next }));
  });
  const send = useAction(async (shown: UtxoQuote) => {
    await confirm(shown);
    onDone();
  });
  useOnce(() => void prepare.run(fee));
  const refused = send.error ?? prepare.error;
  const atFee = refused?.code === 'bad-fee';
  return (
    <SpeedUpSheet
      coin={of.coin}
      symbol={symbol}
      feeBefore={asked.feeBefore}
      fee={fee}
      fees={fees.answer}
      feeError={atFee ? feeProblem(refused.details, fees.answer) : undefined}
      quote={quote}
      sending={send.busy}
      error={atFee ? null : refused}
      onFee={(next) => {
        setFee(next);
        void prepare.run(next);
      }}
      onConfirm={() => quote !== null && void send.run(quote)}
      onClose={onClose}
    />
  );
}
