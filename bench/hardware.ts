/** The code that speaks to a hardware wallet: how large it is, and what it adds to the bare exchange of its packets. */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { createMini } from '@/e2e/simulators/onekey-mini/device';
import { willing } from '@/e2e/simulators/onekey-mini/person';
import { type Cable, plugIn } from '@/e2e/simulators/onekey-mini/pipe';
import { serveUsb } from '@/e2e/simulators/onekey-mini/usb';
import { openOneKey } from '@/lib/hardware/onekey/signer';
import { NOBODY } from '@/lib/hardware/person';
import { openUsbLink } from '@/lib/hardware/transport/web-usb';
import { peerBytes } from './hardware-peer';
import { durationMs, interleave } from './measure';
import { type Group, measuredRow, promisedRow, type Row } from './row';

const LIMIT_BYTES = 100_000;
const WORDS = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about';
const HARD = 0x8000_0000;
const PATH = [HARD + 44, HARD + 60, HARD, 0, 0];

/** Everything of `lib/hardware` but Trezors, with the packages below it. */
async function bundledBytes(): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: ['onekey/signer.ts', 'transport/web-usb.ts', 'transport/bridge.ts'].map(
      (file) => `lib/hardware/${file}`,
    ),
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    outdir: 'bundled',
    write: false,
    logLevel: 'error',
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
}

type Packet = Uint8Array | 'read';

/** A cable that writes down what goes over it while it is told to. */
function recording(cable: Cable) {
  const packets: Packet[] = [];
  const watched: Cable = {
    ...cable,
    write: (report) => {
      packets.push(report);
      cable.write(report);
    },
    read: () => {
      packets.push('read');
      return cable.read();
    },
  };
  return { watched, packets };
}

async function addressRow(rounds: number): Promise<Row> {
  const mini = createMini({
    mnemonic: WORDS,
    pin: null,
    person: willing(''),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    after: () => () => undefined,
  });
  const cable = plugIn(mini);
  const { watched, packets } = recording(cable);
  const signer = openOneKey({
    link: await openUsbLink(serveUsb(watched).device),
    person: NOBODY,
    after: () => () => undefined,
  });
  await signer.getAddress(PATH, 'not');
  packets.length = 0;
  await signer.getAddress(PATH, 'not');
  const exchanged = [...packets];
  const ours = () => durationMs(() => signer.getAddress(PATH, 'not'));
  const peer = () =>
    durationMs(async () => {
      for (const packet of exchanged) {
        if (packet === 'read') await cable.read();
        else cable.write(packet);
      }
    });
  const what = 'address of a simulated device, ms; peer: the bare exchange of the same packets';
  return measuredRow({ id: 'hardware-address', what, limit: 1.2 }, await interleave(rounds, 20, ours, peer));
}

async function besidePeer(bytes: number): Promise<Row> {
  const peer = await peerBytes();
  const what = 'the same; peer: @onekeyfe/hd-core, bundled by the same tool';
  return { id: 'hardware-size-peer', what, ours: bytes, peer, ratio: bytes / peer, limit: 0.3, spread: null };
}

export const hardware: Group = {
  name: 'hardware',
  run: async ({ say, rounds = 200 }) => {
    say('asking a simulated device');
    const address = await addressRow(rounds);
    say('bundling');
    const bytes = await bundledBytes();
    const what = 'lib/hardware without trezor/ bundled, bytes of gzip; peer: the limit';
    return [address, promisedRow({ id: 'hardware-size', what }, bytes, LIMIT_BYTES), await besidePeer(bytes)];
  },
};
