import { beforeAll, describe, expect, it } from 'vitest';
import type { Press, Screen } from '@/e2e/simulators/onekey-mini/person';
import { willing } from '@/e2e/simulators/onekey-mini/person';
import { plugIn } from '@/e2e/simulators/onekey-mini/pipe';
import { serveUsb } from '@/e2e/simulators/onekey-mini/usb';
import { toReports } from '@/e2e/simulators/onekey-mini/wire';
import type { ErrorCode } from '@/lib/errors';
import { asWalletError } from '@/lib/errors';
import { PERSON_MS } from './onekey/session';
import { ACCOUNT, openPlace, PATH, type Place, type PlaceOptions, simulate } from './testing/place';
import { chooseDevice, openUsbLink } from './transport/web-usb';
import type { HardwareTransaction } from './types';

const PAYMENT: HardwareTransaction = {
  type: 'eip1559',
  chainId: 1,
  nonce: 9,
  to: '0x71C7656EC7ab88b098defB751B7401B5f6d8976F',
  valueWei: 1n,
  gas: 21_000n,
  maxFeePerGasWei: 3n,
  maxPriorityFeePerGasWei: 1n,
  data: `0x${'ab'.repeat(2500)}`,
  accessList: [],
};

const pay = ({ signer }: Place) => signer.signTransaction(ACCOUNT, PAYMENT);

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | 'nothing'> {
  const startedAtMs = performance.now();
  const code = await work.then(
    () => 'nothing' as const,
    (error: unknown) => asWalletError(error).code,
  );
  expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  return code;
}

const at =
  (kind: Screen['kind'], press: Press, otherwise = willing('1234')) =>
  (screen: Screen): Press =>
    screen.kind === kind ? press : otherwise(screen);

const LOCKED = { pin: '1234', passphraseProtection: true };

/** The first signature of a process makes the tables of its curve: that is not the time of the call. */
beforeAll(async () => {
  await pay(await openPlace());
});

