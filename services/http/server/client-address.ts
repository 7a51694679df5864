import { isIPv4, isIPv6 } from 'node:net';
import type { Context } from 'hono';

/** What the adapter of Node hands to an application beside the request. */
interface NodeBindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

/**
 * Says from which network a request comes: an IPv4 address, or the first 64 bits of an IPv6 address, which is what one
 * household or machine is given. Personal data: only ever used for a hashed name.
 */
export type ClientAddress = (c: Context) => string;

/**
 * @param proxies how many proxies of the operator stand in front, each of which adds the address it saw to
 *   `X-Forwarded-For`. With 0 the header is not believed at all.
 */
export function clientAddress(proxies: number): ClientAddress {
  return (c) => {
    const { incoming } = (c.env ?? {}) as NodeBindings;
    const direct = incoming?.socket?.remoteAddress ?? '';
    const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((each) => each.trim());
    return networkOf(proxies === 0 ? direct : (forwarded.at(-proxies) ?? direct));
  };
}

/** Whatever is no address is one network of its own. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(plain)) return plain;
  return isIPv6(plain) ? `${hextets(plain).slice(0, 4).join(':')}::/64` : 'unknown';
}

function hextets(address: string): string[] {
  const [before = '', after] = address.split('::');
  const split = (part: string) => (part === '' ? [] : part.split(':'));
  const [head, tail] = [split(before), split(after ?? '')];
  const zeros = Array.from({ length: after === undefined ? 0 : 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].map((each) => Number.parseInt(each, 16).toString(16));
}
