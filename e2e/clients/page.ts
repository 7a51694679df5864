/** A site's own script with the two libraries that most sites talk to wallets by. Bundled for a page under test. */
import { BrowserProvider, type Eip1193Provider, TypedDataEncoder } from 'ethers';
import { createWalletClient, custom, type EIP1193Provider, type Hex } from 'viem';

export interface TypedWish {
  readonly domain: Readonly<Record<string, unknown>>;
  /** Without `EIP712Domain`: both add their own. */
  readonly types: Record<string, { name: string; type: string }[]>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}
export interface SendWish {
  readonly to: Hex;
  /** Hex. */
  readonly value: Hex;
  readonly data: Hex;
}

/** One library. */
export interface Client {
  accounts(): Promise<readonly string[]>;
  signMessage(text: string): Promise<string>;
  signTyped(typed: TypedWish): Promise<string>;
  /** @returns its hash */
  send(wish: SendWish): Promise<string>;
}

/** By its announcement (EIP-6963), as wallets are found today. */
const announced = new Promise<EIP1193Provider>((resolve) => {
  window.addEventListener('eip6963:announceProvider', (event) => {
    const { info, provider } = (event as CustomEvent).detail;
    if (info.rdns === 'example.halfkey.wallet') resolve(provider);
  });
  window.dispatchEvent(new Event('eip6963:requestProvider'));
});

const viemClient = async () => {
  const client = createWalletClient({ transport: custom(await announced) });
  const [account] = await client.getAddresses();
  return { client, account: account ?? '0x' } as const;
};
const ethersProvider = async () => new BrowserProvider((await announced) as Eip1193Provider);

export const viem: Client = {
  accounts: async () => (await viemClient()).client.requestAddresses(),
  signMessage: async (message) => {
    const { client, account } = await viemClient();
    return client.signMessage({ account, message });
  },
  signTyped: async (typed) => {
    const { client, account } = await viemClient();
    return client.signTypedData({ account, ...typed } as never);
  },
  send: async ({ to, value, data }) => {
    const { client, account } = await viemClient();
    return client.sendTransaction({ account, chain: null, to, value: BigInt(value), data });
  },
};

export const ethers: Client = {
  accounts: async () => [await (await (await ethersProvider()).getSigner()).getAddress()],
  signMessage: async (message) => (await (await ethersProvider()).getSigner()).signMessage(message),
  signTyped: async ({ domain, types, primaryType, message }) => {
    if (TypedDataEncoder.getPrimaryType(types) !== primaryType) throw new Error('another primary type');
    return (await (await ethersProvider()).getSigner()).signTypedData(domain, types, message);
  },
  send: async (wish) => (await (await (await ethersProvider()).getSigner()).sendTransaction(wish)).hash,
};

Object.assign(window, { clients: { viem, ethers } });
