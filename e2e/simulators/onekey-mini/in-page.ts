/** Puts a simulated device behind `navigator.usb` of a page: the page's calls cross to this process and back. */

import type { Cable } from './pipe';
import { serveUsb, type UsbEndOptions } from './usb';

/** As much of a browser's page as is needed. */
interface PageLike {
  exposeFunction(name: string, work: (...args: never[]) => unknown): Promise<unknown>;
  addInitScript(script: (() => void) | { readonly content: string }): Promise<unknown>;
  evaluate(script: () => void): Promise<unknown>;
}

interface Failure {
  readonly error: { readonly name: string; readonly message: string };
}

type Crossed = { readonly value: unknown } | Failure;

async function crossing(work: Promise<unknown>): Promise<Crossed> {
  try {
    return { value: await work };
  } catch (error) {
    const { name, message } = error instanceof Error || error instanceof DOMException ? error : new Error('unknown');
    return { error: { name, message } };
  }
}

export interface UsbSocket {
  /** Another cable in the place of one that was pulled out; the page is told. */
  plugIn(cable: Cable): Promise<void>;
}

export async function putBehindUsb(page: PageLike, cable: Cable, options: UsbEndOptions = {}): Promise<UsbSocket> {
  let { device, usb } = serveUsb(cable, options);
  const calls: Record<string, (...args: readonly number[][]) => Promise<unknown>> = {
    devices: async () => (await usb.getDevices()).length,
    request: async () => {
      await usb.requestDevice();
    },
    open: () => device.open(),
    selectConfiguration: () => device.selectConfiguration(),
    claimInterface: () => device.claimInterface(),
    releaseInterface: () => device.releaseInterface(),
    close: () => device.close(),
    transferOut: (data = []) => device.transferOut(1, Uint8Array.from(data)),
    transferIn: async () => {
      const { data } = await device.transferIn(1, 64);
      return Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    },
  };
  await page.exposeFunction('simulatedUsb', (name: string, ...args: number[][]) =>
    crossing(calls[name]?.(...args) ?? Promise.reject(new Error(name))),
  );
  // What runs this file may call a helper that keeps the names of functions (esbuild's); the page has none.
  await page.addInitScript({ content: 'globalThis.__name ??= (work) => work;' });
  await page.addInitScript(() => {
    type Simulated = (
      name: string,
      ...args: number[][]
    ) => Promise<{ value?: unknown; error?: { name: string; message: string } }>;
    const ask = async (name: string, ...args: number[][]) => {
      const { simulatedUsb } = globalThis as unknown as { simulatedUsb: Simulated };
      const { value, error } = await simulatedUsb(name, ...args);
      if (error) throw new DOMException(error.message, error.name);
      return value;
    };
    const simulated = {
      vendorId: 0x1209,
      productId: 0x53c1,
      serialNumber: 'simulated',
      open: () => ask('open'),
      selectConfiguration: () => ask('selectConfiguration'),
      claimInterface: () => ask('claimInterface'),
      releaseInterface: () => ask('releaseInterface'),
      close: () => ask('close'),
      transferOut: (_: number, data: Uint8Array) => ask('transferOut', Array.from(data)),
      transferIn: async () => {
        const bytes = Uint8Array.from((await ask('transferIn')) as number[]);
        return { status: 'ok', data: new DataView(bytes.buffer) };
      },
    };
    const listeners = new Set<() => void>();
    Object.assign(globalThis, {
      simulatedPlug: () => {
        for (const listener of listeners) listener();
      },
    });
    const usb = {
      getDevices: async () => ((await ask('devices')) === 0 ? [] : [simulated]),
      requestDevice: async () => {
        await ask('request');
        return simulated;
      },
      addEventListener: (type: string, listener: () => void) => type === 'connect' && listeners.add(listener),
      removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
    };
    Object.defineProperty(Navigator.prototype, 'usb', { configurable: true, get: () => usb });
  });
  return {
    plugIn: async (next) => {
      ({ device, usb } = serveUsb(next, options));
      await page.evaluate(() => (globalThis as unknown as { simulatedPlug: () => void }).simulatedPlug());
    },
  };
}
