import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { clientAddress, networkOf } from '@/services/http/server/client-address';

const seen = async (proxies: number, forwarded: string | null, remoteAddress = '198.51.100.9') => {
  const addressOf = clientAddress(proxies);
  const app = new Hono().get('/', (c) => c.text(addressOf(c)));
  const headers: Record<string, string> = forwarded === null ? {} : { 'x-forwarded-for': forwarded };
  return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } })).text();
};

describe('the network a request comes from', () => {
  it('is that of the connection, whatever the header says, without proxies', async () => {
    expect(await seen(0, '203.0.113.1')).toBe('198.51.100.9');
  });

  it('is what the outermost trusted proxy saw, whatever the client wrote before it', async () => {
    expect(await seen(1, '10.0.0.1, 203.0.113.1')).toBe('203.0.113.1');
    expect(await seen(2, 'forged, 203.0.113.1, 10.0.0.2')).toBe('203.0.113.1');
    expect(await seen(1, 'not an address')).toBe('unknown');
    expect(await seen(2, '203.0.113.1')).toBe('198.51.100.9');
  });

  it('is one for a whole IPv6 /64, however its addresses are written', () => {
    const same = ['2001:db8::1', '2001:DB8:0:0:ffff::', '2001:db8:0:0:1:2:3:4', '2001:0db8::%eth0'];
    expect(new Set(same.map(networkOf))).toEqual(new Set(['2001:db8:0:0::/64']));
    expect(networkOf('2001:db8:0:1::1')).not.toBe(networkOf('2001:db8::1'));
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
  });
});
