/** A simulated Mini with the words of the published transactions, and drafts for it. */
import type { Screen } from '@/e2e/simulators/onekey-mini/person';
import { willing } from '@/e2e/simulators/onekey-mini/person';
import { plugIn } from '@/e2e/simulators/onekey-mini/pipe';
import { serveUsb } from '@/e2e/simulators/onekey-mini/usb';
import { fromHex } from '@/lib/bytes';
import type { CoinId, Purpose } from '@/lib/chains/utxo/coins';
import { COINS } from '@/lib/chains/utxo/coins';
import { type Draft, prepareDraft } from '@/lib/chains/utxo/draft';
import previousVectors from '@/lib/chains/utxo/previous.vectors.json';
import { funded, paymentTo } from '@/lib/chains/utxo/testing/wallet';
import { outpoint } from '@/lib/chains/utxo/utxos';
import { openOneKey } from '../onekey/signer';
import { type UtxoDevice, utxoDevice } from '../onekey/utxo';
import { NOBODY } from '../person';
import { openUsbLink } from '../transport/web-usb';
import { type PlaceOptions, realAfter, simulate } from './place';

export const ALL_WORDS = new Array<string>(12).fill('all').join(' ');

export interface UtxoPlace {
  readonly device: UtxoDevice;
  /** Ends the call that runs. */
  cancel(): Promise<void>;
  /** What has stood on the screen to be confirmed. */
  readonly screens: Extract<Screen, { kind: 'confirm' }>[];
}

export async function openUtxoPlace(options: PlaceOptions = {}): Promise<UtxoPlace> {
  const { cable: cableOptions, passphrase = { on: 'device' }, hostAfter = realAfter, ...mini } = options;
  const screens: UtxoPlace['screens'] = [];
  const { person = willing('1234') } = mini;
  const watched = simulate({
    mnemonic: ALL_WORDS,
    ...mini,
    person: (screen) => {
      if (screen.kind === 'confirm') screens.push(screen);
      return person(screen);
    },
  });
  const link = await openUsbLink(serveUsb(plugIn(watched, cableOptions)).device);
  const before = { ...NOBODY, passphrase: async () => passphrase };
  const signer = openOneKey({ link, person: before, after: hostAfter });
  return { device: utxoDevice(signer), cancel: () => signer.cancel(), screens };
}

/** The transactions that the vectors spend, as they travel. */
export const PREVIOUS: ReadonlyMap<string, Uint8Array> = new Map(
  Object.entries(previousVectors.transactions).map(([txid, hex]) => [txid, fromHex(hex)]),
);

export interface Job {
  readonly draft: Draft;
  readonly previous: ReadonlyMap<string, Uint8Array>;
}

/** A payment with change of an account with these outputs; coins of a large unit get more. */
export function paymentOf(coin: CoinId, purpose: Purpose, count = 2): Job {
  const unit = coin === 'doge' ? 100_000_000n : 1_000_000n;
  const { utxos, raw, change } = funded(
    coin,
    purpose,
    Array.from({ length: count }, (_, at) => unit + BigInt(at)),
  );
  const payments = [paymentTo(coin, (unit * BigInt(count)) / 2n)];
  const feePerKvB = COINS[coin].minFeePerKvB;
  const picked = new Set(utxos.map(outpoint));
  const draft = prepareDraft({ coin, utxos, picked, payments, everythingTo: null, change, feePerKvB });
  return { draft, previous: raw };
}
