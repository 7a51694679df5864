import { CircleCheck, Network, OctagonAlert, Server, TriangleAlert } from 'lucide-react';
import { Card, Group, Row, RowList } from '@/components/ui/Card';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { BackupView } from '@/lib/bus/backup';
import { formats, t } from '@/lib/i18n';

type View = NonNullable<BackupView['health']>;

const GOOD = <CircleCheck aria-hidden="true" size={18} className="text-success" />;
const CARE = <TriangleAlert aria-hidden="true" size={18} className="text-warn" />;

/** Who answered, as of when, and what happened to the account. */
export function Health({ health }: { readonly health: BackupView['health'] }) {
  if (health === null) return <p className="px-0.5 text-ink-2 text-small">{t('backup.asking')}</p>;
  const { alarm, realms, verifiedAtMs } = health;
  return (
    <>
      {alarm !== null && <ErrorNote error={{ code: alarm, details: {} }} />}
      <Group
        label={t('backup.servers')}
        aside={
          verifiedAtMs !== null && (
            <span className="text-ink-3 text-tiny">{t('backup.as-of', { atMs: verifiedAtMs })}</span>
          )
        }
      >
        <RowList>
          <Party name={t('halves.vault')} answer={health.vault} />
          <Party name={t('backup.issuer')} answer={health.issuer} />
          {realms !== null && <Realms realms={realms} />}
        </RowList>
      </Group>
      <Activity events={health.events} />
    </>
  );
}

function Party({ name, answer }: { readonly name: string; readonly answer: View['vault'] }) {
  return (
    <Row
      leading={<Server aria-hidden="true" size={18} />}
      title={name}
      detail={t(`backup.party.${answer}`)}
      trailing={answer === 'up' ? GOOD : CARE}
    />
  );
}

function Realms({ realms }: { readonly realms: NonNullable<View['realms']> }) {
  const down = realms.filter(({ up }) => !up).map(({ host }) => host);
  const up = realms.length - down.length;
  return (
    <Row
      leading={<Network aria-hidden="true" size={18} />}
      title={t('backup.realms', { up, of: realms.length })}
      detail={
        down.length === 0
          ? formats().list(realms.map(({ host }) => host))
          : t('backup.realms.down', { hosts: formats().list(down) })
      }
      trailing={down.length === 0 ? GOOD : CARE}
    />
  );
}

/** What its owner may not have done. */
const WORRYING: ReadonlySet<View['events'][number]['kind']> = new Set(['try-granted', 'erased']);

/** The newest are enough: what has to be seen is on home, too. */
const MOST = 12;

function Activity({ events }: Pick<View, 'events'>) {
  if (events.length === 0) return null;
  return (
    <Group label={t('backup.activity')}>
      <Card className="px-3.5">
        <ul>
          {events.slice(0, MOST).map(({ kind, atMs, deviceName }) => (
            <li
              key={`${kind} ${atMs} ${deviceName}`}
              className="flex min-h-10 items-center gap-2.5 border-line py-2 text-small not-first:border-t"
            >
              {WORRYING.has(kind) ? (
                <OctagonAlert aria-hidden="true" size={14} className="shrink-0 text-warn" />
              ) : (
                <CircleCheck aria-hidden="true" size={14} className="shrink-0 text-success" />
              )}
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{t(`backup.event.${kind}`)}</span>
                {deviceName !== null && <span className="block text-ink-2">{deviceName}</span>}
              </span>
              <span className="shrink-0 text-ink-2 tabular-nums">{formats().moment(atMs)}</span>
            </li>
          ))}
        </ul>
      </Card>
    </Group>
  );
}
