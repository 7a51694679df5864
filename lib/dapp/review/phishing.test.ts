import { describe, expect, it } from 'vitest';
import { phishingHosts, phishingList } from '@/scripts/review-data';
import { HASH_BYTES, normalHost, phishingCheck } from './phishing';

const hosts = phishingHosts();
const list = phishingList(hosts);
const isPhishing = phishingCheck(list);

describe('the list of sites that steal', () => {
  it('is one of thousands of hosts, and small', () => {
    expect(hosts.length).toBeGreaterThan(10_000);
    expect(list.length).toBe(hosts.length * HASH_BYTES);
    expect(list.length).toBeLessThan(80_000);
  });

  it('finds every host that is on it, and what lies below it', () => {
    for (const host of hosts) expect(isPhishing(host)).toBe(true);
    const [first = ''] = hosts;
    expect(isPhishing(`login.${first}`)).toBe(true);
    expect(isPhishing(`WWW.${first.toUpperCase()}.`)).toBe(true);
  });

  it('takes hardly any other host for one of them', () => {
    const others = Array.from({ length: 50_000 }, (_, place) => `site-${place}.harbor-${place % 97}.example`);
    expect(others.filter(isPhishing).length).toBeLessThanOrEqual(8);
  });

  it.each(['app.uniswap.org', 'opensea.io', 'github.io', 'pages.dev', 'localhost', '127.0.0.1', 'com', ''])(
    'lets %j pass',
    (host) => {
      expect(isPhishing(host)).toBe(false);
    },
  );

  it('is refused where it is cut', () => {
    expect(() => phishingCheck(list.subarray(1))).toThrow(RangeError);
  });

  it('compares hosts as browsers do', () => {
    expect(normalHost('WWW.Example.COM.')).toBe('example.com');
  });
});
