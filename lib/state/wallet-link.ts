/**
 * What a page holds of the wallet: a mirror of the background's snapshots, and the ways to ask for something.
 * The mirror never writes back; a screen calls and the next snapshot says what came of it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createClient, type WalletClient } from '@/lib/bus/client';
import { DEVICE_PORT } from '@/lib/bus/hardware';
import type { SecretPurpose } from '@/lib/bus/protocol';
import { askSecret, sendSecret } from '@/lib/bus/secret-port';
import type { Snapshot } from '@/lib/bus/snapshot';
import { followState } from '@/lib/bus/state-port';
import type { PageTransport } from '@/lib/bus/transport';

const HOLD_AGAIN_AFTER_MS = 100;

export interface WalletMirror {
  /** Null until the background has answered for the first time. */
  readonly snapshot: Snapshot | null;
}

export interface WalletLink {
  readonly mirror: StoreApi<WalletMirror>;
  readonly call: WalletClient['call'];
  /** For the named screens only: hands PIN or password to the background. @throws WalletError its answer */
  sendSecret(purpose: SecretPurpose, value: string): Promise<void>;
  /** For the screens of a new phrase and of reveal: what the background answers. @throws WalletError its answer */
  askSecret(purpose: SecretPurpose, value: string): Promise<string>;
  /** While this page is there, it holds a job of a device; closing it refuses the job. Once for each id. */
  holdDeviceJob(id: string): void;
  /** Ends the mirror; for a page that goes away before its document does. */
  stop(): void;
}

export function linkWallet(transport: PageTransport, setTimer: (run: () => void, delayMs: number) => void): WalletLink {
  const mirror = createStore<WalletMirror>(() => ({ snapshot: null }));
  const held = new Set<string>();
  const hold = (id: string): void => {
    transport.connect(`${DEVICE_PORT}${id}`).onClose(() => {
      // A background that was stopped is woken and told again, as long as there is something to hold.
      if (mirror.getState().snapshot?.deviceJob?.id === id) setTimer(() => hold(id), HOLD_AGAIN_AFTER_MS);
      else held.delete(id);
    });
  };
  return {
    mirror,
    call: createClient(transport).call,
    sendSecret: (purpose, value) => sendSecret(transport, purpose, value),
    askSecret: (purpose, value) => askSecret(transport, purpose, value),
    holdDeviceJob: (id) => {
      if (held.has(id)) return;
      held.add(id);
      hold(id);
    },
    stop: followState(transport, (snapshot) => mirror.setState({ snapshot }), setTimer),
  };
}
