import { Wallet } from 'ethers';
import { eip191Signer, signTyped, Transaction } from 'micro-eth-signer';
import { type Hex, parseEther, parseTransaction } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';
import { bundlePage } from './bundle-page';
import type { Client, SendWish, TypedWish } from './clients/page';
import { expect, test } from './fixtures';
import type { Exchange } from './network';
import { home } from './pages/home';
import { accounts, addWallet } from './pages/wallets';
import { startSite } from './site';
import { WORK_MS } from './steps';
import { approve, CONNECT, chainIdOf, decide, openUnlocked, reader, SEND, SIGN, type Visit } from './visit';

/** Of a public development phrase: nobody's secret. */
const KEY = '0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d';
const ACCOUNT = privateKeyToAddress(KEY);
const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const JONAS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const LIBRARIES = ['viem', 'ethers'] as const;

const MESSAGE = 'Grüße, 你好, ¡hola!\nsecond line';
const WISHES: Readonly<Record<(typeof LIBRARIES)[number], SendWish>> = {
  viem: { to: MIRA, value: '0x2386f26fc10000', data: '0x' },
  ethers: { to: JONAS, value: '0x1', data: '0xc0ffee00' },
};

const typedFor = (chainId: number): TypedWish => ({
  domain: { name: 'Letters', version: '1', chainId, verifyingContract: MIRA },
  types: {
    Person: [
      { name: 'name', type: 'string' },
      { name: 'wallets', type: 'address[]' },
    ],
    Letter: [
      { name: 'from', type: 'Person' },
      { name: 'to', type: 'Person[]' },
      { name: 'contents', type: 'bytes' },
      { name: 'change', type: 'int256' },
      { name: 'sizes', type: 'uint8[2]' },
      { name: 'open', type: 'bool' },
      { name: 'seal', type: 'bytes4' },
    ],
  },
  primaryType: 'Letter',
  message: {
    from: { name: 'Mira 🜁', wallets: [MIRA, JONAS] },
    to: [
      { name: 'Jonas', wallets: [] },
      { name: '', wallets: [JONAS] },
    ],
    contents: '0xc0ffee',
    change: '-170141183460469231731687303715884105728',
    sizes: ['0', '255'],
    open: true,
    seal: '0xdeadbeef',
  },
});

const rawOf = ({ requestBody }: Exchange): Hex | null => {
  const { method, params } = requestBody.length > 0 ? JSON.parse(requestBody.toString()) : {};
  return method === 'eth_sendRawTransaction' ? params[0] : null;
};

test('viem and ethers talk to the wallet, and it signs what two other encoders sign, byte for byte', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
}) => {
  const site = await startSite({
    '/': { body: `<title>Clients</title><script>${await bundlePage('./clients/page.ts')}</script>` },
  });
  network.allow(site.origin);
  await stack.chain.fund(ACCOUNT, parseEther('1'));
  const importKey = async (wallet: Visit['page']) => {
    await accounts(wallet).open();
    await accounts(wallet).addWallet();
    await addWallet(wallet).key();
    await wallet.getByLabel('Private key', { exact: true }).fill(KEY);
    await wallet.getByRole('button', { name: 'Add this account' }).click();
    await home(wallet).shown(WORK_MS);
  };
  const openCopy = () => openBrowser({ profile: lockedWallet.copy() });
  const visit = await openUnlocked(openCopy, lockedWallet, site, importKey);
  /** One call of a library in the page. */
  const call = (library: string, method: keyof Client, ...given: readonly unknown[]) =>
    visit.page.evaluate(
      async ([name, ask, values]) => {
        const { clients } = window as unknown as {
          clients: Record<string, Record<string, (...all: unknown[]) => unknown>>;
        };
        return (await clients[name]?.[ask]?.(...values)) as string;
      },
      [library, method, given] as const,
    );
  await decide(visit, call('viem', 'accounts'), approve(CONNECT));

  const typed = typedFor(chainIdOf(stack));
  const { domain, types, primaryType, message } = typed;
  const ethers = new Wallet(KEY);
  const expected = {
    message: [await ethers.signMessage(MESSAGE), eip191Signer.sign(MESSAGE, KEY, false)],
    typed: [
      await ethers.signTypedData(domain, types, message),
      signTyped(
        { domain, types: { ...DOMAIN, ...types }, primaryType, message: asBigInts(message) } as never,
        KEY,
        false,
      ),
    ],
  };
  for (const library of LIBRARIES) {
    expect(await call(library, 'accounts'), library).toEqual([ACCOUNT]);
    const signed = await decide(visit, call(library, 'signMessage', MESSAGE), approve(SIGN));
    expect([signed, signed], `${library}: message`).toEqual(expected.message);
    const sealed = await decide(visit, call(library, 'signTyped', typed), approve(SIGN));
    expect([sealed, sealed], `${library}: typed data`).toEqual(expected.typed);

    const wish = WISHES[library];
    const before = network.exchanges.length;
    const hash = await decide(visit, call(library, 'send', wish), approve(SEND));
    const [raw = '0x', ...more] = network.exchanges.slice(before).flatMap((one) => rawOf(one) ?? []);
    expect(more, library).toEqual([]);
    const sent = parseTransaction(raw);
    expect(sent, library).toMatchObject({ to: wish.to.toLowerCase(), value: BigInt(wish.value) });
    expect(sent.data ?? '0x', library).toBe(wish.data);
    expect([raw, raw], `${library}: transaction`).toEqual(await signedElsewhere(raw));
    expect(await reader(stack).waitForTransactionReceipt({ hash: hash as Hex })).toMatchObject({ status: 'success' });
  }
  await site.stop();
});

const DOMAIN = {
  EIP712Domain: [
    { name: 'name', type: 'string' },
    { name: 'version', type: 'string' },
    { name: 'chainId', type: 'uint256' },
    { name: 'verifyingContract', type: 'address' },
  ],
};

/** Numbers as micro-eth-signer takes them. */
const asBigInts = (message: TypedWish['message']) => ({
  ...message,
  change: BigInt(String(message.change)),
  sizes: (message.sizes as readonly string[]).map(BigInt),
});

/** The same fields, encoded and signed by two libraries that are no part of the wallet's signing. */
async function signedElsewhere(raw: Hex): Promise<readonly string[]> {
  const {
    chainId = 0,
    nonce,
    to,
    value = 0n,
    data = '0x',
    gas,
    maxFeePerGas,
    maxPriorityFeePerGas,
  } = parseTransaction(raw);
  const fees = { maxFeePerGas: maxFeePerGas ?? 0n, maxPriorityFeePerGas: maxPriorityFeePerGas ?? 0n };
  const common = { to: to ?? '', value, data, gasLimit: gas ?? 0n, ...fees };
  const byEthers = new Wallet(KEY).signTransaction({ ...common, type: 2, chainId, nonce: nonce ?? 0 });
  const prepared = Transaction.prepare({ ...common, chainId: BigInt(chainId), nonce: BigInt(nonce ?? 0) }, false);
  return [await byEthers, prepared.signBy(KEY, false).toHex()];
}
