import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Card } from '@/components/ui/Card';
import { classes } from '@/components/ui/classes';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import type { RevealedSecret } from '@/lib/bus/wallet-secrets';
import { t } from '@/lib/i18n';

type Kind = RevealedSecret['type'];

/** What the page is about, before and after it is shown. */
export const titleOf = (kind: Kind) => t(kind === 'phrase' ? 'reveal.phrase.title' : 'reveal.key.title');

export interface RevealScreenProps {
  readonly secret: RevealedSecret;
  readonly onDone: () => void;
}

/** The secret, covered: what is pressed is shown, one piece at a time. */
export function RevealScreen({ secret, onDone }: RevealScreenProps) {
  const [shown, setShown] = useState<number | 'passphrase' | 'key' | null>(null);
  const toggle = (piece: number | 'passphrase' | 'key') => setShown(shown === piece ? null : piece);
  return (
    <Page
      header={<Header title={titleOf(secret.type)} back={{ label: t('action.back'), onPress: onDone }} />}
      footer={<Button onClick={onDone}>{t('reveal.done')}</Button>}
    >
      <div className="grid gap-4 pt-2">
        {secret.type === 'phrase' ? (
          <>
            <p className="text-balance text-center text-body text-ink-2">{t('reveal.words.text')}</p>
            <Words words={secret.words.split(' ')} shown={shown} onToggle={toggle} />
            {secret.passphrase !== '' && (
              <Piece
                label={t('reveal.show-passphrase')}
                text={secret.passphrase}
                shown={shown === 'passphrase'}
                onToggle={() => toggle('passphrase')}
              />
            )}
          </>
        ) : (
          <Piece
            label={t('reveal.show-key')}
            text={secret.key}
            shown={shown === 'key'}
            onToggle={() => toggle('key')}
          />
        )}
        <Note tone="warn" title={t('reveal.never')} />
      </div>
    </Page>
  );
}

interface WordsProps {
  readonly words: readonly string[];
  readonly shown: number | 'passphrase' | 'key' | null;
  readonly onToggle: (place: number) => void;
}

function Words({ words, shown, onToggle }: WordsProps) {
  return (
    <ol dir="ltr" translate="no" className="grid grid-cols-2 gap-2">
      {words.map((word, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place of a word is what it is known by.
        <li key={place}>
          <button
            type="button"
            onClick={() => onToggle(place)}
            aria-pressed={shown === place}
            className={classes(
              'flex min-h-10 w-full items-center gap-2 rounded-small border px-2.5 text-start',
              shown === place ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:bg-hover',
            )}
          >
            <span aria-hidden="true" className="w-5 shrink-0 text-end text-ink-3 text-small tabular-nums">
              {place + 1}
            </span>
            {shown === place ? (
              <>
                <span className="sr-only">{t('phrase.word', { place: place + 1 })}</span>
                <span className="font-medium text-body">{word}</span>
              </>
            ) : (
              <>
                <span className="sr-only">{t('phrase.show-word', { place: place + 1 })}</span>
                <span aria-hidden="true" className="text-ink-3 tracking-widest">
                  •••••
                </span>
              </>
            )}
          </button>
        </li>
      ))}
    </ol>
  );
}

interface PieceProps {
  readonly label: string;
  readonly text: string;
  readonly shown: boolean;
  readonly onToggle: () => void;
}

function Piece({ label, text, shown, onToggle }: PieceProps) {
  return (
    <Card className="grid gap-3 p-4">
      {shown && (
        <p dir="ltr" translate="no" className="select-all break-all font-mono text-body">
          {text}
        </p>
      )}
      <Button
        size="small"
        aria-pressed={shown}
        icon={shown ? <EyeOff aria-hidden="true" size={16} /> : <Eye aria-hidden="true" size={16} />}
        onClick={onToggle}
      >
        {shown ? t('reveal.hide') : label}
      </Button>
    </Card>
  );
}
