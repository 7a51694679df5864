import { expect, it, vi } from 'vitest';
import { announce, type ProviderInfo } from './announce';
import type { Provider } from './provider';

interface Announced {
  readonly info: ProviderInfo;
  readonly provider: Provider;
}

/** A page that announces, and what it announced so far. */
function announcing() {
  const target = new EventTarget() as Window;
  const heard: Announced[] = [];
  target.addEventListener('eip6963:announceProvider', (event) => heard.push((event as CustomEvent).detail));
  const provider = { isHalfkey: true } as Provider;
  const make = vi.fn(() => provider);
  announce(target, 'example.halfkey.wallet', make);
  return { target, heard, make };
}

it('announces at once and whenever it is asked, always the same', () => {
  const { target, heard } = announcing();
  target.dispatchEvent(new Event('eip6963:requestProvider'));
  expect(heard).toHaveLength(2);
  expect(heard[1]?.provider).toBe(heard[0]?.provider);
  expect(heard[1]?.info).toBe(heard[0]?.info);
});

it('announces what EIP-6963 wants, and nobody can change it', () => {
  const [detail] = announcing().heard;
  expect(detail?.info).toEqual({
    uuid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    name: 'Halfkey',
    icon: expect.stringMatching(/^data:image\/svg\+xml,%3Csvg%20/),
    rdns: 'example.halfkey.wallet',
  });
  expect([detail, detail?.info].map(Object.isFrozen)).toEqual([true, true]);
  expect(JSON.parse(JSON.stringify({ ...detail })).info).toMatchObject({ name: 'Halfkey' });
});

it('makes nothing of it in a page that does not read it', () => {
  const { heard, make } = announcing();
  expect(heard).toHaveLength(1);
  expect(make).not.toHaveBeenCalled();
  expect(heard[0]?.provider.isHalfkey).toBe(true);
  expect(make).toHaveBeenCalledOnce();
});
