/** The wallet's signer in front of a simulated Mini, in one process. */
import { privateKeyToAccount } from 'viem/accounts';
import { createMini } from '@/e2e/simulators/onekey-mini/device';
import { willing } from '@/e2e/simulators/onekey-mini/person';
import { type Cable, type CableOptions, plugIn } from '@/e2e/simulators/onekey-mini/pipe';
import type { Mini, MiniOptions } from '@/e2e/simulators/onekey-mini/types';
import { serveUsb } from '@/e2e/simulators/onekey-mini/usb';
import { openOneKey } from '../onekey/signer';
import { NOBODY } from '../person';
import { openUsbLink } from '../transport/web-usb';
import type { DevicePrompt, HardwareAccount, OneKeySigner, PassphraseAnswer, Person } from '../types';

export const MNEMONIC = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about';
/** m/44'/60'/0'/0/0 of these words. */
export const SOFTWARE = privateKeyToAccount('0x1ab42cc412b618bdea3a599e3c9bae199ebf030895b039e9db1e30dafb12b727');
const HARD = 0x8000_0000;
export const PATH = [HARD + 44, HARD + 60, HARD, 0, 0];
export const ACCOUNT: HardwareAccount = { path: PATH, address: SOFTWARE.address };

export const realAfter = (delayMs: number, work: () => void) => {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
};

export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

export function simulate(options: Partial<MiniOptions> = {}): Mini {
  return createMini({
    mnemonic: MNEMONIC,
    pin: null,
    person: willing('1234'),
    random: randomBytes,
    after: realAfter,
    ...options,
  });
}

export interface Place {
  readonly mini: Mini;
  readonly cable: Cable;
  readonly signer: OneKeySigner;
  readonly prompts: DevicePrompt[];
}

export interface PlaceOptions extends Partial<MiniOptions> {
  readonly cable?: CableOptions;
  readonly passphrase?: PassphraseAnswer;
  /** Without it nobody types. */
  readonly pinPlaces?: string;
  /** Of the wallet's side. */
  readonly hostAfter?: typeof realAfter;
}

/** Over simulated USB. */
export async function openPlace(options: PlaceOptions = {}): Promise<Place> {
  const { cable: cableOptions, passphrase = { on: 'device' }, pinPlaces, hostAfter = realAfter, ...mini } = options;
  const device = simulate(mini);
  const cable = plugIn(device, cableOptions);
  const prompts: DevicePrompt[] = [];
  const person: Person = {
    onPrompt: (prompt) => prompts.push(prompt),
    passphrase: async () => passphrase,
    pinPlaces: pinPlaces === undefined ? NOBODY.pinPlaces : async () => pinPlaces,
  };
  const link = await openUsbLink(serveUsb(cable).device);
  return { mini: device, cable, prompts, signer: openOneKey({ link, person, after: hostAfter }) };
}
