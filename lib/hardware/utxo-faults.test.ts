import { beforeAll, describe, expect, it } from 'vitest';
import type { Press, Screen } from '@/e2e/simulators/onekey-mini/person';
import { willing } from '@/e2e/simulators/onekey-mini/person';
import type { Lies } from '@/e2e/simulators/onekey-mini/types';
import { ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { asWalletError, type ErrorCode } from '@/lib/errors';
import type { PlaceOptions } from './testing/place';
import { openUtxoPlace, paymentOf, type UtxoPlace } from './testing/utxo-place';

const JOB = paymentOf('btc', 84);
const OWN = addressAt(ALL, 'btc', 84, 0, 0);
const pay = ({ device }: UtxoPlace) => device.sign(JOB);

const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => {
      const { code, details } = asWalletError(error);
      return details.reason === undefined ? code : `${code} ${details.reason}`;
    },
  );

/** The first signature of a process makes the tables of its curve. */
beforeAll(async () => {
  await pay(await openUtxoPlace());
});

describe('a device that lies', () => {
  it.each<[lie: NonNullable<Lies['bitcoin']>, problem: string]>([
    ['pays-another', 'outputs'],
    ['takes-change', 'outputs'],
    ['larger-fee', 'outputs'],
    ['drops-output', 'outputs'],
    ['adds-output', 'outputs'],
    ['other-sequence', 'inputs'],
    ['cut', 'malformed'],
    ['nothing', 'malformed'],
    ['endless', 'endless'],
    ['no-such-input', 'question'],
    ['other-previous', 'question'],
    ['unknown-question', 'question'],
  ])('and %s is refused before anything leaves', async (bitcoin, problem) => {
    for (const job of [JOB, paymentOf('bch', 44), paymentOf('doge', 44)]) {
      const { device } = await openUtxoPlace({ lies: { bitcoin } });
      expect(await failure(device.sign(job)), job.draft.coin).toBe(`device-misbehaved ${problem}`);
    }
  });

  it('and signs with another key is refused', async () => {
    for (const job of [JOB, paymentOf('btg', 49), paymentOf('dash', 44), paymentOf('btc', 86)]) {
      const { device } = await openUtxoPlace({ lies: { otherKey: true } });
      expect(await failure(device.sign(job)), job.draft.coin).toBe('device-misbehaved signature');
    }
    const { device } = await openUtxoPlace({ lies: { otherKey: true } });
    expect(await failure(device.signMessage('btc', OWN, 'hello'))).toBe('device-misbehaved signature');
    const short = await openUtxoPlace({ lies: { shortSignature: true } });
    expect(await failure(short.device.signMessage('btc', OWN, 'hello'))).toBe('device-misbehaved signature');
  });

  it('and shows another address is told of', async () => {
    const { device } = await openUtxoPlace({ lies: { address: addressAt(ALL, 'btc', 84, 0, 1).address } });
    expect(await failure(device.showAddress('btc', OWN))).toBe('device-misbehaved address');
    expect(await failure(device.signMessage('btc', OWN, 'hello'))).toBe('device-misbehaved signature');
  });

  it('may be used again by an honest call afterwards', async () => {
    const lies: { bitcoin?: Lies['bitcoin'] } = { bitcoin: 'endless' };
    const place = await openUtxoPlace({ lies: lies as Lies });
    expect(await failure(pay(place))).toBe('device-misbehaved endless');
    delete lies.bitcoin;
    expect(await failure(pay(place))).toBe('nothing');
  });
});

describe('a device that believes no host', () => {
  it('refuses another amount than the previous transaction has, and a host that changes its mind', async () => {
    const [first, ...others] = JOB.draft.inputs;
    if (!first) throw new Error('no input');
    const richer = { ...JOB.draft, inputs: [{ ...first, amount: first.amount + 1n }, ...others] };
    const { device, screens } = await openUtxoPlace();
    expect(await failure(device.sign({ ...JOB, draft: richer }))).toBe('device-refused');
    expect(screens.map(({ title }) => title)).toEqual(['Send', 'Total']);
  });
});

