import { Server, ServerOff } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { ChoiceList } from '@/components/ui/ChoiceList';
import { Consent } from '@/components/ui/Consent';
import { Field } from '@/components/ui/Field';
import { Header, Page } from '@/components/ui/Page';
import { Sheet } from '@/components/ui/Sheet';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { BackendKind, CoinView } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';

export interface ServerDraft {
  readonly kind: BackendKind;
  readonly url: string;
  /** The user runs it. */
  readonly own: boolean;
}

export interface ServerScreenProps {
  readonly coin: Pick<CoinView, 'name' | 'backendKinds'>;
  /** The server in use, or null before one was picked. */
  readonly used: ServerDraft | null;
  readonly draft: ServerDraft;
  /** Servers that their makers let other wallets use. */
  readonly offered: readonly ServerDraft[];
  /** Why the address was refused. */
  readonly error: string | undefined;
  readonly problem: ErrorFacts | null;
  readonly asking: boolean;
  readonly onDraft: (draft: ServerDraft) => void;
  readonly onSave: () => void;
  readonly onClear: () => void;
  readonly onBack: () => void;
}

/** Which server a currency is asked of, and what that server learns by it. */
export function ServerScreen(props: ServerScreenProps) {
  const { coin, used, draft, error, problem, asking, onDraft, onSave, onBack } = props;
  const { name } = coin;
  const footer = (
    <Button type="submit" variant="primary" busyLabel={asking ? u('server.asking') : undefined}>
      {u('server.use')}
    </Button>
  );
  return (
    <Page
      header={<Header title={u('server.title', { coin: name })} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
      onSubmit={onSave}
    >
      <div className="grid gap-5">
        <p className="text-body text-ink-2">{u('server.lead', { coin: name })}</p>
        {coin.backendKinds.length > 1 && <Kind coin={coin} draft={draft} onDraft={onDraft} />}
        <Field
          label={u('server.url')}
          value={draft.url}
          // Whose it is was said of another one.
          onValue={(url) => onDraft({ ...draft, url, own: false })}
          hint={<p className="text-ink-2 text-small">{u(`server.url.${draft.kind}`)}</p>}
          error={error}
          dir="ltr"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-small!"
        />
        {problem !== null && <ErrorNote error={problem} />}
        {draft.kind === 'blockbook' && <Own draft={draft} onDraft={onDraft} />}
        <Offered {...props} />
        <Learns byKey={byKey(draft)} />
        {used !== null && <Used {...props} used={used} />}
      </div>
    </Page>
  );
}

function Kind({ coin, draft, onDraft }: Pick<ServerScreenProps, 'coin' | 'draft' | 'onDraft'>) {
  return (
    <ChoiceList<BackendKind>
      label={u('server.kind')}
      value={draft.kind}
      onValue={(kind) => onDraft({ ...draft, kind })}
      choices={coin.backendKinds.map((kind) => ({
        value: kind,
        title: u(`server.kind.${kind}`),
        detail: u(`server.kind.${kind}.text`),
        icon: <Server aria-hidden="true" size={20} />,
      }))}
    />
  );
}

const hostOf = (url: string): string => new URL(url).host;

/** Public ones, to be put into the field: nothing is asked by pressing one. */
function Offered({ coin, draft, offered, onDraft }: ServerScreenProps) {
  if (offered.length === 0)
    return <p className="text-ink-2 text-small">{u('server.public.none', { coin: coin.name })}</p>;
  return (
    <Group label={u('server.public')}>
      <RowList label={u('server.public')}>
        {offered.map((one) => (
          <Row
            key={one.url}
            title={<bdi dir="ltr">{hostOf(one.url)}</bdi>}
            detail={u('server.public.text')}
            end={one.url === draft.url ? 'check' : undefined}
            current={one.url === draft.url ? 'true' : undefined}
            onPress={() => onDraft(one)}
          />
        ))}
      </RowList>
    </Group>
  );
}

/** Who runs a server may let it know whole accounts. */
function Own({ draft, onDraft }: Pick<ServerScreenProps, 'draft' | 'onDraft'>) {
  return (
    <div className="grid gap-1.5">
      <Consent checked={draft.own} onChecked={(own) => onDraft({ ...draft, own })}>
        {u('server.mine')}
      </Consent>
      <p className="text-ink-2 text-small">{u('server.mine.text')}</p>
    </div>
  );
}

const byKey = ({ kind, own }: ServerDraft): boolean => kind === 'blockbook' && own;

function Learns({ byKey }: { readonly byKey: boolean }) {
  return (
    <Group label={u('server.learns')}>
      <ul className="grid list-disc gap-1.5 ps-5 text-ink-2 text-small">
        <li>{u(byKey ? 'server.learns.all' : 'server.learns.each')}</li>
        {!byKey && <li>{u('server.learns.together')}</li>}
        <li>{u('server.learns.not')}</li>
        <li>{u('server.own')}</li>
      </ul>
    </Group>
  );
}

function Used({ coin, used, onClear }: ServerScreenProps & { readonly used: ServerDraft }) {
  const [leaving, setLeaving] = useState(false);
  return (
    <Group label={u('server.now')}>
      <RowList label={u('server.now')}>
        <Row
          title={<bdi dir="ltr">{hostOf(used.url)}</bdi>}
          detail={u(byKey(used) ? 'server.mine' : `server.kind.${used.kind}`)}
        />
        <Row
          leading={<ServerOff aria-hidden="true" size={18} />}
          title={u('server.clear')}
          end="chevron"
          onPress={() => setLeaving(true)}
        />
      </RowList>
      <Sheet
        open={leaving}
        onClose={() => setLeaving(false)}
        title={u('server.clear.title', { coin: coin.name })}
        description={u('server.clear.text')}
      >
        <div className="grid gap-2">
          <Button
            variant="risky"
            onClick={() => {
              setLeaving(false);
              onClear();
            }}
          >
            {u('server.clear.action')}
          </Button>
          <Button onClick={() => setLeaving(false)}>{t('action.cancel')}</Button>
        </div>
      </Sheet>
    </Group>
  );
}
