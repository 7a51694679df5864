import { lazy, Suspense, useEffect, useState } from 'react';
import { Direction } from '@/components/ui/Direction';
import { Mark } from '@/components/ui/Mark';
import { Page } from '@/components/ui/Page';
import { ToastProvider } from '@/components/ui/Toast';
import type { ErrorFacts, Snapshot } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { type PageHost, PageHostProvider, type Surface, usePageHost } from '@/lib/state/page-host';
import { useSnapshot, useWallet, WalletProvider } from '@/lib/state/use-wallet';
import type { WalletLink } from '@/lib/state/wallet-link';
import { toWallet, usePlace } from '../hooks/use-place';
import { useTouch } from '../hooks/use-touch';
import { useSpokenLanguage, useWords } from '../hooks/use-words';
import { AddKeyless } from './add-keyless';
import { Approval, LockedRequests } from './approval';
import { BackupVerified } from './backup-verified';
import { ChoosePin } from './choose-pin';
import { Creating } from './creating';
import { useHardwarePage } from './device-job';
import { DeviceUnlock } from './device-unlock';
import { Home } from './home';
import { HostAccess } from './host-access';
import { useHostAccess } from './host-access/use-host-access';
import { RecoverPin } from './recover-pin';
import { Recovering } from './recovering';
import { SignIn } from './sign-in';
import { StartOverOrdered } from './start-over';
import { StartingOverScreen } from './start-over/Screen';
import { Stopped } from './stopped';
import { Unlock } from './unlock';
import { Welcome } from './welcome';

/** Loaded when somebody opens it. */
const FirmwareCheck = lazy(async () => ({ default: (await import('./firmware')).FirmwareCheck }));

export interface AppProps {
  readonly link: WalletLink;
  readonly host: PageHost;
}

/** The whole of a page: all show the same, but for the window of requests, where home is what sites ask. */
export function App({ link, host }: AppProps) {
  const { direction } = useSpokenLanguage();
  return (
    <WalletProvider value={link}>
      <PageHostProvider value={host}>
        <Direction direction={direction}>
          <ToastProvider label={t('app.notices')}>
            <Stage />
          </ToastProvider>
        </Direction>
      </PageHostProvider>
    </WalletProvider>
  );
}

function Stage() {
  const { call } = useWallet();
  const { surface } = usePageHost();
  const snapshot = useSnapshot((whole) => whole);
  useTouch(() => call('session.touch', {}).catch(() => undefined));
  const reachable = useHostAccess();
  const ready = useWords(snapshot?.settings ?? null);
  const place = usePlace();
  const hardware = useHardwarePage(surface === 'approval' ? null : snapshot);
  useRoot(snapshot?.settings.theme ?? 'system');
  if (snapshot === null || !ready) return <Opening />;
  if (place === 'firmware' && hardware === null) {
    return (
      <Suspense fallback={<Opening />}>
        <FirmwareCheck onWallet={toWallet} />
      </Suspense>
    );
  }
  if (reachable === null) return <Opening />;
  if (!reachable) return <HostAccess />;
  return hardware ?? screenOf(snapshot, surface);
}

/** Puts theme and language on the document's root. */
function useRoot(theme: Snapshot['settings']['theme']): void {
  const { tag, direction } = useSpokenLanguage();
  useEffect(() => {
    const root = document.documentElement;
    root.lang = tag;
    root.dir = direction;
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  }, [theme, tag, direction]);
}

function Opening() {
  return (
    <Page place="middle">
      <div role="status" className="grid justify-items-center">
        <Mark size={56} state="joining" label={t('app.loading')} />
      </div>
    </Page>
  );
}

/** In the window of requests whoever finds it locked is told first that somebody waits. */
function Locked({ snapshot, error }: { readonly snapshot: Snapshot; readonly error: ErrorFacts | null }) {
  const { surface } = usePageHost();
  const [unlocking, setUnlocking] = useState(false);
  if (surface === 'approval' && !unlocking) return <LockedRequests onUnlock={() => setUnlocking(true)} />;
  return <Unlock unlock={snapshot.unlock} foreignTries={snapshot.foreignTries} error={error} />;
}

function screenOf(snapshot: Snapshot, surface: Surface) {
  const { flow } = snapshot;
  switch (flow.stage) {
    case 'welcome':
      return <Welcome error={flow.error} />;
    case 'signing-in':
      return <SignIn providerId={flow.providerId} />;
    case 'choose-pin':
      return <ChoosePin error={flow.error} />;
    case 'creating':
      return <Creating step={flow.step} error={flow.error} />;
    case 'backup-verified':
      return <BackupVerified providerId={flow.providerId} />;
    case 'device-unlock':
      return <DeviceUnlock error={flow.error} />;
    case 'recover-pin':
      return <RecoverPin flow={flow} />;
    case 'recovering':
      return <Recovering step={flow.step} error={flow.error} />;
    case 'starting-over':
      return <StartingOverScreen />;
    case 'start-over-ordered':
      return <StartOverOrdered deadlineMs={flow.deadlineMs} />;
    case 'locked':
      return <Locked snapshot={snapshot} error={flow.error} />;
    case 'add-keyless':
      return <AddKeyless error={flow.error} />;
    case 'home':
      return surface === 'approval' ? <Approval snapshot={snapshot} /> : <Home snapshot={snapshot} />;
    case 'stopped':
      return <Stopped error={flow.error} />;
    default:
      return flow satisfies never;
  }
}