describe('a call that goes wrong', () => {
  it.each<[what: string, options: PlaceOptions, code: ErrorCode]>([
    ['the person says no on the first screen', { person: () => ({ press: 'cancel' }) }, 'device-cancelled'],
    ['the PIN is wrong', { ...LOCKED, person: at('pin', { type: '9999' }) }, 'device-pin-wrong'],
    [
      'the passphrase is cancelled while the host has it',
      { ...LOCKED, person: at('passphrase-on-host', { press: 'cancel' }) },
      'device-cancelled',
    ],
    [
      'the passphrase is cancelled on the device',
      { ...LOCKED, person: at('passphrase', { press: 'cancel' }) },
      'device-cancelled',
    ],
    ['another passphrase opens another wallet', { ...LOCKED, person: willing('1234', 'other') }, 'device-wrong-wallet'],
    [
      'the device is another one',
      { mnemonic: 'legal winner thank year wave sausage worth useful legal winner thank yellow' },
      'device-wrong-wallet',
    ],
    ['the device shows another address', { lies: { address: PAYMENT.to ?? '' } }, 'device-wrong-wallet'],
    ['the device signs with another key', { lies: { otherKey: true } }, 'device-misbehaved'],
    ['the device says the other parity', { lies: { wrongV: true } }, 'device-misbehaved'],
    ['the signature is too short', { lies: { shortSignature: true } }, 'device-misbehaved'],
    ['the device is in its boot loader', { bootloader: true }, 'device-bootloader'],
    ['the device is another OneKey', { serial: 'TC01J4000123' }, 'device-unsupported'],
  ])('%s', async (_, options, code) => {
    const place = await openPlace(options);
    expect(await codeOf(pay(place))).toBe(code);
  });

  it('names the address that was expected, and the one that the device has', async () => {
    const place = await openPlace({ ...LOCKED, person: willing('1234', 'other') });
    const error = await pay(place).catch(asWalletError);
    expect(error).toMatchObject({
      code: 'device-wrong-wallet',
      details: { expectedAddress: ACCOUNT.address, actualAddress: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/) },
    });
  });

  it('takes confirm, pressed while the passphrase is typed, for another wallet', async () => {
    const person = at('passphrase-on-host', { press: 'confirm' });
    const place = await openPlace({ ...LOCKED, person, passphrase: { on: 'host', text: 'secret' } });
    // The account is that of a passphrase, the device has opened the one without.
    const account = { path: PATH, address: '0x71C7656EC7ab88b098defB751B7401B5f6d8976F' } as const;
    expect(await codeOf(place.signer.signTransaction(account, PAYMENT))).toBe('device-wrong-wallet');
  });

  it('does not hang where the PIN is cancelled on the device, which then says nothing', async () => {
    let tick: (() => void) | undefined;
    const hostAfter = (delayMs: number, work: () => void) => {
      if (delayMs === PERSON_MS) tick = work;
      return () => {
        tick = undefined;
      };
    };
    const place = await openPlace({ ...LOCKED, person: at('pin', { press: 'cancel' }), hostAfter });
    const paid = codeOf(pay(place));
    await expect.poll(() => tick).toBeDefined();
    tick?.();
    expect(await paid).toBe('device-silent');
    expect((await place.signer.facts()).unlocked).toBe(false);
  });

  it('is cancelled from here, too, and the next one works', async () => {
    let asked = 0;
    const person = (screen: Screen): Press => {
      if (screen.kind !== 'confirm') return { press: 'nothing' };
      asked += 1;
      return asked === 1 ? { press: 'nothing' } : { press: 'confirm' };
    };
    const place = await openPlace({ person });
    const paid = codeOf(pay(place));
    await expect.poll(() => asked).toBe(1);
    expect(await codeOf(place.signer.facts())).toBe('busy');
    await place.signer.cancel();
    expect(await paid).toBe('device-cancelled');
    expect(await codeOf(pay(place))).toBe('nothing');
  });

  it.each(['cancel', 'nothing'] as const)('ends at whichever screen the person does this: %s', async (press) => {
    const screens = async (until: number) => {
      let seen = 0;
      let late: (() => void) | undefined;
      const person = (screen: Screen): Press => {
        if (screen.kind === 'home' || screen.kind === 'pin-matrix') return { press: 'nothing' };
        seen += 1;
        if (seen === until) return { press };
        if (screen.kind === 'passphrase-on-host') return { press: 'nothing' };
        return willing('1234')(screen);
      };
      // The device gives up after 300 s: that is now.
      const after = (_: number, work: () => void) => {
        late = work;
        return () => {
          late = undefined;
        };
      };
      const place = await openPlace({ ...LOCKED, person, after });
      const code = codeOf(pay(place));
      if (press === 'nothing' && until > 0) {
        await expect.poll(() => seen).toBe(until);
        late?.();
      }
      return { code: await code, seen };
    };
    const all = await screens(0);
    expect(all).toEqual({ code: 'nothing', seen: 5 });
    // PIN, whether the host has the passphrase, passphrase, and two screens of the payment.
    // A PIN that is cancelled is answered by nothing (above), and this host types its passphrase at once.
    const other = press === 'cancel' ? 1 : 2;
    for (const until of [1, 2, 3, 4, 5].filter((screen) => screen !== other))
      expect((await screens(until)).code, `screen ${until}`).toBe('device-cancelled');
  });

  it('leaves nothing behind that the next call takes for its answer', async () => {
    const twice = await openPlace({ ...LOCKED, person: at('passphrase-on-host', { press: 'cancel' }) });
    for (let time = 0; time < 3; time += 1) expect(await codeOf(pay(twice))).toBe('device-cancelled');
    const hasty = await openPlace({ hasty: true });
    for (let time = 0; time < 3; time += 1) {
      expect(await codeOf(hasty.signer.getAddress(PATH, 'on-device'))).toBe('nothing');
      expect(await codeOf(pay(hasty))).toBe('nothing');
    }
  });

  it('reads away what another host has left', async () => {
    const left = [
      ...toReports({ type: 57, payload: new Uint8Array(200) }).slice(1),
      ...toReports({ type: 3, payload: Uint8Array.of(8, 4) }),
      ...toReports({ type: 26, payload: Uint8Array.of(8, 1) }),
    ];
    const place = await openPlace({ cable: { stale: left } });
    expect(await codeOf(pay(place))).toBe('nothing');
  });
});

