import { useEffect, useRef, useState } from 'react';
import { asWalletError, WalletError } from '@/lib/errors';
import { whenPluggedIn } from '@/lib/hardware/transport/web-usb';
import { trezor } from '@/lib/hardware/trezors';
import type { DeviceKind, DevicePrompt, HardwareSigner, PassphraseAnswer, Person } from '@/lib/hardware/types';
import { usePageHost } from '@/lib/state/page-host';
import { browserUsb } from './browser-usb';
import { type Work, withBridgeDevice, withTrezor, withUsbDevice } from './with-device';

/** `suite`: a Trezor, by Trezor Suite. */
export type Way = 'usb' | 'bridge' | 'suite';

/** What is going on between this page and a device. */
export interface DeviceTalk {
  /** Those that this browser has to such a device, the best one first. */
  readonly ways: readonly Way[];
  readonly busy: boolean;
  /** What the device waits for. */
  readonly prompt: DevicePrompt;
  /** What it is waited for, here. */
  readonly wants: 'passphrase' | 'pin' | null;
  readonly error: WalletError | null;
}

type Asked = { readonly refuse: (why: WalletError) => void } & (
  | { readonly what: 'passphrase'; readonly answer: (answer: PassphraseAnswer) => void }
  | { readonly what: 'pin'; readonly answer: (places: string) => void }
);

/** Suite speaks to extensions of Chromium alone, which has USB, too. */
function waysTo(kind: DeviceKind | 'any'): readonly Way[] {
  const hasUsb = browserUsb() !== null;
  const toTrezor: readonly Way[] = hasUsb && trezor !== null ? ['suite'] : [];
  if (kind === 'trezor') return toTrezor;
  const toMini: readonly Way[] = hasUsb ? ['usb', 'bridge'] : ['bridge'];
  return kind === 'any' ? [...toMini, ...toTrezor] : toMini;
}

/** One device at a time, given back after each work; what still runs when the page goes away is cancelled. */
export function useDevice(kind: DeviceKind | 'any') {
  const { askForSite } = usePageHost();
  const [busy, setBusy] = useState(false);
  const [prompt, setPrompt] = useState<DevicePrompt>('none');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [error, setError] = useState<WalletError | null>(null);
  const running = useRef<{ readonly signer: HardwareSigner; readonly asked: Asked | null } | null>(null);

  const ask = (next: Asked) => {
    if (running.current) running.current = { ...running.current, asked: next };
    setAsked(next);
  };
  const person: Person = {
    onPrompt: setPrompt,
    passphrase: () => new Promise((answer, refuse) => ask({ what: 'passphrase', answer, refuse })),
    pinPlaces: () => new Promise((answer, refuse) => ask({ what: 'pin', answer, refuse })),
  };
  const passphrase = (answer: PassphraseAnswer) => {
    setAsked(null);
    if (asked?.what === 'passphrase') asked.answer(answer);
  };
  const pinPlaces = (places: string) => {
    setAsked(null);
    if (asked?.what === 'pin') asked.answer(places);
  };
  const cancel = () => {
    const now = running.current;
    setAsked(null);
    now?.signer.cancel().catch(() => undefined);
    now?.asked?.refuse(new WalletError('device-cancelled'));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the page goes away, whatever runs then
  useEffect(() => cancel, []);

  const open = async <Result>(way: Way, work: Work<Result>): Promise<Result> => {
    const usb = browserUsb();
    if (way === 'suite') {
      if (trezor === null || !(await askForSite(trezor.origin))) throw new WalletError('device-no-suite');
      return withTrezor(trezor, person, work);
    }
    return way === 'usb' && usb !== null ? withUsbDevice(usb, person, work) : withBridgeDevice(person, work);
  };
  /** To be called in the turn of a press. @returns null where it failed, which `talk.error` says */
  const run = async <Result>(way: Way, work: Work<Result>): Promise<Result | null> => {
    setBusy(true);
    setError(null);
    try {
      return await open(way, (signer) => {
        running.current = { signer, asked: null };
        return work(signer);
      });
    } catch (problem) {
      setError(asWalletError(problem));
      return null;
    } finally {
      running.current = null;
      setPrompt('none');
      setAsked(null);
      setBusy(false);
    }
  };
  const talk: DeviceTalk = { ways: waysTo(kind), busy, prompt, wants: asked?.what ?? null, error };
  return { talk, run, passphrase, pinPlaces, cancel };
}

/** Goes on by itself once a device on USB that was gone is plugged in again. */
export function useReconnect({ ways, error }: DeviceTalk, again: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: as long as it is gone
  useEffect(() => {
    const usb = browserUsb();
    if (usb === null || !ways.includes('usb') || error?.code !== 'device-disconnected') return undefined;
    return whenPluggedIn(usb, again);
  }, [error]);
}
