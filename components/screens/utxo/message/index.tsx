import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useToaster } from '@/components/ui/Toast';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { u } from '@/lib/i18n/utxo';
import { askedOf, canSign, type OfAccount } from '../shared';
import { useDeviceTask } from '../use-device-task';
import { useAnswer, useUtxoCall } from '../use-utxo';
import { addressProblem, textProblem } from '../words';
import { ChooseAddressSheet, type MessageDraft, type MessageErrors, MessageScreen } from './Screen';

const EMPTY: MessageDraft = { mode: 'sign', address: '', message: '', signature: '' };

export function Message({ wallet, coin, account, onBack }: OfAccount) {
  const ask = useUtxoCall();
  const openTask = useDeviceTask();
  const { show } = useToaster();
  const of = askedOf({ wallet, coin, account });
  const own = useAnswer('receive.list', of).answer;
  const [draft, setDraft] = useState(EMPTY);
  const [choosing, setChoosing] = useState(false);
  const [signed, setSigned] = useState<string | null>(null);
  const [valid, setValid] = useState<boolean | null>(null);
  const sign = useAction(async ({ address, message }: MessageDraft) => {
    const answer = await ask('message.sign', { ...of, address, message });
    if ('job' in answer) openTask({ ask: 'job', id: answer.job });
    else setSigned(answer.signature);
  });
  const verify = useAction(async ({ address, message, signature }: MessageDraft) => {
    const asked = { coin: coin.coin, address: address.trim(), message, signature: signature.trim() };
    setValid((await ask('message.verify', asked)).valid);
  });
  const [stale, setStale] = useState(false);
  const error = stale ? null : draft.mode === 'sign' ? sign.error : verify.error;
  const errors = error === null ? {} : errorsOf(error, coin.coin);
  const change = (next: MessageDraft) => {
    setDraft(next);
    setSigned(null);
    setValid(null);
    setStale(true);
  };
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    show(u('message.copied'));
  };
  return (
    <>
      <MessageScreen
        draft={draft}
        taproot={account.type === 'taproot'}
        watchOnly={!canSign(wallet)}
        errors={errors}
        problem={errors.address === undefined && errors.message === undefined ? error : null}
        busy={sign.busy || verify.busy}
        signed={signed}
        valid={valid}
        onDraft={change}
        onChoose={() => setChoosing(true)}
        onSign={() => {
          setStale(false);
          void sign.run(draft);
        }}
        onVerify={() => {
          setStale(false);
          void verify.run(draft);
        }}
        onCopy={() => signed !== null && copy(signed).catch(() => undefined)}
        onBack={onBack}
      />
      {choosing && own !== null && (
        <ChooseAddressSheet
          addresses={[own.fresh, ...own.used]}
          onAddress={(address) => {
            change({ ...draft, address });
            setChoosing(false);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  );
}

function errorsOf({ code, details }: ErrorFacts, coin: OfAccount['coin']['coin']): MessageErrors {
  if (code === 'bad-address') return { address: addressProblem(details, coin) };
  if (code !== 'bad-text') return {};
  return details.reason === 'not-own' ? { address: textProblem(details) } : { message: textProblem(details) };
}
