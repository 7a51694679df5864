/** A device behind a local HTTP bridge: Trezor's on 21325, OneKey's on 21320. Bridges answer only origins they know. */
import * as z from 'zod/mini';
import { fromHex, readBody, toHex } from '@/lib/bytes';
import { asWalletError, WalletError } from '@/lib/errors';
import { garbled, type Message } from '../wire/framing';
import type { Link } from './link';

const HEADER_BYTES = 6;
const MAX_BODY_BYTES = 64 * 1024;

export interface BridgeTools {
  readonly fetch: typeof fetch;
  /** `http://127.0.0.1:21325` */
  readonly url: string;
}

const session = z.string().check(z.minLength(1), z.maxLength(64));
const listSchema = z
  .array(z.object({ path: z.string().check(z.maxLength(256)), session: z.nullable(session) }))
  .check(z.maxLength(32));
const sessionSchema = z.object({ session });

export type BridgeDevice = z.infer<typeof listSchema>[number];

async function post({ fetch, url }: BridgeTools, path: string, body?: string): Promise<string> {
  const response = await fetch(`${url}${path}`, { method: 'POST', ...(body === undefined ? {} : { body }) }).catch(
    () => {
      throw new WalletError('device-no-bridge');
    },
  );
  if (response.status === 403) throw new WalletError('device-no-bridge', { reason: 'origin' });
  const text = new TextDecoder().decode(
    await readBody(response, MAX_BODY_BYTES).catch(() => Promise.reject(garbled())),
  );
  if (response.ok) return text;
  throw new WalletError(/other session|wrong previous session/.test(text) ? 'device-in-use' : 'device-disconnected');
}

function parse<Output>(schema: z.ZodMiniType<Output>, text: string): Output {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw garbled();
  }
}

/** @throws WalletError `device-no-bridge` (reason `origin` where it refuses this extension), `device-garbled` */
export const bridgeDevices = async (tools: BridgeTools): Promise<readonly BridgeDevice[]> =>
  parse(listSchema, await post(tools, '/enumerate'));

/** Takes a device that no other program has. @throws WalletError `device-in-use` */
export async function openBridgeLink(tools: BridgeTools, { path, session: other }: BridgeDevice): Promise<Link> {
  if (other !== null) throw new WalletError('device-in-use');
  const acquired = await post(tools, `/acquire/${encodeURIComponent(path)}/null`);
  const { session } = parse(sessionSchema, acquired);
  let pending: Promise<Message> | undefined;
  return {
    send: async ({ type, payload }) => {
      const bytes = new Uint8Array(HEADER_BYTES + payload.length);
      const view = new DataView(bytes.buffer);
      view.setUint16(0, type);
      view.setUint32(2, payload.length);
      bytes.set(payload, HEADER_BYTES);
      await post(tools, `/post/${session}`, toHex(bytes));
    },
    receive: () => {
      pending ??= post(tools, `/read/${session}`)
        .then(toMessage)
        .finally(() => {
          pending = undefined;
        });
      return pending;
    },
    close: () =>
      post(tools, `/release/${session}`).then(
        () => undefined,
        () => undefined,
      ),
  };
}

/** Trezor's bridge, which Suite brings along, and OneKey's. */
export const BRIDGE_URLS: readonly string[] = ['http://127.0.0.1:21325', 'http://127.0.0.1:21320'];

/**
 * The first device that any bridge has, and no other program.
 * @throws WalletError `device-no-bridge` if none answers (reason `origin` if one refuses this extension),
 *   `device-disconnected` if none has a device, `device-in-use`
 */
export async function openAnyBridge(tools: readonly BridgeTools[]): Promise<Link> {
  const problems: WalletError[] = [];
  for (const one of tools) {
    try {
      const devices = await bridgeDevices(one);
      const device = devices.find(({ session: other }) => other === null) ?? devices[0];
      if (device !== undefined) return await openBridgeLink(one, device);
      problems.push(new WalletError('device-disconnected'));
    } catch (error) {
      problems.push(asWalletError(error));
    }
  }
  const telling =
    problems.find(({ code }) => code !== 'device-no-bridge') ?? problems.find(({ details }) => details.reason);
  throw telling ?? new WalletError('device-no-bridge');
}

function toMessage(text: string): Message {
  if (!/^([0-9a-f]{2})+$/i.test(text)) throw garbled();
  const bytes = fromHex(text);
  if (bytes.length < HEADER_BYTES) throw garbled();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const payload = bytes.subarray(HEADER_BYTES);
  if (view.getUint32(2) !== payload.length) throw garbled();
  return { type: view.getUint16(0), payload };
}