describe('a cable that is pulled', () => {
  const steps = [17, 26, 20_103, 20_107, 20_106].flatMap((type) => [
    { type, direction: 'out' as const },
    { type, direction: 'in' as const },
  ]);
  it.each([
    ...steps,
    { type: 0, direction: 'in' as const },
    { type: 27, direction: 'in' as const },
    { type: 20_105, direction: 'in' as const },
  ])('at message $type, $direction, is a device that is not connected', async ({ type, direction }) => {
    let pulled = false;
    const place = await openPlace({
      cable: {
        pulledAt: (going, message) => {
          pulled ||= going === direction && message.type === type;
          return pulled;
        },
      },
    });
    const code = await codeOf(pay(place));
    expect(code).toBe(pulled ? 'device-disconnected' : 'nothing');
  });
});

describe('reports that are broken', () => {
  const broken: readonly (readonly [what: string, damage: (report: Uint8Array) => Uint8Array])[] = [
    ['too short', (report) => report.subarray(0, 20)],
    ['of another protocol', (report) => Uint8Array.from(report).fill(0x21, 0, 1)],
    ['endless', (report) => Uint8Array.from(report).fill(0xff, 5, 9)],
    ['of no known message', (report) => Uint8Array.from(report).fill(0x7f, 3, 5)],
    ['no protocol buffer', (report) => Uint8Array.from(report).fill(0xff, 9)],
  ];
  it.each(broken)('%s: a typed error, and no signature', async (_, damage) => {
    const place = await openPlace({
      cable: {
        damage: (reports, { type }) =>
          type === 17 ? reports : reports.map((report, at) => (at === 0 ? damage(report) : report)),
      },
    });
    expect(await codeOf(pay(place))).toMatch(/^device-(garbled|silent|misbehaved)$/);
  });
});

describe('a device on USB', () => {
  it('that nobody chooses, or that another program has, is said to be so', async () => {
    const rejected = serveUsb(plugIn(simulate()), { rejected: true });
    expect(await codeOf(chooseDevice(rejected.usb))).toBe('device-not-chosen');
    const claimed = serveUsb(plugIn(simulate()), { claimedElsewhere: true });
    expect(await codeOf(openUsbLink(claimed.device))).toBe('device-in-use');
    const gone = plugIn(simulate());
    gone.unplug();
    expect(await codeOf(openUsbLink(serveUsb(gone).device))).toMatch(/^device-(in-use|disconnected)$/);
  });

  it('that cannot take a transaction is not asked', async () => {
    const seen: number[] = [];
    const place = await openPlace({
      cable: {
        pulledAt: (direction, { type }) => {
          if (direction === 'in') seen.push(type);
          return false;
        },
      },
    });
    const key = `0x${'00'.repeat(32)}` as const;
    const entry = { address: ACCOUNT.address, storageKeys: [] };
    for (const transaction of [
      { ...PAYMENT, type: 'eip2930', gasPriceWei: 1n } as const,
      { ...PAYMENT, accessList: Array.from({ length: 9 }, () => entry) },
      { ...PAYMENT, accessList: [{ ...entry, storageKeys: Array.from({ length: 9 }, () => key) }] },
      { ...PAYMENT, data: `0x${'00'.repeat(128 * 1024 + 1)}` as const },
    ])
      expect(await codeOf(place.signer.signTransaction(ACCOUNT, transaction))).toBe('device-unsupported');
    expect(await codeOf(place.signer.signMessage(ACCOUNT, new Uint8Array(5121), 1))).toBe('device-unsupported');
    expect(seen.every((type) => type === 0)).toBe(true);
  });
});
