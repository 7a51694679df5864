import { Button } from '@/components/ui/Button';
import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Lead, Page } from '@/components/ui/Page';
import { t } from '@/lib/i18n';

export interface HostAccessScreenProps {
  /** Names of the hosts that the wallet has to reach. */
  readonly hosts: readonly string[];
  /** The answer to the browser's question, if it was asked. */
  readonly answer: 'none' | 'refused';
  /** `tab`: the browser's question would close this popup. */
  readonly asks: 'here' | 'tab';
  readonly onAllow: () => void;
}

/** Instead of any other page: the browser does not let the wallet reach its servers. */
export function HostAccessScreen({ hosts, answer, asks, onAllow }: HostAccessScreenProps) {
  const label = t(asks === 'here' ? 'host-access.allow' : 'host-access.open-tab');
  const footer = (
    <Button variant="primary" onClick={onAllow}>
      {label}
    </Button>
  );
  return (
    <Page body="text" place="middle" footer={footer}>
      <div className="grid justify-items-center gap-6 pb-6">
        <Mark size={88} />
        <Lead title={t('host-access.title')}>{t('host-access.text')}</Lead>
        <ul className="grid w-full gap-1 rounded-field bg-sunken px-3 py-2.5 text-center text-small">
          {hosts.map((host) => (
            <li key={host} dir="ltr" className="break-all font-mono">
              {host}
            </li>
          ))}
        </ul>
        <div role="status">
          {answer === 'refused' && (
            <Note tone="warn" title={t('host-access.refused')}>
              {t('host-access.refused.text')}
            </Note>
          )}
        </div>
      </div>
    </Page>
  );
}
