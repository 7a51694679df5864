import { Copy } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Row, RowList } from '@/components/ui/Card';
import { Field } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { Sheet } from '@/components/ui/Sheet';
import { AddressLine } from '@/components/wallet/AddressLine';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { TextArea } from '../parts/TextArea';

export type MessageMode = 'sign' | 'verify';

export interface MessageDraft {
  readonly mode: MessageMode;
  readonly address: string;
  readonly message: string;
  readonly signature: string;
}

export interface MessageErrors {
  readonly address?: string;
  readonly message?: string;
}

export interface MessageScreenProps {
  readonly draft: MessageDraft;
  /** Addresses of this kind cannot sign. */
  readonly taproot: boolean;
  /** The key of this account is not here. */
  readonly watchOnly: boolean;
  readonly errors: MessageErrors;
  readonly problem: ErrorFacts | null;
  readonly busy: boolean;
  /** What was signed last; null before, and after any change. */
  readonly signed: string | null;
  /** Whether the signature fits; null before it was checked, and after any change. */
  readonly valid: boolean | null;
  readonly onDraft: (draft: MessageDraft) => void;
  readonly onChoose: () => void;
  readonly onSign: () => void;
  readonly onVerify: () => void;
  readonly onCopy: () => void;
  readonly onBack: () => void;
}

/** The longest message, in characters. */
const LONGEST = 10_000;

/** Signs a message with an address of one's own, or checks what somebody else has signed. */
export function MessageScreen(props: MessageScreenProps) {
  const { draft, taproot, watchOnly, busy, onDraft, onSign, onVerify, onBack } = props;
  const { mode } = draft;
  const impossible = mode === 'sign' && (taproot || watchOnly);
  return (
    <Page
      header={<Header title={u('message.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={
        impossible ? undefined : (
          <Button type="submit" variant="primary" busyLabel={busy ? u(`message.${mode}.busy`) : undefined}>
            {u(`message.${mode}.action`)}
          </Button>
        )
      }
      onSubmit={mode === 'sign' ? onSign : onVerify}
    >
      <div className="grid gap-4">
        <SegmentedControl<MessageMode>
          label={u('message.title')}
          value={mode}
          onValue={(next) => onDraft({ ...draft, mode: next })}
          segments={[
            { value: 'sign', label: u('message.sign') },
            { value: 'verify', label: u('message.verify') },
          ]}
        />
        {impossible ? (
          <Note tone="neutral" title={u(taproot ? 'message.none.title' : 'account.watch-only')}>
            {taproot && u('message.none.text')}
          </Note>
        ) : (
          <Form {...props} />
        )}
      </div>
    </Page>
  );
}

function Form(props: MessageScreenProps) {
  const { draft, errors, problem, signed, valid, onDraft, onChoose, onCopy } = props;
  const { mode, address, message, signature } = draft;
  return (
    <>
      {mode === 'sign' && <p className="text-ink-2 text-small">{u('message.sign.text')}</p>}
      {mode === 'sign' ? (
        <RowList label={u('message.address')}>
          <Row
            title={address === '' ? u('message.address.choose') : <AddressLine address={address} />}
            detail={errors.address ?? u('message.address')}
            end="chevron"
            onPress={onChoose}
          />
        </RowList>
      ) : (
        <Field
          label={u('message.address')}
          value={address}
          onValue={(next) => onDraft({ ...draft, address: next })}
          error={errors.address}
          dir="ltr"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="font-mono text-small!"
        />
      )}
      <TextArea
        label={u('message.text')}
        value={message}
        onValue={(next) => onDraft({ ...draft, message: next })}
        error={errors.message}
        maxLength={LONGEST}
      />
      {mode === 'verify' && (
        <TextArea
          label={u('message.signature')}
          value={signature}
          onValue={(next) => onDraft({ ...draft, signature: next })}
          rows={3}
          code
        />
      )}
      {problem !== null && <ErrorNote error={problem} />}
      <div role="status" className="grid gap-3 empty:hidden">
        {mode === 'sign' && signed !== null && (
          <>
            <Note tone="success" title={u('message.signed')} />
            <TextArea label={u('message.signature')} value={signed} onValue={() => undefined} rows={3} readOnly code />
            <Button size="small" icon={<Copy aria-hidden="true" size={16} />} onClick={onCopy}>
              {u('message.copy')}
            </Button>
          </>
        )}
        {mode === 'verify' && valid !== null && (
          <Note tone={valid ? 'success' : 'danger'} title={u(valid ? 'message.good' : 'message.bad')}>
            {u(valid ? 'message.good.text' : 'message.bad.text')}
          </Note>
        )}
      </div>
    </>
  );
}

export interface ChooseAddressSheetProps {
  readonly addresses: readonly { readonly address: string; readonly path: string; readonly label: string }[];
  readonly onAddress: (address: string) => void;
  readonly onClose: () => void;
}

/** The addresses of an account that can sign. */
export function ChooseAddressSheet({ addresses, onAddress, onClose }: ChooseAddressSheetProps) {
  return (
    <Sheet open onClose={onClose} title={u('message.address.choose')}>
      <RowList label={u('message.address.choose')}>
        {addresses.map(({ address, path, label }) => (
          <Row
            key={address}
            title={<AddressLine address={address} />}
            detail={label === '' ? undefined : <bdi>{label}</bdi>}
            trailing={<bdi dir="ltr">{path}</bdi>}
            onPress={() => onAddress(address)}
          />
        ))}
      </RowList>
    </Sheet>
  );
}
