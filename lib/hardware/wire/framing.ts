/** Protocol v1: messages in reports of 64 bytes (`?##`, type u16, length u32, big-endian; later reports begin with `?`). */
import { WalletError } from '@/lib/errors';

export const REPORT_BYTES = 64;
const HEADER_BYTES = 9;
/** No answer that this wallet asks for is longer. */
const MAX_ANSWER_BYTES = 16 * 1024;
const [QUESTION, SHARP] = [0x3f, 0x23];

export interface Message {
  readonly type: number;
  readonly payload: Uint8Array;
}

export const garbled = (): WalletError => new WalletError('device-garbled');

export function toReports({ type, payload }: Message): Uint8Array<ArrayBuffer>[] {
  const body = new Uint8Array(HEADER_BYTES - 1 + payload.length);
  const view = new DataView(body.buffer);
  body.set([SHARP, SHARP]);
  view.setUint16(2, type);
  view.setUint32(4, payload.length);
  body.set(payload, HEADER_BYTES - 1);
  return Array.from({ length: Math.ceil(body.length / (REPORT_BYTES - 1)) }, (_, place) => {
    const report = new Uint8Array(REPORT_BYTES);
    report[0] = QUESTION;
    report.set(body.subarray(place * (REPORT_BYTES - 1), (place + 1) * (REPORT_BYTES - 1)), 1);
    return report;
  });
}

const begins = (report: Uint8Array): boolean =>
  report.length === REPORT_BYTES && report[0] === QUESTION && report[1] === SHARP && report[2] === SHARP;

/**
 * The next whole message. Reports before it that begin none are what another host has left behind.
 * @param read the next report
 * @throws WalletError `device-garbled`; what `read` throws
 */
export async function readMessage(read: () => Promise<Uint8Array>): Promise<Message> {
  let report = await read();
  for (let skipped = 0; !begins(report); skipped += 1) {
    if (report.length !== REPORT_BYTES || report[0] !== QUESTION || skipped > MAX_ANSWER_BYTES / REPORT_BYTES)
      throw garbled();
    report = await read();
  }
  const view = new DataView(report.buffer, report.byteOffset, report.byteLength);
  const [type, length] = [view.getUint16(3), view.getUint32(5)];
  if (length > MAX_ANSWER_BYTES) throw garbled();
  const payload = new Uint8Array(length);
  payload.set(report.subarray(HEADER_BYTES, HEADER_BYTES + length));
  for (let offset = REPORT_BYTES - HEADER_BYTES; offset < length; offset += REPORT_BYTES - 1) {
    const next = await read();
    if (next.length !== REPORT_BYTES || next[0] !== QUESTION) throw garbled();
    payload.set(next.subarray(1, 1 + length - offset), offset);
  }
  return { type, payload };
}