describe('a call that goes wrong', () => {
  const LOCKED = { pin: '1234', passphraseProtection: true };
  const at =
    (title: string, press: Press) =>
    (screen: Screen): Press =>
      screen.kind === 'confirm' && screen.title === title ? press : willing('1234')(screen);

  it.each<[what: string, options: PlaceOptions, code: ErrorCode]>([
    ['the person refuses the recipient', { person: at('Send', { press: 'cancel' }) }, 'device-cancelled'],
    ['the person refuses the total', { person: at('Total', { press: 'cancel' }) }, 'device-cancelled'],
    ['the PIN is wrong', { ...LOCKED, person: (screen) => willing('9999')(screen) }, 'device-pin-wrong'],
    ['another passphrase opens another wallet', { ...LOCKED, person: willing('1234', 'x') }, 'device-wrong-wallet'],
    ['the device is in its boot loader', { bootloader: true }, 'device-bootloader'],
    ['the device is another OneKey', { serial: 'TC01J4000123' }, 'device-unsupported'],
  ])('%s', async (_, options, code) => {
    expect((await failure(pay(await openUtxoPlace(options)))).split(' ')[0]).toBe(code);
  });

  it('names the address that was expected, and the one that the device has', async () => {
    const mnemonic = `${'abandon '.repeat(11)}about`;
    const { device, screens } = await openUtxoPlace({ mnemonic });
    for (const call of [
      () => device.sign(JOB),
      () => device.showAddress('btc', OWN),
      () => device.signMessage('btc', OWN, 'hello'),
    ]) {
      const { code, details } = await call().catch(asWalletError).then(asWalletError);
      expect(code).toBe('device-wrong-wallet');
      expect(details).toEqual({
        expectedAddress: OWN.address,
        actualAddress: 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
      });
    }
    expect(screens).toEqual([]);
  });

  it('is cancelled from the wallet while the device waits, and the next one works', async () => {
    let asked = 0;
    const person = (screen: Screen): Press => {
      if (screen.kind !== 'confirm') return { press: 'nothing' };
      asked += 1;
      return asked === 1 ? { press: 'nothing' } : { press: 'confirm' };
    };
    const place = await openUtxoPlace({ person });
    const paid = failure(pay(place));
    await expect.poll(() => asked).toBe(1);
    expect(await failure(pay(place))).toBe('busy');
    await place.cancel();
    expect(await paid).toBe('device-cancelled');
    expect(await failure(pay(place))).toBe('nothing');
  });
});

describe('a cable that is pulled', () => {
  const types = [0, 11, 15, 22, 27].map((type) => ({ type, direction: 'in' as const }));
  const answers = [12, 17, 21, 26].map((type) => ({ type, direction: 'out' as const }));
  it.each([...types, ...answers])(
    'at message $type, $direction, is a device that is gone',
    async ({ type, direction }) => {
      // At its first time and, where the message comes again and again, at later ones.
      for (const time of [1, 2, 5, 9, 14]) {
        let seen = 0;
        let pulled = false;
        const place = await openUtxoPlace({
          cable: {
            pulledAt: (going, message) => {
              if (going === direction && message.type === type) seen += 1;
              pulled ||= seen === time;
              return pulled;
            },
          },
        });
        expect(await failure(pay(place)), `${time}`).toBe(pulled ? 'device-disconnected' : 'nothing');
      }
    },
  );
});

describe('reports that are broken', () => {
  it.each<[what: string, damage: (report: Uint8Array) => Uint8Array]>([
    ['too short', (report) => report.subarray(0, 20)],
    ['of another protocol', (report) => Uint8Array.from(report).fill(0x21, 0, 1)],
    ['endless', (report) => Uint8Array.from(report).fill(0xff, 5, 9)],
    ['of no known message', (report) => Uint8Array.from(report).fill(0x7f, 3, 5)],
    ['no protocol buffer', (report) => Uint8Array.from(report).fill(0xff, 9)],
  ])('%s: a typed error, and no signature', async (_, damage) => {
    for (const broken of [12, 21]) {
      const place = await openUtxoPlace({
        cable: {
          damage: (reports, { type }) =>
            type === broken ? reports.map((report, index) => (index === 0 ? damage(report) : report)) : reports,
        },
      });
      expect(await failure(pay(place))).toMatch(/^device-(garbled|silent|misbehaved)/);
    }
  });
});
