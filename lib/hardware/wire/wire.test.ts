import * as protocolV1 from '@trezor/protocol/lib/protocol-v1/index.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { readMessage, toReports } from './framing';
import * as messages from './messages';
import { decode, encode } from './schema';

const HARD = 0x8000_0000;

async function readBack(reports: readonly Uint8Array[]) {
  const queue = [...reports];
  return readMessage(async () => queue.shift() ?? new Uint8Array());
}

describe('framing', () => {
  it('is that of @trezor/protocol, byte for byte', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.uint8Array({ maxLength: 600 }), (type, payload) => {
        const [first, ...rest] = toReports({ type, payload });
        const theirs = protocolV1.encode(Buffer.from(payload), { messageType: type });
        const ours = Buffer.concat([first ?? Buffer.alloc(0), ...rest.map((report) => report.subarray(1))]);
        expect(ours.subarray(0, theirs.length).equals(theirs)).toBe(true);
        expect(ours.subarray(theirs.length).every((byte) => byte === 0)).toBe(true);
      }),
    );
  });

  it('gives back every message', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 0xffff }),
        fc.uint8Array({ maxLength: 2000 }),
        async (type, payload) => {
          const message = await readBack(toReports({ type, payload }));
          expect(message.type).toBe(type);
          expect(toHex(message.payload)).toBe(toHex(payload));
        },
      ),
    );
  });

  it('refuses a length that no answer has', async () => {
    const [report] = toReports({ type: 1, payload: new Uint8Array(3) });
    report?.fill(0xff, 5, 9);
    await expect(readBack(report ? [report] : [])).rejects.toThrow('device-garbled');
  });
});

describe('messages', () => {
  it('are the published byte strings', () => {
    const path = [HARD + 44, HARD + 60, HARD, 0, 0];
    expect(toHex(encode(messages.getAddress, { addressN: path, showDisplay: true }))).toBe(
      '08ac8080800808bc8080800808808080800808000800' + '1001',
    );
    const [report] = toReports({ type: 0, payload: encode(messages.initialize, { sessionId: new Uint8Array(32) }) });
    expect(toHex(report ?? new Uint8Array()).startsWith('3f23230000000000220a20')).toBe(true);
  });

  it('pass over fields that nobody knows, and take repeated numbers packed or not', () => {
    expect(decode(messages.address, Uint8Array.of(0x78, 5, 0x12, 2, 0x30, 0x78, 0x8a, 1, 1, 0))).toEqual({
      address: '0x',
    });
    expect(decode(messages.getAddress, Uint8Array.of(8, 1, 8, 2, 0x0a, 2, 3, 4)).addressN).toEqual([1, 2, 3, 4]);
  });

  it('refuse a wrong kind, a length past the end and a number without one', () => {
    for (const payload of [[0x10, 1], [0x12, 9, 1], [0x12], [0x80]])
      expect(() => decode(messages.address, Uint8Array.from(payload))).toThrow('device-garbled');
  });
});
