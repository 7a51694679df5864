import { Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Consent } from '@/components/ui/Consent';
import { LoadingState } from '@/components/ui/ListStates';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { QrCode } from '@/components/ui/QrCode';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { TextArea } from '../parts/TextArea';

export interface XpubFacts {
  readonly xpub: string;
  readonly descriptor: string;
  readonly path: string;
}

export interface XpubScreenProps {
  readonly accountName: string;
  /** Null until it is asked for. */
  readonly facts: XpubFacts | null;
  readonly asking: boolean;
  readonly error: ErrorFacts | null;
  readonly onShow: () => void;
  readonly onCopy: (text: string) => void;
  readonly onBack: () => void;
}

/** What other programs follow an account with: first what that means, then the key. */
export function XpubScreen(props: XpubScreenProps) {
  const { accountName, facts, asking, error, onShow, onBack } = props;
  const [agreed, setAgreed] = useState(false);
  const footer =
    facts === null ? (
      <Button variant="primary" disabled={!agreed || asking} onClick={onShow}>
        {u('xpub.show')}
      </Button>
    ) : undefined;
  return (
    <Page
      header={<Header title={u('xpub.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      <div className="grid gap-4">
        <p className="text-center font-medium text-body">{accountName}</p>
        <Note tone="warn" title={u('xpub.warning')}>
          {u('xpub.warning.text')}
        </Note>
        {error !== null && <ErrorNote error={error} />}
        {facts !== null && <Facts {...props} facts={facts} />}
        {facts === null && asking && <LoadingState label={t('app.loading')} rows={1} />}
        {facts === null && (
          <Consent checked={agreed} onChecked={setAgreed}>
            {u('xpub.consent')}
          </Consent>
        )}
      </div>
    </Page>
  );
}

function Facts({ facts: { xpub, descriptor, path }, onCopy }: XpubScreenProps & { readonly facts: XpubFacts }) {
  return (
    <>
      <div className="grid justify-items-center">
        <QrCode text={xpub} label={u('xpub.title')} />
      </div>
      <Text label={u('xpub.key')} text={xpub} onCopy={onCopy} />
      <Text label={u('xpub.descriptor')} text={descriptor} onCopy={onCopy} />
      <p className="text-ink-2 text-small">
        {u('xpub.path')} <bdi dir="ltr">{path}</bdi>
      </p>
    </>
  );
}

interface TextProps {
  readonly label: string;
  readonly text: string;
  readonly onCopy: (text: string) => void;
}

function Text({ label, text, onCopy }: TextProps) {
  return (
    <div className="grid gap-2">
      <TextArea label={label} value={text} onValue={() => undefined} rows={4} readOnly code />
      <Button
        size="small"
        icon={<Copy aria-hidden="true" size={16} />}
        onClick={() => onCopy(text)}
        className="justify-self-start"
      >
        {u('xpub.copy', { what: label })}
      </Button>
    </div>
  );
}
