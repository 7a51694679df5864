/** The screens of Bitcoin and its relatives as they are, before an engine outside of the page: `window.askEngine`. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createStore } from 'zustand/vanilla';
import { Utxo } from '@/components/screens/utxo';
import { Direction } from '@/components/ui/Direction';
import { ToastProvider } from '@/components/ui/Toast';
import { type ErrorFacts, type Snapshot, stoppedSnapshot } from '@/lib/bus/snapshot';
import { WalletError } from '@/lib/errors';
import { type PageHost, PageHostProvider } from '@/lib/state/page-host';
import { useSnapshot, WalletProvider } from '@/lib/state/use-wallet';
import type { WalletLink, WalletMirror } from '@/lib/state/wallet-link';
import './gallery.css';
import { EVERYDAY, NETWORK, nothing, SETTINGS } from './invented';

export type EngineAnswer = { readonly output: unknown } | { readonly error: ErrorFacts };

declare global {
  interface Window {
    /** Answers a message of `lib/bus/utxo/table.ts`. */
    askEngine(name: string, input: unknown): Promise<EngineAnswer>;
    /** Something has changed, for the so-manieth time. */
    tellRevision(revision: number): void;
  }
}

const failed = { code: 'interrupted', details: {} } as const;
const snapshot: Snapshot = {
  ...stoppedSnapshot({ providers: [], network: NETWORK, settings: SETTINGS, priceSource: null }, failed),
  wallets: [{ id: EVERYDAY.walletId, type: 'phrase', name: 'Phrase', accounts: [EVERYDAY] }],
  selected: { walletId: EVERYDAY.walletId, index: 0 },
};
const mirror = createStore<WalletMirror>(() => ({ snapshot }));
window.tellRevision = (revision) => mirror.setState({ snapshot: { ...snapshot, utxo: { revision, balances: [] } } });

const call = async (message: string, input: object): Promise<object> => {
  if (message !== 'utxo.call') throw new WalletError('bad-message', { reason: message });
  const { name, input: asked } = input as { readonly name: string; readonly input: unknown };
  const answer = await window.askEngine(name, asked);
  if ('error' in answer) throw new WalletError(answer.error.code, answer.error.details);
  return answer;
};
const link: WalletLink = {
  mirror,
  call: call as WalletLink['call'],
  sendSecret: async () => undefined,
  askSecret: async () => '',
  holdDeviceJob: nothing,
  stop: nothing,
};
const host: PageHost = {
  surface: 'popup',
  version: '0.0.0',
  openSidePanel: null,
  openTab: null,
  // Another page, which knows what the address says and what was kept.
  openPlace: (name, detail) => {
    location.hash = detail === undefined ? name : `${name}:${detail}`;
    location.reload();
  },
  buildHash: async () => '',
  openFile: nothing,
  passkeys: {} as PageHost['passkeys'],
  servers: {} as PageHost['servers'],
  ask: async () => true,
  askForNode: async () => true,
  askForSite: async () => true,
  dropNode: async () => undefined,
};

function Stage() {
  const shown = useSnapshot((whole) => whole);
  return shown && <Utxo snapshot={shown} coin={null} onBack={nothing} />;
}

const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <WalletProvider value={link}>
        <PageHostProvider value={host}>
          <Direction direction="ltr">
            <ToastProvider label="Notices">
              <Stage />
            </ToastProvider>
          </Direction>
        </PageHostProvider>
      </WalletProvider>
    </StrictMode>,
  );
}
