import { Camera, ListChecks, PencilLine } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Card } from '@/components/ui/Card';
import { Reason } from '@/components/ui/Field';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

interface Back {
  readonly onBack: () => void;
}

const top = (onBack: () => void) => (
  <Header title={t('new-phrase.title')} back={{ label: t('action.back'), onPress: onBack }} />
);

export interface BeforePhraseScreenProps extends Back {
  readonly busy: boolean;
  readonly error: ErrorFacts | null;
  readonly onMake: () => void;
}

/** What the words are worth, before anybody sees them. */
export function BeforePhraseScreen({ busy, error, onMake, onBack }: BeforePhraseScreenProps) {
  return (
    <Page
      header={top(onBack)}
      body="text"
      footer={
        <Button variant="primary" onClick={onMake} busyLabel={busy ? t('new-phrase.make') : undefined}>
          {t('new-phrase.make')}
        </Button>
      }
    >
      <div className="grid gap-6 pt-4">
        <Lead title={t('new-phrase.before.title')} level="section">
          {t('new-phrase.before.text')}
        </Lead>
        {error !== null && <ErrorNote error={error} />}
        <Card className="grid gap-4 p-4">
          <Advice icon={<PencilLine aria-hidden="true" size={18} />}>{t('new-phrase.before.one')}</Advice>
          <Advice icon={<Camera aria-hidden="true" size={18} />}>{t('new-phrase.before.two')}</Advice>
          <Advice icon={<ListChecks aria-hidden="true" size={18} />}>{t('new-phrase.before.three')}</Advice>
        </Card>
      </div>
    </Page>
  );
}

function Advice({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <p className="flex gap-3 text-body">
      <span className="mt-0.5 shrink-0 text-accent-text">{icon}</span>
      {children}
    </p>
  );
}

export interface PhraseWordsScreenProps extends Back {
  readonly words: readonly string[];
  readonly onWritten: () => void;
}

/** The words, all of them, to be written down. */
export function PhraseWordsScreen({ words, onWritten, onBack }: PhraseWordsScreenProps) {
  return (
    <Page
      header={top(onBack)}
      body="text"
      footer={
        <Button variant="primary" onClick={onWritten}>
          {t('new-phrase.written')}
        </Button>
      }
    >
      <div className="grid gap-5 pt-2">
        <Lead title={t('new-phrase.words.title')} level="section">
          {t('new-phrase.words.text')}
        </Lead>
        <Card>
          <ol dir="ltr" className="grid grid-flow-col grid-cols-2 grid-rows-6 gap-x-4 gap-y-2.5 p-4" translate="no">
            {words.map((word, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place of a word is what it is known by.
              <li key={index} className="flex items-baseline gap-2.5">
                <span className="w-5 shrink-0 text-end text-ink-3 text-small tabular-nums">{index + 1}</span>
                <span className="font-medium text-button">{word}</span>
              </li>
            ))}
          </ol>
        </Card>
      </div>
    </Page>
  );
}

/** One question of the quiz: the words to choose from, and which of them is right. */
export interface QuizQuestion {
  /** Of the word that is asked for, from 1. */
  readonly place: number;
  readonly choices: readonly string[];
  /** Of the right one among the choices. */
  readonly right: number;
}

export interface PhraseQuizScreenProps extends Back {
  readonly questions: readonly QuizQuestion[];
  readonly busy: boolean;
  readonly error: ErrorFacts | null;
  readonly onPassed: () => void;
  readonly onAgain: () => void;
}

/** Three of the words, asked for one after the other. */
export function PhraseQuizScreen({ questions, busy, error, onPassed, onAgain, onBack }: PhraseQuizScreenProps) {
  const [step, setStep] = useState(0);
  const [wrong, setWrong] = useState<number | null>(null);
  const question = questions[step];
  if (question === undefined) return null;
  const last = step + 1 === questions.length;
  const choose = (choice: number) => {
    if (busy) return;
    setWrong(choice === question.right ? null : choice);
    if (choice !== question.right) return;
    if (last) onPassed();
    else setStep(step + 1);
  };
  return (
    <Page
      header={top(onBack)}
      footer={
        <Button variant="quiet" onClick={onAgain}>
          {t('new-phrase.quiz.again')}
        </Button>
      }
    >
      <div className="grid gap-6 pt-4">
        <div aria-live="polite">
          <Lead title={t('new-phrase.quiz.title', { place: question.place })} level="section">
            {t('new-phrase.quiz.text', { step: step + 1, steps: questions.length })}
          </Lead>
        </div>
        {error !== null && <ErrorNote error={error} />}
        <fieldset className="grid gap-2.5" translate="no">
          <legend className="sr-only">{t('new-phrase.quiz.title', { place: question.place })}</legend>
          {question.choices.map((word, index) => (
            <Button
              // biome-ignore lint/suspicious/noArrayIndexKey: the choices of a question never change.
              key={`${step} ${index}`}
              onClick={() => choose(index)}
              variant={wrong === index ? 'risky' : 'secondary'}
              busyLabel={busy && last && index === question.right ? t('new-phrase.adding') : undefined}
            >
              {word}
            </Button>
          ))}
        </fieldset>
        <div aria-live="polite" className="min-h-10">
          {wrong !== null && <Reason>{t('new-phrase.quiz.wrong', { place: question.place })}</Reason>}
        </div>
      </div>
    </Page>
  );
}
