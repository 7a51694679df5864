import { useState } from 'react';
import { duplicateText } from '@/components/screens/shared/wallet-words';
import { Button } from '@/components/ui/Button';
import { Reason, SecretField } from '@/components/ui/Field';
import { Header, Lead, Page } from '@/components/ui/Page';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { checkPhrase, PHRASE_LENGTHS, tidyWord } from '@/lib/phrase/words';
import { type PhraseProblem, problemOf } from './problem';
import { WordFields } from './WordFields';
import { pasted, resized, typedWords } from './words';

export interface ImportPhraseScreenProps {
  readonly busy: boolean;
  readonly error: ErrorFacts | null;
  /** `words`: a whole phrase, in small letters, one space between them. */
  readonly onImport: (words: string, passphrase: string) => void;
  readonly onBack: () => void;
}

const COUNTS = PHRASE_LENGTHS.map((length) => ({ value: `${length}`, label: length, length }));
const MOST_PASSPHRASE = 256;

/** A wallet from words that were written down. What is typed lives here, and goes with this page. */
export function ImportPhraseScreen({ busy, error, onImport, onBack }: ImportPhraseScreenProps) {
  const [words, setWords] = useState(() => resized([], 12));
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const [problem, setProblem] = useState<PhraseProblem | null>(null);
  /** Whether what is shown is about the words as they stand. */
  const [sent, setSent] = useState(false);
  const tooLong = passphrase !== null && passphrase.length > MOST_PASSPHRASE;

  /** From the words as they stand then: two fields may be filled in one turn. */
  const change = (edit: (current: readonly string[]) => readonly string[]) => {
    setWords(edit);
    setProblem(null);
    setSent(false);
  };
  const submit = () => {
    if (busy || tooLong) return;
    const typed = typedWords(words);
    const found = problemOf(checkPhrase(typed), typed);
    setProblem(found);
    if (found !== null) return;
    setSent(true);
    onImport(typed.join(' '), passphrase ?? '');
  };
  const resize = (value: string) => {
    const chosen = COUNTS.find((count) => count.value === value);
    if (chosen !== undefined) change((current) => resized(current, chosen.length));
  };
  const duplicate = sent ? duplicateText(error) : undefined;
  const footer = (
    <>
      <div aria-live="polite" className="grid gap-2 pb-1 empty:hidden">
        {problem !== null && <Problem problem={problem} onMend={(mended) => change(() => mended)} />}
        {duplicate !== undefined && <Reason>{duplicate}</Reason>}
      </div>
      <Button
        type="submit"
        variant="primary"
        disabled={words.every((word) => tidyWord(word) === '')}
        busyLabel={busy ? t('import-phrase.adding') : undefined}
      >
        {t('import-phrase.action')}
      </Button>
    </>
  );
  return (
    <Page
      header={<Header title={t('import-phrase.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
      onSubmit={submit}
    >
      <div className="grid gap-4 pb-4">
        <Lead title={t('import-phrase.lead')} level="section">
          {t('import-phrase.text')}
        </Lead>
        <SegmentedControl
          label={t('import-phrase.count')}
          value={`${words.length}`}
          segments={COUNTS}
          onValue={resize}
        />
        <WordFields
          words={words}
          wrong={problem?.places ?? []}
          disabled={busy}
          onWord={(place, word) => change((current) => current.with(place, word))}
          onPaste={(place, text) => change((current) => pasted(current, place, text))}
        />
        {sent && error !== null && duplicate === undefined && <ErrorNote error={error} />}
        {passphrase === null ? (
          <Button size="small" onClick={() => setPassphrase('')}>
            {t('import-phrase.add-passphrase')}
          </Button>
        ) : (
          <SecretField
            label={t('import-phrase.passphrase')}
            value={passphrase}
            onValue={setPassphrase}
            showLabel={t('password.show')}
            hideLabel={t('password.hide')}
            autoComplete="off"
            disabled={busy}
            hint={<p className="text-ink-2 text-small">{t('import-phrase.passphrase.hint')}</p>}
            error={tooLong ? t('import-phrase.passphrase.long') : undefined}
          />
        )}
      </div>
    </Page>
  );
}

interface ProblemProps {
  readonly problem: PhraseProblem;
  readonly onMend: (words: readonly string[]) => void;
}

function Problem({ problem, onMend }: ProblemProps) {
  return (
    <>
      <Reason>{problem.text}</Reason>
      <div className="flex flex-wrap gap-2" translate="no">
        {problem.mendings.map(({ label, words }) => (
          <Button key={label} size="small" onClick={() => onMend(words)}>
            {label}
          </Button>
        ))}
      </div>
    </>
  );
}
