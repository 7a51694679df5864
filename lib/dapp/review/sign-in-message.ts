/** Sign-In with Ethereum: the message of EIP-4361, read by its grammar and by nothing looser. */
import type { SignInFields } from '@/lib/bus/review';

const FIRST = / wants you to sign in with your Ethereum account:$/;
const HEAD =
  /^(?<domain>(?:[a-z][a-z0-9+.-]*:\/\/)?[^\s/?#@]+) wants you to sign in with your Ethereum account:\n(?<address>0x[0-9a-fA-F]{40})\n\n(?:(?<statement>[^\n]+)\n)?\n(?<rest>URI: [\s\S]*)$/;
const TIME = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2})';
const REST = new RegExp(
  [
    '^URI: (?<uri>[^\\s]+)',
    'Version: 1',
    'Chain ID: (?<chainId>[0-9]{1,78})',
    'Nonce: (?<nonce>[a-zA-Z0-9]{8,})',
    `Issued At: (?<issuedAt>${TIME})(?:`,
  ].join('\\n') +
    `\\nExpiration Time: (?<expiresAt>${TIME}))?(?:\\nNot Before: (?<notBefore>${TIME}))?(?:\\nRequest ID: (?<requestId>[^\\s]*))?(?<resources>\\nResources:(?:\\n- [^\\s]+)*)?$`,
);
const LONGEST = 20_000;
const LONGEST_LINE = 600;
const MOST_RESOURCES = 40;

/** Whether a text presents itself as a sign-in, well-formed or not. */
export const looksLikeSignIn = (text: string): boolean =>
  FIRST.test(text.slice(0, 2_000).split('\n')[0]?.trimEnd() ?? '');

/** The fields, or null for a text that is no sign-in message in every character. */
export function readSignIn(text: string): SignInFields | null {
  if (text.length > LONGEST) return null;
  const head = HEAD.exec(text)?.groups;
  const rest = head?.rest === undefined ? undefined : REST.exec(head.rest)?.groups;
  if (head === undefined || rest === undefined) return null;
  const resources = (rest.resources ?? '').split('\n- ').slice(1);
  const lines = [head.domain, rest.uri, rest.nonce, rest.requestId, ...resources];
  if (resources.length > MOST_RESOURCES || lines.some((line) => (line ?? '').length > LONGEST_LINE)) return null;
  return {
    domain: head.domain ?? '',
    address: head.address ?? '',
    statement: head.statement ?? null,
    uri: rest.uri ?? '',
    chainId: rest.chainId ?? '',
    nonce: rest.nonce ?? '',
    issuedAt: rest.issuedAt ?? '',
    expiresAt: rest.expiresAt ?? null,
    notBefore: rest.notBefore ?? null,
    requestId: rest.requestId ?? null,
    resources,
  };
}

/**
 * Whether a message's domain is the asker's own: the host, the port where either names one that is not usual, and the
 * scheme where the message names one.
 */
export function isOwnDomain(domain: string, origin: string): boolean {
  try {
    const { protocol, host } = new URL(origin);
    const named = new URL(domain.includes('://') ? domain : `${protocol}//${domain}`);
    return named.protocol === protocol && named.host === host;
  } catch {
    return false;
  }
}
