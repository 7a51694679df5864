import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useSecretAction } from '@/components/hooks/use-secret-action';
import { secretText } from '@/lib/bus/wallet-secrets';
import { useWallet } from '@/lib/state/use-wallet';
import { quizOf } from './quiz';
import { BeforePhraseScreen, PhraseQuizScreen, PhraseWordsScreen, type QuizQuestion } from './Screen';

export interface NewPhraseProps {
  readonly onAdded: () => void;
  readonly onBack: () => void;
}

const WORDS = '12';

/** Whole numbers from 0 to below `limit`, near enough to even for a quiz. */
const below = (limit: number): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % limit;

/** The words live in this component alone: whoever leaves before the quiz is passed has no wallet, and other words next time. */
export function NewPhrase({ onAdded, onBack }: NewPhraseProps) {
  const { askSecret } = useWallet();
  const [words, setWords] = useState<readonly string[] | null>(null);
  const [quiz, setQuiz] = useState<readonly QuizQuestion[] | null>(null);
  const make = useAction(async () => setWords((await askSecret('new-phrase', WORDS)).split(' ')));
  const add = useSecretAction('import-phrase', onAdded);
  if (words === null)
    return <BeforePhraseScreen busy={make.busy} error={make.error} onMake={make.run} onBack={onBack} />;
  if (quiz === null)
    return <PhraseWordsScreen words={words} onWritten={() => setQuiz(quizOf(words, below))} onBack={onBack} />;
  const toWords = () => setQuiz(null);
  return (
    <PhraseQuizScreen
      questions={quiz}
      busy={add.busy}
      error={add.error}
      onPassed={() => add.run(secretText({ words: words.join(' '), passphrase: '' }))}
      onAgain={toWords}
      onBack={toWords}
    />
  );
}
