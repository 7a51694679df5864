import { useEffect, useRef, useState } from 'react';
import { asWalletError, WalletError } from '@/lib/errors';
import { whenPluggedIn } from '@/lib/hardware/transport/web-usb';
import type { DevicePrompt, HardwareSigner, Person } from '@/lib/hardware/types';
import { browserUsb } from './browser-usb';
import { type Work, withBridgeDevice, withUsbDevice } from './with-device';

export type PassphraseAnswer = Awaited<ReturnType<Person['passphrase']>>;
export type Way = 'usb' | 'bridge';

/** What is going on between this page and a device. */
export interface DeviceTalk {
  readonly hasUsb: boolean;
  readonly busy: boolean;
  /** What the device waits for. */
  readonly prompt: DevicePrompt;
  /** It is waited for the passphrase, here. */
  readonly wantsPassphrase: boolean;
  readonly error: WalletError | null;
}

interface Asked {
  readonly answer: (answer: PassphraseAnswer) => void;
  readonly refuse: (why: WalletError) => void;
}

/** One device at a time, given back after each work; what still runs when the page goes away is cancelled. */
export function useDevice() {
  const [busy, setBusy] = useState(false);
  const [prompt, setPrompt] = useState<DevicePrompt>('none');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [error, setError] = useState<WalletError | null>(null);
  const running = useRef<{ readonly signer: HardwareSigner; readonly asked: Asked | null } | null>(null);
  const usb = browserUsb();

  const person: Person = {
    onPrompt: setPrompt,
    passphrase: () =>
      new Promise((resolve, reject) => {
        const next = { answer: resolve, refuse: reject };
        if (running.current) running.current = { ...running.current, asked: next };
        setAsked(next);
      }),
  };
  const passphrase = (answer: PassphraseAnswer) => {
    setAsked(null);
    asked?.answer(answer);
  };
  const cancel = () => {
    const now = running.current;
    setAsked(null);
    now?.signer.cancel().catch(() => undefined);
    now?.asked?.refuse(new WalletError('device-cancelled'));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the page goes away, whatever runs then
  useEffect(() => cancel, []);

  /** To be called in the turn of a press. @returns null where it failed, which `talk.error` says */
  const run = async <Result>(way: Way, work: Work<Result>): Promise<Result | null> => {
    setBusy(true);
    setError(null);
    const noted: Work<Result> = (signer) => {
      running.current = { signer, asked: null };
      return work(signer);
    };
    try {
      return await (way === 'usb' && usb !== null
        ? withUsbDevice(usb, person, noted)
        : withBridgeDevice(person, noted));
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
  const talk: DeviceTalk = { hasUsb: usb !== null, busy, prompt, wantsPassphrase: asked !== null, error };
  return { talk, run, passphrase, cancel };
}

/** Goes on by itself once a device that was gone is plugged in again. */
export function useReconnect({ error }: DeviceTalk, again: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: as long as it is gone
  useEffect(() => {
    const usb = browserUsb();
    if (usb === null || error?.code !== 'device-disconnected') return undefined;
    return whenPluggedIn(usb, again);
  }, [error]);
}
