/** Requests that nobody sends by mistake, and ones with one mistake, from a page's own script. */
import type { Page } from '@playwright/test';

interface Asked {
  readonly method: string;
  readonly params: unknown;
}

/** Right but for what is exchanged in them. @param account of the wallet. @param chainId in hex */
export const rightRequests = (account: string, chainId: string): readonly Asked[] => {
  const typed = {
    types: {
      EIP712Domain: [{ name: 'chainId', type: 'uint256' }],
      Mail: [
        { name: 'to', type: 'address' },
        { name: 'lines', type: 'string[]' },
      ],
    },
    primaryType: 'Mail',
    domain: { chainId: Number(chainId) },
    message: { to: account, lines: ['Hi'] },
  };
  const transaction = { from: account, to: account, value: '0x1', data: '0x', gas: '0x5208', type: '0x2' };
  const token = { type: 'ERC20', options: { address: account, symbol: 'ODD', decimals: 18 } };
  const network = {
    chainId,
    chainName: 'Odd',
    rpcUrls: ['https://node.example'],
    nativeCurrency: { name: 'Odd', symbol: 'ODD', decimals: 18 },
  };
  return [
    { method: 'personal_sign', params: ['0x6869', account] },
    { method: 'eth_signTypedData', params: [[{ type: 'string', name: 'text', value: 'Hi' }], account] },
    { method: 'eth_signTypedData_v3', params: [account, JSON.stringify(typed)] },
    { method: 'eth_signTypedData_v4', params: [account, typed] },
    { method: 'eth_sendTransaction', params: [transaction] },
    { method: 'wallet_sendCalls', params: [{ version: '2.0.0', from: account, chainId, calls: [transaction] }] },
    { method: 'wallet_getCapabilities', params: [account, [chainId]] },
    { method: 'wallet_switchEthereumChain', params: [{ chainId }] },
    { method: 'wallet_addEthereumChain', params: [network] },
    { method: 'wallet_watchAsset', params: token as unknown },
    { method: 'wallet_requestPermissions', params: [{ eth_accounts: {} }] },
    { method: 'personal_ecRecover', params: ['0x6869', `0x${'1b'.repeat(65)}`] },
  ];
};

/**
 * Fifty at a time, with forged messages between them; the same ones each time.
 * @param right each of them is asked with one mistake; without any, all is made up
 * @returns how often each code was answered, `answer` for results
 */
export const askOddly = (page: Page, rounds: number, right: readonly Asked[] = []): Promise<Record<string, number>> =>
  page.evaluate(
    async ({ rounds, right }) => {
      // Mulberry32: a generator whose low digits are as good as its high ones.
      let seed = 42;
      const random = (below: number) => {
        seed = (seed + 0x6d2b79f5) | 0;
        let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
      };
      const { ethereum } = window as unknown as { ethereum: { request(asked: unknown): Promise<unknown> } };
      const METHODS =
        'eth_accounts eth_chainId eth_sign eth_signTypedData_v4 personal_sign eth_sendTransaction wallet_sendCalls wallet_getCapabilities personal_ecRecover state.get session.lock requests.confirm __proto__ constructor'.split(
          ' ',
        );
      const value = (depth: number): unknown => {
        const kinds = [
          () => random(1e9) - 5e8,
          () => `0x${random(1e9).toString(16)}`,
          () => '\u0000\uD800'.repeat(random(20)),
          () => null,
          () => undefined,
          () => ({ name: 'session.lock', input: {} }),
          () => Array.from({ length: random(4) }, () => (depth > 6 ? 0 : value(depth + 1))),
          () =>
            Object.fromEntries([
              ['__proto__', 1],
              ['text', value(depth + 3)],
              ['ack', '1'],
            ]),
          () => new Date(),
          () => 10n,
          () => new Map([[1, 2]]),
        ];
        return kinds[random(depth > 6 ? 6 : kinds.length)]?.();
      };
      /** The same with one place of it exchanged, left out or added. */
      const mutated = (whole: unknown): unknown => {
        if (typeof whole === 'string' && whole.length > 0 && random(2) === 0) {
          const at = random(whole.length);
          return whole.slice(0, at) + String.fromCharCode(random(128)) + whole.slice(at + random(2));
        }
        if (typeof whole !== 'object' || whole === null || random(6) === 0) return value(0);
        const copy = (Array.isArray(whole) ? [...whole] : { ...whole }) as Record<string, unknown>;
        const names = Object.keys(copy);
        const name = names[random(names.length + 1)] ?? String(random(9));
        if (random(6) === 0) delete copy[name];
        else copy[name] = mutated(copy[name]);
        return copy;
      };
      const odd = (): unknown => {
        const chosen = right[random(Math.max(1, right.length))];
        if (chosen !== undefined) return { method: chosen.method, params: mutated(chosen.params) };
        const method = random(9) === 0 ? String(value(0)) : METHODS[random(METHODS.length)];
        return { method, params: value(0) };
      };
      const counts: Record<string, number> = {};
      for (let round = 0; round < rounds; round += 50) {
        const asked = Array.from({ length: 50 }, async () => {
          window.postMessage({ id: String(random(99)), result: 'forged', state: {} }, '*');
          window.dispatchEvent(new MessageEvent('halfkey:line', { source: new MessageChannel().port1 }));
          window.dispatchEvent(new CustomEvent('halfkey:bridge', { detail: value(0) }));
          const code = await ethereum.request(odd()).then(
            () => 'answer',
            (error: { code: number }) => String(error.code),
          );
          counts[code] = (counts[code] ?? 0) + 1;
        });
        await Promise.all(asked);
      }
      return counts;
    },
    { rounds, right },
  );
