/** What pages ask about Bitcoin and its relatives, for React. */
import { useCallback, useEffect, useState } from 'react';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { callUtxo } from '@/lib/bus/utxo/client';
import type { UtxoInput, UtxoMessage, UtxoOutput } from '@/lib/bus/utxo/table';
import { asWalletError } from '@/lib/errors';
import { useSnapshot, useWallet } from '@/lib/state/use-wallet';

export type UtxoCall = <M extends UtxoMessage>(name: M, input: UtxoInput<M>) => Promise<UtxoOutput<M>>;

/** @throws WalletError what the background answers */
export function useUtxoCall(): UtxoCall {
  const { call } = useWallet();
  return useCallback((name, input) => callUtxo(call, name, input), [call]);
}

export interface Answer<Output> {
  /** The last one; null until there is one. */
  readonly answer: Output | null;
  /** What stood in the way of the last question. */
  readonly error: ErrorFacts | null;
  readonly again: () => void;
}

interface Told {
  readonly of: string;
  readonly answer: unknown;
  readonly error: ErrorFacts | null;
}

/** The answer to a question, asked again after every change; until then the one before stands. */
export function useAnswer<M extends UtxoMessage>(name: M, input: UtxoInput<M>): Answer<UtxoOutput<M>> {
  const ask = useUtxoCall();
  const revision = useSnapshot(({ utxo }) => utxo.revision);
  const [round, setRound] = useState(0);
  const [told, setTold] = useState<Told | null>(null);
  const asked = JSON.stringify([name, input]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: revision and round are when to ask, not what
  useEffect(() => {
    let current = true;
    const [message, form] = JSON.parse(asked) as [M, UtxoInput<M>];
    ask(message, form).then(
      (answer) => current && setTold({ of: asked, answer, error: null }),
      (thrown) => {
        const { code, details } = asWalletError(thrown);
        if (current)
          setTold((last) => ({ of: asked, answer: last?.of === asked ? last.answer : null, error: { code, details } }));
      },
    );
    return () => {
      current = false;
    };
  }, [ask, asked, revision, round]);
  const again = useCallback(() => setRound((last) => last + 1), []);
  if (told?.of !== asked) return { answer: null, error: null, again };
  return { answer: told.answer as UtxoOutput<M> | null, error: told.error, again };
}
