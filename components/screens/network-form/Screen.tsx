import { RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Row, RowList } from '@/components/ui/Card';
import { Field, Reason } from '@/components/ui/Field';
import { Header, Page } from '@/components/ui/Page';
import { Sheet } from '@/components/ui/Sheet';
import { Switch } from '@/components/ui/Switch';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { NetworkFormInput, NetworkView } from '@/lib/bus/networks';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import type { NetworkErrors } from './network-errors';

export interface NetworkFormScreenProps {
  /** Null for one that is to be added. */
  readonly network: NetworkView | null;
  readonly selected: boolean;
  readonly draft: NetworkFormInput;
  readonly errors: NetworkErrors;
  readonly problem: ErrorFacts | null;
  readonly asking: boolean;
  readonly onDraft: (draft: NetworkFormInput) => void;
  readonly onSave: () => void;
  readonly onDefaultNode: () => void;
  readonly onVisible: (visible: boolean) => void;
  readonly onRemove: () => void;
  readonly onBack: () => void;
}

/** One network: what it is, which node is asked. Of one of the build only the node can be changed. */
export function NetworkFormScreen(props: NetworkFormScreenProps) {
  const { network, draft, errors, problem, asking, onSave, onBack } = props;
  const own = network === null || network.custom;
  const footer = (
    <>
      {errors.other !== undefined && (
        <div role="alert" className="pb-2">
          <Reason>{errors.other}</Reason>
        </div>
      )}
      <Button type="submit" variant="primary" busyLabel={asking ? t('network.asking') : undefined}>
        {t(network === null ? 'network.add' : 'network.save')}
      </Button>
    </>
  );
  return (
    <Page
      header={
        <Header
          title={network === null ? t('network.add.title') : network.name}
          back={{ label: t('action.back'), onPress: onBack }}
        />
      }
      footer={footer}
      onSubmit={onSave}
    >
      <div className="grid gap-4">
        {own && <TextField {...props} name="name" label={t('network.name')} />}
        <Node {...props} />
        <Field
          label={t('network.chain-id')}
          value={draft.chainId}
          onValue={(chainId) => props.onDraft({ ...draft, chainId })}
          readOnly={network !== null}
          error={errors.chainId}
          hint={network === null ? <Hint>{t('network.chain-id.hint')}</Hint> : undefined}
          inputMode="numeric"
          autoComplete="off"
        />
        {own && <TextField {...props} name="symbol" label={t('network.symbol')} />}
        {own && <TextField {...props} name="explorerUrl" label={t('network.explorer')} dir="ltr" />}
        {problem !== null && <ErrorNote error={problem} />}
        {network !== null && <Rest {...props} network={network} />}
      </div>
    </Page>
  );
}

function Hint({ children }: { readonly children: string }) {
  return <p className="text-ink-3 text-small">{children}</p>;
}

interface TextFieldProps extends NetworkFormScreenProps {
  readonly name: 'name' | 'symbol' | 'explorerUrl';
  readonly label: string;
  readonly dir?: 'ltr';
}

function TextField({ name, label, dir, draft, errors, onDraft }: TextFieldProps) {
  return (
    <Field
      label={label}
      value={draft[name]}
      onValue={(value) => onDraft({ ...draft, [name]: value })}
      error={errors[name]}
      {...(dir && { dir })}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

/** The node, and the way back to the one of the build. */
function Node({ network, draft, errors, onDraft, onDefaultNode }: NetworkFormScreenProps) {
  const replaced = network?.replacedRpcUrl ?? null;
  return (
    <div className="grid justify-items-start gap-1">
      <div className="w-full">
        <Field
          label={t('network.node')}
          value={draft.rpcUrl}
          onValue={(rpcUrl) => onDraft({ ...draft, rpcUrl })}
          error={errors.rpcUrl}
          hint={<Hint>{t('network.node.hint')}</Hint>}
          dir="ltr"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-small!"
        />
      </div>
      {replaced !== null && (
        <Button
          variant="quiet"
          icon={<RotateCcw aria-hidden="true" size={16} />}
          onClick={onDefaultNode}
          className="-ms-3 text-start!"
        >
          <span>
            {t('network.default-node')}
            <span className="block break-all text-small">
              {t('network.default-node.detail', { host: new URL(replaced).host })}
            </span>
          </span>
        </Button>
      )}
    </div>
  );
}

type RestProps = NetworkFormScreenProps & { readonly network: NetworkView };

/** Whether it stands in lists, and how it is given up. */
function Rest({ network, selected, onVisible, onRemove }: RestProps) {
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <RowList>
        <Row
          title={t('network.show')}
          detail={selected ? t('network.show.selected') : undefined}
          trailing={
            selected ? undefined : <Switch label={t('network.show')} checked={!network.hidden} onChecked={onVisible} />
          }
        />
        {network.custom && (
          <Row
            leading={<Trash2 aria-hidden="true" size={18} />}
            title={t('network.remove')}
            end="chevron"
            onPress={() => setLeaving(true)}
          />
        )}
      </RowList>
      <Sheet
        open={leaving}
        onClose={() => setLeaving(false)}
        title={t('network.remove.title', { name: network.name })}
        description={t('network.remove.text')}
      >
        <div className="grid gap-2">
          <Button
            variant="risky"
            onClick={() => {
              setLeaving(false);
              onRemove();
            }}
          >
            {t('network.remove.action')}
          </Button>
          <Button onClick={() => setLeaving(false)}>{t('action.cancel')}</Button>
        </div>
      </Sheet>
    </>
  );
}
