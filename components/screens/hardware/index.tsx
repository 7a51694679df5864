import { useEffect, useState } from 'react';
import { asWalletError, type WalletError } from '@/lib/errors';
import { deviceHash } from '@/lib/firmware/hashes';
import type { FirmwareImage } from '@/lib/firmware/image';
import { NOBODY } from '@/lib/hardware/person';
import type { OneKeySigner } from '@/lib/hardware/types';
import { browserUsb } from './browser-usb';
import { DeviceReportScreen, type DeviceSays } from './DeviceReport';
import { type Work, withBridgeDevice, withUsbDevice } from './with-device';

const CHALLENGE_BYTES = 32;

/** A fresh challenge each time, so that an old answer is none. */
async function askFlash(signer: OneKeySigner, image: FirmwareImage): Promise<DeviceSays['flash']> {
  const challenge = crypto.getRandomValues(new Uint8Array(CHALLENGE_BYTES));
  try {
    const said = await signer.firmwareHash(challenge);
    const expected = deviceHash(image, challenge);
    return said.every((byte, at) => byte === expected[at]) ? 'same' : 'other';
  } catch (error) {
    const { code, details } = asWalletError(error);
    if (code === 'device-unsupported' && details.reason === undefined) return 'unknown';
    throw error;
  }
}

export interface DeviceReportProps {
  /** The vendor's; null while there is none. */
  readonly image: FirmwareImage | null;
}

/** Asks a device what runs on it, and holds its answer against the vendor's file. */
export function DeviceReport({ image }: DeviceReportProps) {
  const [asking, setAsking] = useState(false);
  const [says, setSays] = useState<DeviceSays | null>(null);
  const [error, setError] = useState<WalletError | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a device said of one file is nothing about another
  useEffect(() => setSays(null), [image]);
  const usb = browserUsb();
  const work = async (signer: OneKeySigner): Promise<DeviceSays> => {
    const facts = await signer.facts();
    return { facts, flash: image === null ? 'not-asked' : await askFlash(signer, image) };
  };
  const ask = async (open: (work: Work<DeviceSays, OneKeySigner>) => Promise<DeviceSays>) => {
    setAsking(true);
    setError(null);
    try {
      setSays(await open(work));
    } catch (problem) {
      setError(asWalletError(problem));
    } finally {
      setAsking(false);
    }
  };
  const byUsb = usb && (() => void ask((then) => withUsbDevice(usb, NOBODY, then)));
  const byBridge = () => void ask((then) => withBridgeDevice(NOBODY, then));
  return <DeviceReportScreen onUsb={byUsb} onBridge={byBridge} asking={asking} says={says} error={error} />;
}
