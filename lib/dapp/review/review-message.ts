/** `personal_sign`: a text, or bytes; a sign-in, or what only looks like one. */
import { hexToBytes } from 'viem';
import type { Review, Risk, SignInFields } from '@/lib/bus/review';
import { LONGEST_TEXT } from '@/lib/bus/review';
import { digestOf } from './digest';
import { hidesSomething, rawOf, riskOf, shortened, visible } from './facts';
import { isOwnDomain, looksLikeSignIn, readSignIn } from './sign-in-message';
import type { Hex, Occasion } from './types';

/** @param message the bytes that are signed, before the prefix of EIP-191 */
export function reviewMessage(occasion: Occasion, message: Hex, asked: readonly Risk[]): Review {
  const bytes = hexToBytes(message);
  const text = textOf(bytes);
  const common = {
    asker: occasion.asker,
    account: occasion.account,
    chain: occasion.chain,
    digest: digestOf({ method: 'personal_sign', account: occasion.account.toLowerCase(), message }),
    raw: [...(text === null ? [] : [rawOf('message', text)]), rawOf('hex', message)],
  };
  const fields = text === null ? null : readSignIn(text);
  if (fields !== null) {
    return { ...common, kind: 'sign-in', fields, risks: [...asked, ...signInRisks(fields, occasion)] };
  }
  const risks = [...asked, ...messageRisks(bytes, text)];
  const shown = text === null ? { text: null, cut: 0 } : shortened(visible(text), LONGEST_TEXT);
  return { ...common, kind: 'message', ...shown, risks };
}

/** UTF-8 that is one in every byte, or null. */
function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return /\p{Cc}/u.test(text.replace(/\s/g, '')) ? null : text;
  } catch {
    return null;
  }
}

const HASH_BYTES = 32;

function messageRisks(bytes: Uint8Array, text: string | null): readonly Risk[] {
  const risks: Risk[] = [];
  if (text !== null && looksLikeSignIn(text)) risks.push(riskOf('sign-in-malformed'));
  const isHash = bytes.length === HASH_BYTES || (text !== null && /^(0x)?[0-9a-f]{64}$/i.test(text.trim()));
  if (isHash) risks.push(riskOf('hash-message'));
  else if (isTransaction(bytes)) risks.push(riskOf('transaction-message'));
  else if (text === null) risks.push(riskOf('not-understood'));
  if (text !== null && hidesSomething(text)) risks.push(riskOf('hidden-characters'));
  return risks;
}

/** The first bytes of an unsigned transaction (EIP-2718, RLP) or of an authorization (EIP-7702): a list of that length. */
function isTransaction(bytes: Uint8Array): boolean {
  const [first = 0, ...rest] = bytes.subarray(0, 6);
  const list = first >= 0x01 && first <= 0x05 ? rest : [first, ...rest];
  const before = first >= 0x01 && first <= 0x05 ? 1 : 0;
  const [head = 0, ...length] = list;
  if (head >= 0xc0 && head <= 0xf7) return bytes.length > 8 && bytes.length - before - 1 === head - 0xc0;
  if (head < 0xf8 || head > 0xfa) return false;
  const size = head - 0xf7;
  const announced = length.slice(0, size).reduce((total, byte) => total * 256 + byte, 0);
  return bytes.length - before - 1 - size === announced;
}

function signInRisks(fields: SignInFields, { asker, account, chain, nowMs }: Occasion): readonly Risk[] {
  const risks: Risk[] = [];
  if (!isOwnDomain(fields.domain, asker.origin)) risks.push(riskOf('sign-in-domain', { name: fields.domain }));
  if (fields.address.toLowerCase() !== account.toLowerCase())
    risks.push(riskOf('sign-in-account', { name: fields.address }));
  if (fields.chainId !== String(chain.chainId)) risks.push(riskOf('sign-in-chain', { chainId: fields.chainId }));
  const [until, from] = [Date.parse(fields.expiresAt ?? ''), Date.parse(fields.notBefore ?? '')];
  if (until <= nowMs) risks.push(riskOf('sign-in-time', { timeMs: Math.max(0, until) }));
  else if (from > nowMs) risks.push(riskOf('sign-in-time', { timeMs: from }));
  if (hidesSomething(fields.statement ?? '')) risks.push(riskOf('hidden-characters'));
  return risks;
}
