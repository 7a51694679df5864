/**
 * The one explicit way for a PIN, a password, a phrase or a private key: a port named `secret` that carries one message and its answer,
 * from a named screen to the background. Never in the table, a store, a snapshot or a log.
 * A string cannot be wiped; the bytes it becomes at the receiving end can, and are.
 */
import './jitless';
import { z } from 'zod';
import { utf8 } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { type SecretPurpose, secretPurpose } from './protocol';
import { reply, replyOf } from './reply';
import type { Channel, PageTransport } from './transport';

export const SECRET_PORT = 'secret';
/** Longer than anything that the product takes, two passwords or a password and a passkey with its id included; in UTF-16 units. */
export const SECRET_MOST_LENGTH = 4096;

const secretMessage = z.strictObject({ purpose: secretPurpose, value: z.string().max(SECRET_MOST_LENGTH) });

/**
 * Sends a secret and waits until the background has accepted or refused it.
 * @throws WalletError the background's answer; `unexpected` if it died before it answered
 */
export async function sendSecret(transport: PageTransport, purpose: SecretPurpose, value: string): Promise<void> {
  await exchange(transport, purpose, value);
}

/** The same for a purpose that is answered with a secret. @throws WalletError also `bad-message` if there is none */
export async function askSecret(transport: PageTransport, purpose: SecretPurpose, value: string): Promise<string> {
  const answer = z.string().safeParse(await exchange(transport, purpose, value));
  if (!answer.success) throw new WalletError('bad-message', { reason: purpose });
  return answer.data;
}

function exchange(transport: PageTransport, purpose: SecretPurpose, value: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const channel = transport.connect(SECRET_PORT);
    const fail = (error: WalletError) => {
      channel.close();
      reject(error);
    };
    channel.onClose(() => fail(new WalletError('unexpected', { reason: 'no-answer' })));
    channel.onMessage((message) => {
      const answer = reply.safeParse(message);
      if (!answer.success) return fail(new WalletError('bad-message', { reason: purpose }));
      if (!answer.data.ok) return fail(new WalletError(answer.data.error.code, answer.data.error.details));
      channel.close();
      resolve(answer.data.output);
    });
    channel.post({ purpose, value });
  });
}

/**
 * What the background does with a secret. The bytes are UTF-8 and are wiped when the promise settles; a text that it
 * resolves to goes back.
 */
export type SecretHandler = (purpose: SecretPurpose, value: Uint8Array) => Promise<string | undefined>;

/** Serves one secret a port to pages of the extension; anybody else's port is closed without an answer. */
export function acceptSecret(channel: Channel, handle: SecretHandler): void {
  let taken = false;
  channel.onMessage(async (message) => {
    if (taken) return channel.close();
    taken = true;
    channel.post(await replyOf(() => handleOne(message, handle)));
  });
}

async function handleOne(message: unknown, handle: SecretHandler): Promise<string | undefined> {
  const parsed = secretMessage.safeParse(message);
  if (!parsed.success) throw new WalletError('bad-message', { reason: SECRET_PORT });
  const value = utf8(parsed.data.value);
  try {
    return await handle(parsed.data.purpose, value);
  } finally {
    value.fill(0);
  }
}
